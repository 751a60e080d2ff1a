import type { Store } from '../facts/column-store.ts'
import { lastCompleteMonth } from './default-range.ts'
import { definitionOf } from './definition.ts'
import type { ComparedRow, DefinitionComparison } from './explanation-result.ts'
import { measureAll } from './measure-all.ts'
import type { Term } from './metric.ts'
import { checkRange } from './periods.ts'
import type { ExplainQuery } from './query.ts'
import { settle } from './question.ts'
import { metricOf } from './registry.ts'
import type { MetricTerm, MetricValue } from './result.ts'
import { checkStrategies } from './strategy-filter.ts'
import { type TermPart, termPartsOf } from './term-parts.ts'
import { toTerm, toValue } from './value.ts'
import { windowOf } from './window.ts'

/** One of the two definitions: a store that knows its policy, and the view of the query. */
export type Side = { store: Store; query: Omit<ExplainQuery, 'offset' | 'limit'> }

type Found = { value: MetricValue; terms: Term[]; parts: TermPart[] }

/**
 * One number of one month under two definitions, and the rows that make the difference: each that adds to a term under one as much as
 * under the other is left out. Rows are matched by account.id, so both sides may be other revisions of the ledger.
 */
export function compareDefinition(
  [left, right]: readonly [Side, Side],
  { offset = 0, limit = 50 }: { offset?: number; limit?: number } = {},
): DefinitionComparison {
  const at = left.query.at ?? lastCompleteMonth(right.store, right.query.now)
  const [before, after] = comparable(found(left, at), found(right, at))
  const rows = differing(before.parts, after.parts)
  const { currency } = after.value
  return {
    metric: definitionOf(metricOf(right.query.key)),
    left: before.value,
    right: after.value,
    terms: after.terms.flatMap((term, place) => {
      const other = before.terms[place]
      return other ? [{ left: shown(other, currency), right: shown(term, currency) }] : []
    }),
    rows: { items: rows.slice(offset, offset + limit), total: rows.length },
    reconciles: after.terms.every((term, place) => {
      const other = before.terms[place]
      const moved = rows.reduce((sum, row) => sum + row.right[place]! - row.left[place]!, 0n)
      return other === undefined || other.amount + moved === term.amount
    }),
    currency,
  }
}

/** Where one side lacks a rate there are no amounts to compare. */
function comparable(...sides: [Found, Found]): [Found, Found] {
  if (sides.every(({ value }) => value.reason !== 'NO_RATE')) return sides
  const [left, right] = sides
  return [
    { ...left, terms: [], parts: [] },
    { ...right, terms: [], parts: [] },
  ]
}

const shown = (term: Term, currency: string): MetricTerm => toTerm(term, currency)

function found({ store, query }: Side, at: number): Found {
  const question = settle(store, query)
  const metric = metricOf(query.key, question.view)
  checkStrategies([metric], query.where)
  const window = windowOf(metric, query.window)
  const month = checkRange({ start: at, end: at + 1 })
  const measure = measureAll(question, [month], [{ metric, window }])(metric, window, month)
  const value = toValue(question, metric, month, measure, window)
  if (value.reason === 'NO_RATE') return { value, terms: [], parts: [] }
  return { value, ...termPartsOf(question, metric, { at, window, measure }) }
}

/** Largest difference first, by the first term that differs. */
function differing(before: readonly TermPart[], after: readonly TermPart[]): ComparedRow[] {
  const keyOf = ({ account, name }: TermPart) => `${account ?? ''} ${name}`
  const known = new Map(before.map((part) => [keyOf(part), part]))
  const met = new Set(after.map(keyOf))
  const none = ({ account, name, amounts }: TermPart) => ({ account, name, amounts: amounts.map(() => 0) })
  const pairs = [
    ...after.map((part) => [known.get(keyOf(part)) ?? none(part), part] as const),
    ...before.flatMap((part) => (met.has(keyOf(part)) ? [] : [[part, none(part)] as const])),
  ]
  const sizes = ([left, right]: (typeof pairs)[number]) =>
    right.amounts.map((amount, term) => Math.abs(amount - left.amounts[term]!))
  return pairs
    .map((pair) => ({ pair, sizes: sizes(pair) }))
    .filter((one) => one.sizes.some((size) => size !== 0))
    .sort((a, b) => bySizes(a.sizes, b.sizes) || (keyOf(a.pair[1]) < keyOf(b.pair[1]) ? -1 : 1))
    .map(({ pair: [left, right] }) => ({
      account: right.account,
      name: right.name,
      left: left.amounts.map(BigInt),
      right: right.amounts.map(BigInt),
    }))
}

function bySizes(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((size, term) => size !== b[term])
  return place < 0 ? 0 : b[place]! - a[place]!
}
