import { describe, expect, it } from 'vitest'
import { monthOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { aStore, type Change, NOW } from '../facts/testing/a-store.ts'
import type { WaterfallQuery } from './query.ts'
import { ravenstackIsAbsent, ravenstackStore } from './testing/ravenstack.ts'
import { waterfall } from './waterfall.ts'

const YEAR = { start: monthOf('2024-01-01'), end: monthOf('2025-01-01') }

const changes: Change[] = [
  ['grows', '2023-11-05', 1000, { seats: 3 }],
  ['grows', '2024-03-05', 5000, { strategy: 'SEAT', seats: 20 }],
  ['grows', '2024-06-05', 4000, { strategy: 'UPSELL', seats: 27 }],
  ['grows', '2024-06-07', -500, { strategy: 'SEAT' }],
  ['leaves', '2023-11-05', 2000],
  ['leaves', '2024-05-05', -2000],
  ['returns', '2023-01-05', 700],
  ['returns', '2023-02-05', -700],
  ['returns', '2024-05-05', 900],
  ['starts', '2024-02-05', 300],
  ['starts', '2024-09-05', 200, { strategy: 'CROSS_SELL', plan: 'chat-pro' }],
  ['shrinks', '2023-12-05', 800],
  ['shrinks', '2024-12-05', -100, { strategy: 'SEAT' }],
]

const ask = (population: WaterfallQuery['population'], rest: Partial<WaterfallQuery> = {}, rows = changes) => {
  const store = aStore({ changes: rows })
  return waterfall(store, { scope: everyAccount(store), now: NOW, population, range: YEAR, ...rest })
}
const amounts = (of: ReturnType<typeof ask>) => of.steps.map((step) => [step.key, Number(step.minor), step.accounts])

describe('waterfall ALL', () => {
  it('goes from opening to closing by kind of movement, with the accounts of each', () => {
    const all = ask('ALL')
    expect(amounts(all)).toEqual([
      ['OPENING', 3800, 3],
      ['NEW', 300, 1],
      ['EXPANSION', 8700, 2],
      ['REACTIVATION', 900, 1],
      ['CONTRACTION', -100, 1],
      ['CHURN', -2000, 1],
      ['CLOSING', 11600, 4],
    ])
    expect([all.reconciles, all.difference, all.accounts, all.nrr]).toEqual([true, 0n, 5, null])
  })

  it('splits expansion by strategy, with signs, and only expansion', () => {
    const expansion = ask('ALL').steps.find((step) => step.key === 'EXPANSION')
    expect(expansion?.strategies).toEqual([
      { strategy: 'UPSELL', minor: 4000n },
      { strategy: 'CROSS_SELL', minor: 200n },
      { strategy: 'SEAT', minor: 4500n },
    ])
    expect(ask('ALL').steps.filter((step) => step.key !== 'EXPANSION' && step.strategies.length > 0)).toEqual([])
  })

  it('names the three accounts with the largest part, with their seats before and after', () => {
    const many = ['a', 'b', 'c', 'd'].flatMap((id, index): Change[] => [
      [id, '2023-12-05', 1000, { seats: 3 }],
      [id, '2024-03-05', 100 * (index + 1), { seats: index + 1 }],
    ])
    const step = ask('ALL', {}, many).steps.find(({ key }) => key === 'EXPANSION')
    expect(
      step?.topAccounts.map(({ account, minor, seatsBefore, seatsAfter }) => [
        account.id,
        minor,
        seatsBefore,
        seatsAfter,
      ]),
    ).toEqual([
      ['d', 400n, 3, 7],
      ['c', 300n, 3, 6],
      ['b', 200n, 3, 5],
    ])
  })

  it('in a slice says what moved in or out of it while the account stood still', () => {
    const moved: Change[] = [
      ['a', '2023-12-05', 1000, { region: 'EU' }],
      ['a', '2024-03-05', -400, { region: 'EU' }],
      ['a', '2024-03-05', 400, { region: 'US' }],
    ]
    const slice = ask('ALL', { where: { region: ['US'] } }, moved)
    expect(amounts(slice).filter(([, amount]) => amount !== 0)).toEqual([
      ['TRANSFER', 400, 1],
      ['CLOSING', 400, 1],
    ])
    expect(slice.reconciles).toBe(true)
  })
})

describe('waterfall COHORT', () => {
  it('holds the accounts of NRR only, point to point, and divides to NRR and GRR', () => {
    const cohort = ask('COHORT')
    expect(amounts(cohort)).toEqual([
      ['OPENING', 3800, 3],
      ['EXPANDED', 8500, 1],
      ['CONTRACTED', -100, 1],
      ['LOST', -2000, 1],
      ['CLOSING', 10200, 2],
    ])
    expect([cohort.nrr, cohort.grr, cohort.reconciles]).toEqual(['2.684210526316', '0.447368421053', true])
    expect(cohort.period).toEqual(YEAR)
  })

  it('ends with the range, whatever the length of the range', () => {
    const december = { start: monthOf('2024-12-01'), end: monthOf('2025-01-01') }
    expect(ask('COHORT', { range: december }).steps).toEqual(ask('COHORT').steps)
    expect(ask('COHORT', { window: 1 }).period).toEqual(december)
  })

  it('has no steps and says why when nobody paid at the start', () => {
    const none = ask('COHORT', {}, [['a', '2024-05-05', 100]])
    expect([none.steps, none.nrr, none.reason]).toEqual([[], null, 'NOT_ENOUGH_HISTORY'])
    const mixed = ask('COHORT', {}, [...changes, ['euro', '2023-12-05', 100, { currency: 'EUR' }]])
    expect([mixed.steps, mixed.nrr, mixed.reason]).toEqual([[], null, 'NO_RATE'])
  })

  it('refuses a window that NRR does not have, and a range without months', () => {
    expect(() => ask('COHORT', { window: 5 })).toThrow('nrr has no window of 5 months; it has 12, 3, 1')
    expect(() => ask('ALL', { range: { start: YEAR.start, end: YEAR.start } })).toThrow('The range holds no month')
  })
})

describe.skipIf(ravenstackIsAbsent)('the usual mistake', () => {
  it('dividing the movements of everyone gives 6.45 where the cohort gives 2.92', () => {
    const store = ravenstackStore()
    const query = { scope: everyAccount(store), now: NOW, range: YEAR }
    const all = waterfall(store, { ...query, population: 'ALL' })
    const step = (key: string) => Number(all.steps.find((one) => one.key === key)?.minor)
    const mistake = (step('OPENING') + step('EXPANSION') + step('CONTRACTION') + step('CHURN')) / step('OPENING')
    expect(mistake.toFixed(6)).toBe('6.450044')
    expect(Number(waterfall(store, { ...query, population: 'COHORT' }).nrr).toFixed(6)).toBe('2.922709')
  })
})
