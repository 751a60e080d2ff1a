import type { Month } from '../facts/month.ts'
import { visitSeats } from '../facts/seats.ts'
import type { Measure, Metric, Term } from './metric.ts'
import { pageOfMovements } from './movement-list.ts'
import type { Question } from './question.ts'
import { eachSpan } from './span-evidence.ts'
import { inputTerms, partsOf, sumsOf } from './sums.ts'
import { spansOf } from './window.ts'

/** What one account, or spend of a month and category, adds to each term. */
export type TermPart = { account: string | null; name: string; amounts: number[] }

/** Terms that parts add up to: numerator and denominator, or the inputs of a metric of sums. */
export type TermParts = { terms: Term[]; parts: TermPart[] }

type Asked = { at: Month; window: number | null; measure: Measure }

/** A number of one month account by account; every term has its rates. */
export function termPartsOf(question: Question, metric: Metric, { at, window, measure }: Asked): TermParts {
  const { ids } = question.store.accounts
  const period = { start: at, end: at + 1 }
  const terms =
    metric.needs === 'sums'
      ? inputTerms(metric, sumsOf(question, metric, { period, window }))
      : [measure.numerator, ...(measure.denominator ? [measure.denominator] : [])]
  const parts = new Map<string, TermPart>()
  const add = (account: string | null, place: number, amount: number, name = '') => {
    const key = `${account ?? ''} ${name}`
    const part = parts.get(key) ?? { account, name, amounts: terms.map(() => 0) }
    parts.set(key, part)
    if (place < terms.length) part.amounts[place]! += amount
  }
  const { evidence } = metric
  if (metric.needs === 'sums') {
    const names = Object.keys(metric.inputs)
    partsOf(question, metric, { period, window }, (input, amount, account, name) =>
      add(ids[account] ?? null, names.indexOf(input), amount, name),
    )
  } else if (evidence.by === 'SPANS') {
    const population = evidence.population ?? (window === null ? 'ALL' : 'COHORT')
    const found: [row: number, above: number, below: number][] = []
    const columns = eachSpan(question, { evidence, spans: spansOf(metric, window, at), population }, (...one) =>
      found.push(one),
    )
    for (const [row, above, below] of found) {
      const account = ids[columns?.account[row] ?? -1] ?? null
      add(account, 0, above)
      add(account, 1, below)
    }
  } else if (evidence.by === 'MOVEMENTS') {
    const { numerator, denominator = [] } = evidence
    const kinds = [...numerator, ...denominator]
    const { items } = pageOfMovements(question, { range: period, kinds, limit: Number.POSITIVE_INFINITY })
    for (const { account, kind, minor } of items) {
      if (numerator.includes(kind)) add(account.id, 0, Number(minor))
      if (denominator.includes(kind)) add(account.id, 1, Number(minor))
    }
  } else {
    visitSeats(question.slice, [at], (account, _close, seats) => add(ids[account] ?? null, 0, seats))
  }
  return { terms, parts: [...parts.values()] }
}
