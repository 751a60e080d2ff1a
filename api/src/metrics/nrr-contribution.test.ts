import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { buildStore } from '../facts/build-store.ts'
import { monthOf } from '../facts/month.ts'
import { accountsOf, everyAccount } from '../facts/scope.ts'
import { aStore, type Change, HEADER, NOW, type StoreSketch } from '../facts/testing/a-store.ts'
import { type Ledger, naiveAccounts, naiveSlice } from '../facts/testing/naive.ts'
import { randomLedger, randomRange, randomScope, randomWhere } from '../facts/testing/random-ledger.ts'
import { currencyLedger, REPORTING, randomRates } from '../facts/testing/random-rates.ts'
import type { NrrContribution } from './chart-result.ts'
import { evaluate } from './evaluate.ts'
import { nrrContribution } from './nrr-contribution.ts'
import type { NrrContributionQuery } from './query.ts'
import { storeOf } from './testing/plain.ts'

vi.setConfig({ testTimeout: 60_000 })

const december = { start: monthOf('2024-12-01'), end: monthOf('2025-01-01') }
const ask = (changes: readonly Change[], asked: Partial<NrrContributionQuery> & StoreSketch = {}) => {
  const { rates = [], ...query } = asked
  const store = aStore({ changes, rates })
  return nrrContribution(store, { scope: everyAccount(store), now: NOW, range: december, ...query })
}
/** What is not zero in the first month. */
const partsOf = ({ parts }: NrrContribution, month = 0) =>
  Object.fromEntries(parts.flatMap(({ key, minor }) => (minor[month] ? [[key, Number(minor[month])]] : [])))

const base: Change[] = [
  ['grows', '2023-12-05', 100],
  ['grows', '2024-03-05', 40, { strategy: 'SEAT' }],
  ['grows', '2024-03-09', -10, { strategy: 'UPSELL' }],
  ['grows', '2024-07-05', -30, { strategy: 'SEAT' }],
]

describe('NRR by strategy', () => {
  it('sums the signed parts of growth and of loss, over the opening', () => {
    const found = ask(base)
    expect(partsOf(found)).toEqual({ SEAT: 10, UPSELL: -10 })
    expect(found.parts.map(({ key }) => key)).toEqual([
      'UPSELL',
      'CROSS_SELL',
      'SEAT',
      'USAGE',
      'GEOGRAPHIC',
      'FEATURE',
      'CONTRACT_VALUE',
      'CHURN',
      'REACTIVATION',
    ])
    expect([found.nrr, found.opening, found.reason]).toEqual([['1'], [100n], [null]])
    expect(found.parts.find(({ key }) => key === 'SEAT')?.share).toEqual(['0.1'])
  })

  it('keeps what left and what came back apart from strategies, whatever their lines say', () => {
    const found = ask([
      ['stays', '2023-12-05', 100],
      ['left', '2023-12-05', 50],
      ['left', '2024-02-05', -50, { strategy: 'SEAT' }],
      ['back', '2023-12-05', 50],
      ['back', '2024-02-05', -50, { strategy: 'SEAT' }],
      ['back', '2024-06-05', 70, { strategy: 'UPSELL' }],
      ['back', '2024-08-05', 30, { strategy: 'UPSELL' }],
    ])
    expect(partsOf(found)).toEqual({ CHURN: -100, REACTIVATION: 70, UPSELL: 30 })
    expect(found.nrr).toEqual(['1'])
  })

  it('knows only the accounts that paid at the start', () => {
    const found = ask([...base, ['new', '2024-01-05', 500], ['new', '2024-04-05', 500]])
    expect(partsOf(found)).toEqual({ SEAT: 10, UPSELL: -10 })
  })

  it('is at the rates of the start', () => {
    const rates = [
      { currency: 'EUR', day: '2023-12-31', rate: '2', per: '1' },
      { currency: 'EUR', day: '2024-12-31', rate: '5', per: '1' },
    ]
    const found = ask(
      [
        ['a', '2023-12-05', 100, { currency: 'EUR' }],
        ['a', '2024-06-05', 50, { currency: 'EUR', strategy: 'SEAT' }],
      ],
      { rates },
    )
    expect([partsOf(found), found.opening, found.nrr]).toEqual([{ SEAT: 100 }, [200n], ['1.5']])
  })

  it('says why there is none', () => {
    const euro = ask([['a', '2023-12-05', 100, { currency: 'EUR' }]])
    expect([euro.reason, euro.nrr, euro.opening, euro.parts[0]?.minor]).toEqual([['NO_RATE'], [null], [null], [null]])
    expect(ask([['a', '2024-06-05', 100]]).reason).toEqual(['NOT_ENOUGH_HISTORY'])
  })

  it('a region that moves while its account stands still is a transfer', () => {
    const moved: Change[] = [
      ['a', '2023-12-05', 100, { region: 'EU' }],
      ['a', '2024-03-05', -40, { region: 'EU' }],
      ['a', '2024-03-05', 40, { region: 'US' }],
    ]
    expect(partsOf(ask(moved, { where: { region: ['EU'] } }))).toEqual({ TRANSFER: -40 })
    expect(partsOf(ask(moved))).toEqual({})
  })
})

