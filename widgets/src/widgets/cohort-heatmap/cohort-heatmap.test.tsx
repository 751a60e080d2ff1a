import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { type SettingsProps, SettingsProvider } from '../../provider/settings-provider.tsx'
import { aCohorts } from '../../testing/a-cohort.ts'
import { fakeClient } from '../../testing/fake-client.ts'
import { CohortHeatmap, type CohortHeatmapDatum } from './cohort-heatmap.tsx'

afterEach(cleanup)

/** Four cohorts that are drawn; what was asked, and what was chosen. */
async function aDrawnTriangle(settings: SettingsProps = {}) {
  const client = fakeClient({ cohorts: aCohorts({ count: 4, accounts: [9, 8, 7, 6] }) })
  const asked: unknown[] = []
  const answer = client.query
  client.query = (document, ...rest) => {
    asked.push(rest[0])
    return answer(document, ...rest)
  }
  client.explain = ({ first: _first, after: _after, ...question }) => {
    asked.push(question)
    return new Promise(() => {})
  }
  const chosen: CohortHeatmapDatum[] = []
  const { container } = render(
    <SettingsProvider client={client} {...settings}>
      <CohortHeatmap metric="grr" onSelect={(datum) => chosen.push(datum)} />
    </SettingsProvider>,
  )
  await waitFor(() => expect(container.querySelector('.nobishiro-state-ready')).toBeTruthy())
  return { asked, chosen, container }
}

const cell = (name: string) => screen.getByRole('button', { name: new RegExp(`^${name}:`) })

it('tells which cell was chosen, and explains those that are a metric of their own', async () => {
  const filter = { segmentIds: ['s'] }
  const { asked, chosen } = await aDrawnTriangle({ filter, view: { preset: 'STRIPE_LIKE' }, currency: 'EUR' })
  expect(asked).toEqual([{ where: filter, currency: 'EUR' }])
  fireEvent.click(cell('Jul 2026, month 2'))
  expect(chosen).toEqual([{ metric: 'grr', cohort: '2026-07-01', age: 2, value: 1, accounts: 9 }])
  fireEvent.click(cell('All cohorts, month 1'))
  expect(chosen[1]).toMatchObject({ cohort: null, age: 1, accounts: 24 })
  expect(asked).toHaveLength(1)
  fireEvent.click(cell('Jul 2026, month 3'))
  await waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]).toEqual({
    metric: 'grr',
    currency: 'EUR',
    window: 3,
    at: '2026-10-01',
    where: { segmentIds: ['s'], cohort: ['2026-07-01'] },
  })
})

it('draws the curve of the cohort that has the focus, and says where one is', async () => {
  const { container } = await aDrawnTriangle()
  const note = () => container.querySelector('.nobishiro-note')?.textContent
  const curve = () => container.querySelectorAll('.nobishiro-cohort-scroll .nobishiro-svg-curve').length
  expect([note(), curve()]).toEqual(['Months 1 and 3 open to their accounts', 0])
  const start = screen.getAllByRole('button').find(({ tabIndex, tagName }) => tabIndex === 0 && tagName === 'g')
  expect(start?.getAttribute('aria-label')).toMatch(/^All cohorts, month 3/)
  start?.focus()
  fireEvent.keyDown(start as Element, { key: 'ArrowDown' })
  expect(document.activeElement).toBe(cell('Jul 2026, month 3'))
  expect(note()).toMatch(/^Jul 2026, month 3: \d/)
  expect(curve()).toBe(3)
  fireEvent.keyDown(cell('Jul 2026, month 3'), { key: 'ArrowDown' })
  expect(document.activeElement).toBe(cell('Aug 2026, month 2'))
  expect(curve()).toBe(2)
})
