import { firstOf } from '../facts/first-of.ts'
import { outlookByAccount } from '../facts/outlook.ts'
import { addSpans, listSpans, type SpanColumns, withOutlook } from '../facts/span-list.ts'
import type { SpanPair } from '../facts/spans.ts'
import type { Span, SpanPage } from './explanation-result.ts'
import type { Evidence, SpanFacts } from './metric.ts'
import type { Question } from './question.ts'

export type SpanEvidence = { page: SpanPage; numerator: bigint; denominator: bigint }

type SpansAsked = {
  evidence: Extract<Evidence, { by: 'SPANS' }>
  /** Months whose closes are compared: one pair, or several that are added up, the last first. */
  spans: readonly SpanPair[]
  population: 'COHORT' | 'ALL'
}

/** Visits every account that adds anything to the terms, with its row of the columns; null where one of them lacks a rate. */
export function eachSpan(
  { slice }: Question,
  { evidence, spans, population }: SpansAsked,
  visit: (row: number, above: number, below: number) => void,
): SpanColumns | null {
  const listed = addSpans(spans.map((pair) => listSpans(slice, pair, population)))
  const last = spans[0]?.closing
  const outlook = evidence.outlook && last !== undefined ? outlookByAccount(slice, last) : null
  const columns = outlook ? withOutlook(listed, outlook) : listed
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
  for (let row = 0; row < columns.account.length; row += 1) {
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
    if (above === 0 && below === 0) continue
    if (Number.isNaN(above + below)) return null
    visit(row, above, below)
  }
  return columns
}

/** The spans behind a ratio, largest effect first, and what they add up to; null where one of them lacks a rate. Only the rows of the page become objects. */
export function spanEvidence(
  question: Question,
  { offset, limit, ...asked }: SpansAsked & { offset: number; limit: number },
): SpanEvidence | null {
  const { ids } = question.store.accounts
  const involved: number[] = []
  const effects: number[] = []
  let numerator = 0
  let denominator = 0
  const columns = eachSpan(question, asked, (row, above, below) => {
    numerator += above
    denominator += below
    involved.push(row)
    effects.push(asked.evidence.landsOn === 'DIFFERENCE' ? above - below : above)
  })
  // Opening and closing are shown too.
  if (!columns || involved.some((row) => Number.isNaN(columns.opening[row]! + columns.closing[row]!))) return null
  const effect = (place: number) => Math.abs(effects[place]!)
  const shown = Math.min(offset + limit, involved.length)
  const places = firstOf(involved.length, shown, (a, b) => effect(b) - effect(a) || a - b)
  let runningTotal = 0
  const items = places.map((place): Span => {
    const row = involved[place]!
    const [opening, closing] = [columns.opening[row]!, columns.closing[row]!]
    const account = columns.account[row]!
    runningTotal += effects[place]!
    return {
      account: { index: account, id: ids[account] ?? '' },
      opening: BigInt(opening),
      closing: BigInt(closing),
      kept: BigInt(Math.min(opening, closing)),
      change: BigInt(effects[place]!),
      runningTotal: BigInt(runningTotal),
      returned: columns.returned[row] === 1,
    }
  })
  const page = { items: items.slice(offset), total: involved.length }
  return { page, numerator: BigInt(numerator), denominator: BigInt(denominator) }
}