const sumOf = ({ parts }: NrrContribution, month: number) =>
  parts.reduce((sum, { minor }) => sum + (minor[month] ?? 0n), 0n)

describe('on random ledgers', () => {
  it('is the plain definition, and adds to NRR less one', () => {
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        randomWhere,
        randomRange,
        fc.constantFrom(12, 3, 1),
        (ledger, ids, where, range, window) => {
          const store = storeOf(ledger)
          const query = { scope: accountsOf(store, ids), now: NOW, where, range, window }
          const found = nrrContribution(store, query)
          const [nrr] = evaluate(store, { ...query, keys: ['nrr'] })
          found.months.forEach((month, place) => {
            const value = nrr?.values[place]
            expect([found.nrr[place], found.reason[place]]).toEqual([value?.value, value?.reason])
            expect(found.opening[place]).toBe(value?.denominator?.minor)
            expect(sumOf(found, place)).toBe((value?.numerator?.minor ?? 0n) - (value?.denominator?.minor ?? 0n))
            expect(partsOf(found, place)).toEqual(naiveParts(ledger, { ids, where, opening: month - window, month }))
          })
        },
      ),
      { numRuns: 150 },
    )
  })

  it('of several currencies it adds to NRR less one, or lacks a rate where NRR does or where one was needed on the way', () => {
    fc.assert(
      fc.property(
        currencyLedger,
        randomRates({ gaps: true }),
        randomRange,
        fc.constantFrom(12, 3),
        (ledger, rates, range, window) => {
          const store = buildStore({ ...HEADER, currency: REPORTING, ...ledger, rates })
          const query = { scope: everyAccount(store), now: NOW, range, window }
          const found = nrrContribution(store, query)
          const [nrr] = evaluate(store, { ...query, keys: ['nrr'] })
          nrr?.values.forEach((value, place) => {
            const last = found.months[place] ?? 0
            // A currency that was held on the way only needs its rate here, and not for NRR.
            const isOnTheWay = ledger.changes.some(
              ({ month, currency }) => currency !== REPORTING && month > last - window && month < last,
            )
            if (found.reason[place] === 'NO_RATE' && isOnTheWay) return
            expect([found.nrr[place], found.reason[place]]).toEqual([value.value, value.reason])
            if (value.reason === 'NO_RATE') return
            expect(sumOf(found, place)).toBe((value.numerator?.minor ?? 0n) - (value.denominator?.minor ?? 0n))
          })
        },
      ),
      { numRuns: 100 },
    )
  })
})

type NaiveQuestion = { ids: string[]; where: NrrContributionQuery['where']; opening: number; month: number }

/** Month after month and account after account, from the rows alone; what is zero left out. */
function naiveParts(ledger: Ledger, { ids, where = {}, opening, month: last }: NaiveQuestion): Record<string, number> {
  const parts: Record<string, number> = {}
  const add = (key: string, amount: number) => {
    parts[key] = (parts[key] ?? 0) + amount
  }
  for (const account of naiveAccounts(ledger, ids, where)) {
    const { all, slice, product } = naiveSlice(ledger, account, where)
    const level = (rows: typeof all, month: number) =>
      rows.filter((row) => row.month <= month).reduce((sum, row) => sum + Number(row.amountMinor), 0)
    if (level(slice, opening) === 0 || level(product, opening) === 0) continue
    for (let month = opening + 1; month <= last; month += 1) {
      const [before, after] = [level(all, month - 1), level(all, month)]
      const change = level(product, month) - level(product, month - 1)
      if (change === 0) continue
      if (before > 0 && after === 0) add('CHURN', change)
      else if (before === 0) add('REACTIVATION', change)
      else if (before === after) add('TRANSFER', change)
      else
        for (const row of product)
          if (row.month === month) add(row.strategy || 'CONTRACT_VALUE', Number(row.amountMinor))
    }
  }
  return Object.fromEntries(Object.entries(parts).filter(([, amount]) => amount !== 0))
}
