import type { StrategyMixQueryVariables } from '@nobishiro/sdk'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { SettingsProvider } from '../../provider/settings-provider.tsx'
import { aStrategyMix } from '../../testing/a-strategy-mix.ts'
import { fakeClient } from '../../testing/fake-client.ts'
import { StrategyMix, type StrategyMixDatum } from './strategy-mix.tsx'

afterEach(cleanup)

const PARTS = { SEAT: [9, 8], UPSELL: [7, 6], USAGE: [5, 4], FEATURE: [3, 3], CROSS_SELL: [0, 1], GEOGRAPHIC: [1, 1] }

/** A mix of two periods that is drawn; what was asked and what was chosen. */
async function aDrawnMix(bucket: 'MONTH' | 'QUARTER') {
  const months = bucket === 'QUARTER' ? ['2026-04-01', '2026-07-01'] : ['2026-09-01', '2026-10-01']
  const client = fakeClient({ strategyMix: aStrategyMix(PARTS, { months }) })
  const asked: unknown[] = []
  const answer = client.strategyMix
  client.strategyMix = (variables?: StrategyMixQueryVariables, ...rest) => {
    asked.push(variables)
    return answer(variables, ...rest)
  }
  client.explain = ({ metric, at, where }) => {
    asked.push({ metric, at, where })
    return new Promise(() => {})
  }
  const chosen: StrategyMixDatum[] = []
  render(
    <SettingsProvider client={client} filter={{ region: ['JP'] }}>
      <StrategyMix bucket={bucket} onSelect={(datum) => chosen.push(datum)} />
    </SettingsProvider>,
  )
  await waitFor(() => expect(document.querySelector('.nobishiro-state-ready')).toBeTruthy())
  const choose = (name: RegExp) => fireEvent.click(screen.getByRole('button', { name }))
  return { asked, chosen, choose }
}

it('a part of a month tells which it is, and opens to the movements of its strategies in that month', async () => {
  const { asked, chosen, choose } = await aDrawnMix('MONTH')
  expect(asked).toEqual([{ where: { region: ['JP'] } }])
  choose(/^Sep 2026 · Upgrades/)
  expect(chosen).toEqual([{ strategies: ['UPSELL'], month: '2026-09-01', amount: 7 }])
  await waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]).toEqual({ metric: 'expansion', at: '2026-09-01', where: { region: ['JP'], strategy: ['UPSELL'] } })
})

it('the rest opens to all that it is made of, a whole column to all expansion', async () => {
  const { asked, chosen, choose } = await aDrawnMix('MONTH')
  choose(/^Oct 2026 · Other/)
  await waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]).toMatchObject({ where: { region: ['JP'], strategy: ['GEOGRAPHIC', 'CROSS_SELL'] } })
  choose(/^Sep 2026 · Total/)
  await waitFor(() => expect(asked).toHaveLength(3))
  expect(asked[2]).toEqual({ metric: 'expansion', at: '2026-09-01', where: { region: ['JP'] } })
  expect(chosen.map(({ strategies, amount }) => [strategies.length, amount])).toEqual([
    [2, 2],
    [0, 25],
  ])
})

it('a strategy of the whole range is told, and opens nothing', async () => {
  const { asked, chosen, choose } = await aDrawnMix('MONTH')
  choose(/^Seats/)
  expect(chosen).toEqual([{ strategies: ['SEAT'], month: null, amount: 17 }])
  expect(asked).toHaveLength(1)
})

it('a part of a quarter is told alone: its months have the evidence', async () => {
  const { asked, chosen, choose } = await aDrawnMix('QUARTER')
  expect(asked).toEqual([{ bucket: 'QUARTER', where: { region: ['JP'] } }])
  choose(/^Jul 2026 – Sep 2026 · Seats/)
  expect(chosen).toEqual([{ strategies: ['SEAT'], month: '2026-07-01', amount: 8 }])
  expect(screen.queryByRole('button', { name: /Explain/ })).toBeNull()
  expect(asked).toHaveLength(1)
})

it('arrow keys walk a strategy through time, and a column through its strategies', async () => {
  await aDrawnMix('MONTH')
  const seats = screen.getByRole('button', { name: /^Sep 2026 · Seats/ })
  seats.focus()
  fireEvent.keyDown(seats, { key: 'ArrowRight' })
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Oct 2026 · Seats/)
  fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowUp' }) // something has the focus
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Oct 2026 · Upgrades/)
})
