import { firstOf } from '../facts/first-of.ts'
import { outlookByAccount } from '../facts/outlook.ts'
import { addSpans, listSpans, withOutlook } from '../facts/span-list.ts'
import type { SpanPair } from '../facts/spans.ts'
import type { Evidence, SpanFacts } from './metric.ts'
import type { Question } from './question.ts'
import type { Span, SpanPage } from './result.ts'

export type SpanEvidence = { page: SpanPage; numerator: bigint; denominator: bigint }

type Asked = {
  evidence: Extract<Evidence, { by: 'SPANS' }>
  /** Months whose closes are compared: one pair, or several that are added up, the last first. */
  spans: readonly SpanPair[]
  population: 'COHORT' | 'ALL'
  offset: number
  limit: number
}

/** The spans behind a ratio, largest effect first, and what they add up to; null where one of them lacks a rate. Only the rows of the page become objects. */
export function spanEvidence({ slice, store }: Question, asked: Asked): SpanEvidence | null {
  const { evidence, offset, limit } = asked
  const listed = addSpans(asked.spans.map((pair) => listSpans(slice, pair, asked.population)))
  const last = asked.spans[0]?.closing
  const outlook = evidence.outlook && last !== undefined ? outlookByAccount(slice, last) : null
  const columns = outlook ? withOutlook(listed, outlook) : listed
  const size = columns.account.length
  const effects = new Float64Array(size)
  const involved: number[] = []
  let numerator = 0
  let denominator = 0
  const facts: SpanFacts = {
    opening: 0,
    closing: 0,
    kept: 0,
    expansion: 0,
    contraction: 0,
    churn: 0,
    churned: 0,
    pays: false,
    isOpen: false,
    paysAfter: false,
    pending: 0,
    trial: 0,
    lowest: 0,
    established: false,
  }
  for (let row = 0; row < size; row += 1) {
    facts.opening = columns.opening[row]!
    facts.closing = columns.closing[row]!
    facts.kept = Math.min(facts.opening, facts.closing)
    facts.expansion = columns.expansion[row]!
    facts.contraction = columns.contraction[row]!
    facts.churn = columns.churn[row]!
    facts.churned = columns.churned[row]!
    facts.isOpen = columns.open[row] === 1
    facts.pending = outlook?.pending[columns.account[row]!] ?? 0
    facts.trial = outlook?.trial[columns.account[row]!] ?? 0
    facts.lowest = columns.lowest[row]!
    facts.established = columns.established[row] === 1
    facts.pays = columns.pays[row] === 1
    facts.paysAfter = columns.paysAfter[row] === 1
    const above = evidence.numerator(facts)
    const below = evidence.denominator?.(facts) ?? 0
    numerator += above
    denominator += below
    if (above === 0 && below === 0) continue
    if (Number.isNaN(facts.kept)) return null
    involved.push(row)
    effects[row] = evidence.landsOn === 'DIFFERENCE' ? above - below : above
  }
  const effect = (place: number) => Math.abs(effects[involved[place]!]!)
  const shown = Math.min(offset + limit, involved.length)
  const places = firstOf(involved.length, shown, (a, b) => effect(b) - effect(a) || a - b)
  let runningTotal = 0
  const items = places.map((place): Span => {
    const row = involved[place]!
    const [opening, closing] = [columns.opening[row]!, columns.closing[row]!]
    const account = columns.account[row]!
    runningTotal += effects[row]!
    return {
      account: { index: account, id: store.accounts.ids[account] ?? '' },
      opening: BigInt(opening),
      closing: BigInt(closing),
      kept: BigInt(Math.min(opening, closing)),
      change: BigInt(effects[row]!),
      runningTotal: BigInt(runningTotal),
      returned: columns.returned[row] === 1,
    }
  })
  const page = { items: items.slice(offset), total: involved.length }
  return { page, numerator: BigInt(numerator), denominator: BigInt(denominator) }
}
