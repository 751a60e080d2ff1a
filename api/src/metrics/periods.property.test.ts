import fc from 'fast-check'
import { expect, it } from 'vitest'
import { firstDayOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { NOW } from '../facts/testing/a-store.ts'
import { randomLedger, randomRange } from '../facts/testing/random-ledger.ts'
import { evaluate } from './evaluate.ts'
import { mostPeriods, periodsOf } from './periods.ts'
import { report } from './report.ts'
import type { MetricValue } from './result.ts'
import { strategyMix } from './strategy-mix.ts'
import { storeOf, terms } from './testing/plain.ts'
import { buckets } from './vocabulary.ts'

const FLOWS = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const

/** Made of months. */
const randomBucket = fc.constantFrom('MONTH', 'QUARTER', 'YEAR')
const randomStart = fc.integer({ min: 1, max: 12 })
const monthNumber = (month: number) => Number(firstDayOf(month).slice(5, 7))

it('every month of a range is in exactly one bucket, and all buckets but the ends are whole', () => {
  const range = fc.tuple(fc.integer({ min: 1970 * 12, max: 2100 * 12 }), fc.integer({ min: 0, max: 60 }))
  fc.assert(
    fc.property(range, randomBucket, randomStart, ([start, length], bucket, fiscalYearStart) => {
      const periods = periodsOf({ start, end: start + length }, bucket, fiscalYearStart)
      const months = periods.flatMap((one) => Array.from({ length: one.end - one.start }, (_, at) => one.start + at))
      expect(months).toEqual(Array.from({ length }, (_, at) => start + at))
      expect(periods.length).toBeLessThanOrEqual(mostPeriods(length, bucket))
      for (const { start: first } of periods.slice(1)) {
        const into = (monthNumber(first) - fiscalYearStart + 12) % 12
        expect(into % { MONTH: 1, QUARTER: 3, YEAR: 12 }[bucket]).toBe(0)
      }
      for (const one of periods.slice(1, -1))
        expect(one.end - one.start).toBe({ MONTH: 1, QUARTER: 3, YEAR: 12 }[bucket])
    }),
  )
})

it('so many months touch as many buckets as said, wherever they lie', () => {
  for (const bucket of buckets)
    for (const length of [0, 1, 2, 3, 4, 11, 12, 13, 24, 25]) {
      const counts = Array.from(
        { length: 12 },
        (_, at) => periodsOf({ start: 24_000, end: 24_000 + length }, bucket, at + 1).length,
      )
      expect(mostPeriods(length, bucket), `${length} by ${bucket}`).toBe(Math.max(...counts))
    }
})

it('flows of fiscal quarters and years are those of their months, in series, reports and mixes alike', () => {
  const sum = (values: readonly MetricValue[]) => values.reduce((all, value) => all + (terms(value)[0] ?? 0), 0)
  fc.assert(
    fc.property(randomLedger, randomRange, randomBucket, randomStart, (ledger, range, bucket, fiscalYearStart) => {
      const store = { ...storeOf(ledger), fiscalYearStart }
      const query = { scope: everyAccount(store), now: NOW, range } as const
      const monthly = evaluate(store, { ...query, keys: FLOWS })
      const cut = evaluate(store, { ...query, keys: FLOWS, bucket })
      const wanted = periodsOf(range, bucket, fiscalYearStart)
      cut.forEach((series, place) => {
        expect(series.values.map(({ period }) => period)).toEqual(wanted)
        for (const value of series.values) {
          const { start, end } = value.period
          const months = monthly[place]!.values.filter(({ period }) => period.start >= start && period.end <= end)
          expect(sum([value]), series.definition.key).toBe(sum(months))
        }
      })
      const rows = report(store, { ...query, bucket, by: [], measures: [{ key: 'expansion' }], first: 1_000 }).rows
      expect(rows.map(([period]) => period?.value).sort()).toEqual(wanted.map(({ start }) => firstDayOf(start)))
      expect(strategyMix(store, { ...query, bucket }).months).toEqual(wanted.map(({ start }) => start))
    }),
  )
})
