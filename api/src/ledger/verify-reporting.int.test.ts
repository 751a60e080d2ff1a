import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hydrate } from '../facts/hydrate.ts'
import { monthOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { accept } from '../ingest/accept.ts'
import { importRates } from '../ingest/import-rates.ts'
import { evaluate } from '../metrics/evaluate.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { verify } from './verify.ts'
import { reportingProblems } from './verify-reporting.ts'

const NOW = new Date('2025-06-15T12:00:00Z')
const CURRENCIES = ['JPY', 'USD', 'EUR', 'KWD'] as const
const MONTHS = Array.from({ length: 18 }, (_, index) => new Date(Date.UTC(2024, index, 1)))
const KEYS = ['mrr', 'new', 'expansion', 'contraction', 'churn', 'reactivation', 'fx', 'nrr', 'grr'] as const

/** Quantities by month, of two subscriptions of each of five accounts in currencies of their own; 0 is none. */
const lives = fc.sample(
  fc.array(
    fc.tuple(
      fc.constantFrom(...CURRENCIES),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 18, maxLength: 18 }),
    ),
    {
      minLength: 10,
      maxLength: 10,
    },
  ),
  { seed: 7, numRuns: 1 },
)[0]!
/** Rates of the closes; one in thirty is missing. */
const closes = fc.sample(fc.array(fc.integer({ min: 0, max: 99_999 }), { minLength: 57, maxLength: 57 }), {
  seed: 11,
  numRuns: 1,
})[0]!

const deliveries = lives.flatMap(([currency, quantities], index) =>
  quantities.map((quantity, month) => {
    const at = new Date(MONTHS[month]!.getTime() + 9 * 86_400_000).toISOString()
    const items = [anItem('core', quantity, aPrice('1237', { currency }))]
    const status = quantity === 0 ? 'PAUSED' : 'ACTIVE'
    return delivered(
      `e${index}-${month}`,
      aSubscription({ account: `a${index % 5}`, subscription: `sub_${index}`, at, items, status }),
    )
  }),
)
const worths = closes.flatMap((rate, index) => {
  const day = new Date(Date.UTC(2023, 12 + Math.floor(index / 3), 0)).toISOString().slice(0, 10)
  const currency = CURRENCIES[(index % 3) + 1] ?? 'USD'
  return rate % 30 === 0 ? [] : [{ currency, day, rate: `${rate / 1000}`, per: rate % 5 === 0 ? '0.7' : '1' }]
})

eachDatabase((open) => {
  it('plain SQL gives the same as facts and metrics, month by month, and lacks a rate where they do', async () => {
    const db = await open()
    const context = await aTenant(db, { currency: 'JPY' })
    await accept(db, context, deliveries)
    await importRates(db, { tenantId: context.tenantId, clock: () => NOW }, worths)
    const { reporting, checks } = await verify(db, context.tenantId, NOW)
    expect(checks.flatMap(({ problems }) => problems)).toEqual([])
    expect(checks.map(({ name }) => name)).toContain('identity-with-rates')
    const store = await hydrate(db, context.tenantId, NOW)
    const [first, last] = [monthOf('2024-01-01'), monthOf('2025-05-01')]
    const query = { scope: everyAccount(store), now: NOW, range: { start: first, end: last + 1 }, keys: KEYS }
    const terms = new Map(evaluate(store, query).map((series) => [series.definition.key, series.values]))
    const known = (key: string, month: number, part: 'numerator' | 'denominator' = 'numerator') => {
      const value = terms.get(key)?.[month]
      return value?.reason === 'NO_RATE' ? null : value?.[part]?.minor
    }
    let compared = 0
    reporting.slice(0, last - first + 1).forEach((row, month) => {
      const flows = ['new', 'expansion', 'contraction', 'churn', 'reactivation', 'fx'] as const
      expect([row.closing, ...flows.map((key) => row[key])], row.month).toEqual([
        known('mrr', month),
        ...flows.map((key) => known(key, month)),
      ])
      const cohort = [row.cohortClosing, row.cohortOpening, row.cohortKept]
      if (!cohort.includes(null))
        expect(cohort, row.month).toEqual([
          known('nrr', month),
          known('nrr', month, 'denominator'),
          known('grr', month),
        ])
      if (row.fx !== null && row.fx !== 0n) compared += 1
    })
    expect(compared).toBeGreaterThan(8)
  })

  it('a tenant of one currency has no such months', async () => {
    const db = await open()
    const context = await aTenant(db)
    const items = [anItem('core', 1, aPrice('1000'))]
    await accept(db, context, [delivered('e1', aSubscription({ at: '2024-01-10T00:00:00.000Z', items }))])
    expect((await verify(db, context.tenantId, NOW)).reporting).toEqual([])
  })
})

it('a month that does not add up, or does not open where the last one closed, is named', () => {
  const none = { new: 0n, reactivation: 0n, expansion: 0n, contraction: 0n, churn: 0n }
  const cohort = { cohortOpening: null, cohortClosing: null, cohortKept: null }
  const month = (name: string, opening: bigint, fx: bigint | null, closing: bigint) => ({
    ...none,
    ...cohort,
    month: name,
    currency: 'JPY',
    opening,
    fx,
    closing,
  })
  const months = [month('2024-01', 0n, 5n, 5n), month('2024-02', 5n, 1n, 7n), month('2024-03', 8n, null, 8n)]
  expect(reportingProblems(months)).toEqual([
    { where: '2024-02 JPY', expected: '6', found: '7' },
    { where: '2024-03 JPY opening', expected: '7', found: '8' },
  ])
})
