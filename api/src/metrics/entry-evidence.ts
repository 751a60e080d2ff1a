import { firstOf } from '../facts/first-of.ts'
import type { MonthRange } from '../facts/month.ts'
import type { EntryPage } from './explanation-result.ts'
import type { SumsMetric } from './metric.ts'
import type { Question } from './question.ts'
import type { MetricTerm } from './result.ts'
import { inputTerms, measureOf, partsOf, type Sums } from './sums.ts'
import { toTerm } from './value.ts'

export type EntryEvidence = {
  entries: EntryPage
  inputs: MetricTerm[]
  entryAccounts: number
  numerator: bigint
  denominator: bigint
}

type Asked = { period: MonthRange; window: number | null; offset: number; limit: number }
type Row = { account: number; name: string; amounts: number[] }

/** One row per account, and per thing that is of none; largest first. The terms are made anew from the sums of the rows. */
export function entriesOf(question: Question, metric: SumsMetric, asked: Asked): EntryEvidence {
  const { store, currency } = question
  const names = Object.keys(metric.inputs)
  const rows = new Map<string, Row>()
  partsOf(question, metric, asked, (input, amount, account, name) => {
    const key = `${account} ${name}`
    const row = rows.get(key) ?? { account, name, amounts: names.map(() => 0) }
    row.amounts[names.indexOf(input)]! += amount
    rows.set(key, row)
  })
  const all = [...rows.values()].filter(({ amounts }) => amounts.some((amount) => amount !== 0))
  const sums: Sums = Object.fromEntries(
    names.map((name, input) => [name, all.reduce((sum, { amounts }) => sum + amounts[input]!, 0)]),
  )
  const { numerator, denominator } = measureOf(question, metric, sums)
  const places = firstOf(all.length, Math.min(asked.offset + asked.limit, all.length), (a, b) => {
    for (let input = 0; input < names.length; input += 1) {
      const difference = Math.abs(all[b]!.amounts[input]!) - Math.abs(all[a]!.amounts[input]!)
      if (difference !== 0) return difference
    }
    return a - b
  })
  const items = places.slice(asked.offset).map((place) => {
    const { account, name, amounts } = all[place]!
    const known = account < 0 ? null : { index: account, id: store.accounts.ids[account] ?? '' }
    return { account: known, name, amounts: amounts.map(BigInt) }
  })
  return {
    entries: { items, total: all.length },
    inputs: inputTerms(metric, sums).map((term) => toTerm(term, currency)),
    entryAccounts: new Set(all.flatMap(({ account }) => (account < 0 ? [] : account))).size,
    numerator: numerator.amount,
    denominator: denominator?.amount ?? 0n,
  }
}
