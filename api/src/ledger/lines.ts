import { sha256 } from '../shared/canonical.ts'
import type { CatalogMapping } from './catalog.ts'
import { type HeldLine, heldDays } from './held.ts'
import type { History } from './history.ts'
import { NOBISHIRO, type Recognition } from './recognition.ts'
import { classify, lineOf, type Part, type Strategy } from './strategy.ts'

/** What one ledger line says. Two lines that say the same have the same content key. */
export type Line = {
  contentKey: string
  account: string
  subscription: string
  item: string
  effectiveAt: string
  effectiveDay: string
  source: string
  sourceEvent: string
  amount: bigint
  currency: string
  seats: number
  strategy: Strategy
  rule: number
  reason: string | null
  product: string
  plan: string
  region: string
  evidence: Record<string, string | number | null>
}

/** All lines of one account: its histories, day by day, split into parts. Pure: same input, same lines. */
export function accountLines(
  account: string,
  history: readonly History[],
  timeZone: string,
  mapping: CatalogMapping,
  recognition: Recognition = NOBISHIRO,
): Line[] {
  const lines: Line[] = []
  let before: ReadonlyMap<string, HeldLine> = new Map()
  for (const { day, lines: after, causes } of heldDays(history, timeZone, mapping, recognition)) {
    for (const part of classify(before, after)) {
      const line = lineOf(part.change)
      const cause = causes.get(line.subscription)
      if (!cause) throw new Error(`Subscription ${line.subscription} changed on ${day} without an event`)
      lines.push(toLine(account, day, cause, part))
    }
    before = after
  }
  return lines
}

function toLine(account: string, day: string, cause: { effectiveAt: string; sourceEvent: string }, part: Part): Line {
  const { subscription, item, source, currency, product, plan, region } = lineOf(part.change)
  const said = {
    account,
    subscription,
    item,
    effectiveAt: cause.effectiveAt,
    effectiveDay: day,
    source,
    sourceEvent: cause.sourceEvent,
    currency,
    seats: part.seats,
    strategy: part.strategy,
    rule: part.rule,
    reason: part.reason,
    product,
    plan,
    region,
  }
  return { ...said, contentKey: contentKeyOf(said, part.amount), amount: part.amount, evidence: evidenceOf(part) }
}

/** The same amount under the strategy that a person named: rule 0. */
export function withStrategy({ contentKey: _, amount, evidence, ...said }: Line, strategy: Strategy): Line {
  const renamed = { ...said, strategy, rule: 0 }
  return { ...renamed, contentKey: contentKeyOf(renamed, amount), amount, evidence }
}

/** SHA-256 of the canonical JSON of what the line says: spelt out in the order of its keys, since every line of a history needs it. */
function contentKeyOf(said: Omit<Line, 'contentKey' | 'amount' | 'evidence'>, amount: bigint): string {
  const { account, currency, effectiveAt, effectiveDay, item, plan, product, reason, region, rule, seats } = said
  const { source, sourceEvent, strategy, subscription } = said
  return sha256(
    JSON.stringify({
      account,
      amount: String(amount),
      currency,
      effectiveAt,
      effectiveDay,
      item,
      plan,
      product,
      reason,
      region,
      rule,
      seats,
      source,
      sourceEvent,
      strategy,
      subscription,
    }),
  )
}

/** What the rule looked at: quantity, level, plan and price on both sides. */
function evidenceOf({ change: { before, after } }: Part): Line['evidence'] {
  return {
    quantityBefore: before?.quantity ?? 0,
    quantityAfter: after?.quantity ?? 0,
    levelBefore: String(before?.level ?? 0n),
    levelAfter: String(after?.level ?? 0n),
    priceBefore: before?.price ?? null,
    priceAfter: after?.price ?? null,
    statusBefore: before?.status ?? null,
    statusAfter: after?.status ?? null,
    ...after?.usage,
  }
}
