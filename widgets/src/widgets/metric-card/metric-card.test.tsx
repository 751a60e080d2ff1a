import type { MetricCardsQueryVariables } from '@nobishiro/sdk'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { SettingsProvider } from '../../provider/settings-provider.tsx'
import { aCard } from '../../testing/a-metric.ts'
import { fakeClient } from '../../testing/fake-client.ts'
import { MetricCard, type MetricCardDatum } from './metric-card.tsx'

afterEach(cleanup)

/** A card of three weeks or months that is drawn; what it asked for, and what was chosen in it. */
async function aDrawnCard(bucket: 'MONTH' | 'WEEK') {
  const client = fakeClient({ cards: [aCard('mrr', [1, 2, 3], { unit: 'COUNT', bucket })] })
  const asked: unknown[] = []
  const answer = client.query
  client.query = (document, ...rest) => {
    const { bucket, range } = rest[0] as unknown as MetricCardsQueryVariables // of the one document that is asked
    asked.push({ bucket, range })
    return answer(document, ...rest)
  }
  client.explain = ({ bucket, at }) => {
    asked.push({ explain: bucket, at })
    return new Promise(() => {})
  }
  const chosen: MetricCardDatum[] = []
  render(
    <SettingsProvider client={client} range={{ start: '2026-08-01', end: '2026-11-01' }}>
      <MetricCard metric="mrr" bucket={bucket} onSelect={(datum) => chosen.push(datum)} />
    </SettingsProvider>,
  )
  await waitFor(() => expect(document.querySelector('.nobishiro-state-ready')).toBeTruthy())
  return { asked, chosen }
}

it('by week it asks for weeks, tells which was chosen, and explains that week', async () => {
  const { asked, chosen } = await aDrawnCard('WEEK')
  expect(asked).toEqual([{ bucket: 'WEEK', range: undefined }])
  expect(screen.getByRole('button', { name: /Explain/ })).toBeTruthy()
  screen.getByRole('button', { name: /Week of 26 Oct 2026/ }).dispatchEvent(new MouseEvent('click', { bubbles: true }))
  expect(chosen).toEqual([{ metric: 'mrr', month: '2026-10-26', value: 2 }])
  await waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]).toEqual({ explain: 'WEEK', at: '2026-10-26' })
})

it('by month it asks as ever, and explains', async () => {
  const { asked } = await aDrawnCard('MONTH')
  expect(asked).toEqual([{ bucket: undefined, range: { start: '2026-08-01', end: '2026-11-01' } }])
  expect(screen.getByRole('button', { name: /Explain/ })).toBeTruthy()
})
