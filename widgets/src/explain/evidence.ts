import type { AccountReference, Explanation, MetricTerm, Movement, Span } from '@nobishiro/sdk'
import type { ExplainPart } from './part.ts'

/** One account's part in a number, and the sum so far. Minor units. */
export interface EvidenceRow {
  key: string
  account: AccountReference
  amount: bigint
  running: bigint
  returned: boolean
}

/** Rows that add up to a number, and what is left when not all of them are shown. */
export interface Evidence {
  part: ExplainPart
  rows: EvidenceRow[]
  /** Accounts not shown; null when all are. */
  others: { count: number; amount: bigint } | null
  /** The number the list lands on. */
  total: bigint
  /** Sum of the evidence less the shown number: 0n, or something is wrong. */
  difference: bigint
}

const minor = (money: { minor: string } | null | undefined) => BigInt(money?.minor ?? '0')

type PartOfMovements = Extract<ExplainPart, 'movements' | 'denominator'>

const isOfMovements = (part: ExplainPart): part is PartOfMovements => part === 'movements' || part === 'denominator'

const AMOUNT: Record<Exclude<ExplainPart, PartOfMovements>, (span: Span) => bigint> = {
  effect: (span) => minor(span.change),
  closing: (span) => minor(span.closing),
  opening: (span) => minor(span.opening),
  kept: (span) => minor(span.kept),
  expanded: (span) => positive(minor(span.closing) - minor(span.opening)),
  contracted: (span) => (minor(span.closing) === 0n ? 0n : negative(minor(span.closing) - minor(span.opening))),
  lost: (span) => (minor(span.closing) === 0n ? -minor(span.opening) : 0n),
}

const positive = (value: bigint) => (value > 0n ? value : 0n)
const negative = (value: bigint) => (value < 0n ? value : 0n)
const size = (value: bigint) => (value < 0n ? -value : value)

/** A term as the list adds it up: minor units, or things. */
const sizeOf = (term: MetricTerm | null) => (term ? BigInt(term.money?.minor ?? term.value) : 0n)

/** The kinds of the movements that a part is about. */
const kindsOf = ({ numeratorKinds, denominatorKinds }: Explanation, part: PartOfMovements) =>
  part === 'movements' ? numeratorKinds : denominatorKinds

/** What a part adds up to, and over how many accounts, as the API says. */
function landing(explanation: Explanation, part: ExplainPart): { total: bigint; accounts: number } {
  const { value, bridge, accounts, landsOn } = explanation
  const step = (key: string) => bridge?.steps.find((entry) => entry.key === key)
  const amount = (key: string) => minor(step(key)?.amount)
  const [numerator, denominator] = [sizeOf(value.numerator), sizeOf(value.denominator)]
  if (isOfMovements(part)) {
    const kinds = kindsOf(explanation, part)
    const totals = explanation.movements.totals.filter(({ kind }) => kinds.includes(kind))
    const count = totals.reduce((sum, total) => sum + total.accounts, 0)
    return { total: part === 'movements' ? numerator : denominator, accounts: count }
  }
  if (part === 'effect') return { total: landsOn === 'NUMERATOR' ? numerator : numerator - denominator, accounts }
  if (part === 'opening') return { total: bridge ? minor(bridge.opening) : denominator, accounts }
  if (part === 'closing') {
    return { total: bridge ? minor(bridge.closing) : numerator, accounts: accounts - (step('LOST')?.accounts ?? 0) }
  }
  if (part === 'kept') {
    const lost = step('LOST')?.accounts ?? 0
    return { total: minor(bridge?.opening) + amount('CONTRACTED') + amount('LOST'), accounts: accounts - lost }
  }
  const key = part.toUpperCase()
  return { total: amount(key), accounts: step(key)?.accounts ?? 0 }
}

function entriesOf(
  {
    explanation,
    spans,
    movements,
  }: { explanation: Explanation; spans: readonly Span[]; movements: readonly Movement[] },
  part: ExplainPart,
) {
  if (isOfMovements(part)) {
    const kinds = kindsOf(explanation, part)
    return movements
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ id, account, amount }) => ({ key: id, account, amount: minor(amount), returned: false }))
  }
  const entries = spans
    .map((span) => ({
      key: span.account.id,
      account: span.account,
      amount: AMOUNT[part](span),
      returned: span.returned,
    }))
    .filter(({ amount }) => part === 'effect' || amount !== 0n)
  // The API orders by effect; the other parts by their own size.
  return part === 'effect' ? entries : entries.sort((a, b) => Number(size(b.amount) - size(a.amount)))
}

/** The evidence of one part of a number: at most `limit` rows, a running total, and what lands it on the number. */
export function evidenceOf(
  loaded: { explanation: Explanation; spans: readonly Span[]; movements: readonly Movement[]; hasMore: boolean },
  part: ExplainPart,
  limit: number,
): Evidence {
  const { explanation, hasMore } = loaded
  const { total, accounts } = landing(explanation, part)
  const entries = entriesOf(loaded, part)
  let running = 0n
  const rows = entries.slice(0, limit).map((entry) => {
    running += entry.amount
    return { ...entry, running }
  })
  const isWhole = rows.length === entries.length && (!hasMore || rows.length >= accounts)
  const count = Math.max(1, entries.length - rows.length, accounts - rows.length)
  return {
    part,
    rows,
    others: isWhole ? null : { count, amount: total - running },
    total,
    difference: isWhole ? running - total : minor(explanation.difference),
  }
}
