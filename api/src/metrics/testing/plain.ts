import fc from 'fast-check'
import { expect } from 'vitest'
import { buildStore, type StoreInput } from '../../facts/build-store.ts'
import type { Store } from '../../facts/column-store.ts'
import { accountsOf } from '../../facts/scope.ts'
import type { FactWhere } from '../../facts/slice.ts'
import { HEADER, NOW } from '../../facts/testing/a-store.ts'
import type { Ledger } from '../../facts/testing/naive.ts'
import { randomRange, randomScope, randomWhere } from '../../facts/testing/random-ledger.ts'
import { randomObserved } from '../../facts/testing/random-observed.ts'
import { evaluate } from '../evaluate.ts'
import { type MetricKey, metricOf } from '../registry.ts'
import type { MetricValue } from '../result.ts'
import { windowsOf } from '../window.ts'

export const storeOf = (ledger: Ledger & Pick<StoreInput, 'outlook'>): Store => buildStore({ ...HEADER, ...ledger })

/** A period of a random ledger as a plain definition sees it: months start … end - 1, and the months to look back over. */
export type PlainQuestion = {
  ledger: Ledger
  scope: string[]
  where: FactWhere
  start: number
  end: number
  window: number
}

/** Numerator and denominator of metrics by their plain definitions, in minor units or things. */
type PlainTerms = (question: PlainQuestion) => Partial<Record<MetricKey, number[]>>

const nothing = {
  ledger: { accounts: [], plans: [], changes: [] },
  scope: [],
  where: {},
  start: 24_000,
  end: 24_001,
  window: 12,
}

/** The metrics that plain definitions are about. */
export const keysOf = (plain: PlainTerms) => Object.keys(plain(nothing)) as MetricKey[] // its own keys

const whole = (term: MetricValue['numerator']) => (term ? Number(term.minor ?? term.value) + 0 : undefined)
/** The terms of a value as plain numbers. */
export const terms = (value: MetricValue) => [
  whole(value.numerator),
  ...(value.denominator ? [whole(value.denominator)] : []),
]

/** Narrow scopes and filters together leave almost nobody: half of the runs have either of them whole. */
const EVERYONE = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6']

/** On random ledgers, scopes and filters: each metric has the terms of its plain definition, in every bucket and in total. */
export function equalsPlain(plain: PlainTerms, numRuns = 100): void {
  const keys = keysOf(plain)
  const windowsFor = (key: MetricKey) => {
    const metric = metricOf(key)
    const own = windowsOf(metric)
    return own.length > 0 ? own : [12, 3, 1]
  }
  const windows = windowsFor(keys[0] ?? 'mrr').filter((window) => keys.every((key) => windowsFor(key).includes(window)))
  fc.assert(
    fc.property(
      randomObserved,
      fc.oneof(fc.constant(EVERYONE), randomScope),
      fc.oneof(fc.constant({}), randomWhere),
      randomRange,
      fc.constantFrom('MONTH', 'QUARTER', 'YEAR'),
      fc.constantFrom(...windows),
      (ledger, scope, where, range, bucket, window) => {
        const store = storeOf(ledger)
        const query = { scope: accountsOf(store, scope), now: NOW, where, range, bucket, window, keys } as const
        const answers = new Map<string, ReturnType<PlainTerms>>()
        const plainly = ({ start, end }: { start: number; end: number }) => {
          const known = answers.get(`${start}:${end}`) ?? plain({ ledger, scope, where, start, end, window })
          answers.set(`${start}:${end}`, known)
          return known
        }
        for (const series of evaluate(store, query)) {
          const key = series.definition.key as MetricKey // a registered one
          for (const value of [...series.values, ...(series.total ? [series.total] : [])]) {
            const expected = plainly(value.period)[key] ?? []
            expect(terms(value), key).toEqual(expected.map((amount) => amount + 0))
            if (expected[1] === 0) expect(value.value, key).toBe(null)
          }
        }
      },
    ),
    { numRuns },
  )
}
