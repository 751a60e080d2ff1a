import type { ItemKind, SubscriptionStatus } from '../ingest/event.ts'
import { canonicalJson } from '../shared/canonical.ts'
import { localDay } from '../shared/local-day.ts'
import type { CatalogMapping } from './catalog.ts'
import { counting } from './discount.ts'
import { countsNothing, type History, type Step } from './history.ts'
import { itemLevels } from './levels.ts'
import { isMetered, usageEvidence } from './measure-usage.ts'
import type { Price } from './price.ts'
import { NOBISHIRO, type Recognition } from './recognition.ts'

/** One item on one plan at the end of a day, since it first had a level and until it ends. Bad data may make one negative. */
export type HeldLine = {
  key: string
  source: string
  subscription: string
  item: string
  product: string
  plan: string
  rank: number
  kind: ItemKind
  region: string
  currency: string
  price: string | null
  pricing: Price
  status: SubscriptionStatus
  renewed: boolean
  /** The discounts that count, as text: equal when nothing about them changed. */
  discounts: string
  /** MRR in minor units. */
  level: bigint
  quantity: number
  /** Paid places: 0 while nothing is paid. */
  seats: number
  sourceProduct: string
  /** What the level of usage rests on. */
  usage?: Record<string, string>
}

/** What an account holds from the start of a local day on, and the event behind each subscription's state. */
export type HeldDay = {
  day: string
  lines: Map<string, HeldLine>
  /** Subscription → the step that brought it here, for those that moved on this day. */
  causes: Map<string, Step>
}

/** The states of an account at the end of each local day on which something took effect. */
export function heldDays(
  account: readonly History[],
  timeZone: string,
  mapping: CatalogMapping,
  recognition: Recognition = NOBISHIRO,
): HeldDay[] {
  const days = new Map<string, { history: History; step: Step }[]>()
  for (const history of account) {
    for (const step of history.steps) {
      const day = localDay(new Date(step.effectiveAt), timeZone)
      const moves = days.get(day) ?? []
      moves.push({ history, step })
      days.set(day, moves)
    }
  }
  let lines = new Map<string, HeldLine>()
  return [...days.keys()].sort().map((day) => {
    const causes = new Map<string, Step>()
    const moved = new Map<string, History>()
    for (const { history, step } of days.get(day) ?? []) {
      causes.set(history.subscription, step)
      moved.set(history.subscription, history)
    }
    const next = new Map([...lines].filter(([, line]) => !moved.has(line.subscription)))
    for (const [subscription, history] of moved) {
      const step = causes.get(subscription)
      if (!step) continue
      for (const line of linesOf(history, step, mapping, recognition)) {
        if (line.level !== 0n || lines.has(line.key)) next.set(line.key, line)
      }
    }
    lines = next
    return { day, lines, causes }
  })
}

/** States in which nothing is paid, and nothing will be unless it starts anew. */
export const OVER: readonly SubscriptionStatus[] = ['ENDED', 'UNPAID', 'INCOMPLETE', 'TRIAL']

function linesOf(history: History, step: Step, mapping: CatalogMapping, recognition: Recognition): HeldLine[] {
  const { state, measured } = step
  if (OVER.includes(state.status) || countsNothing(step)) return []
  const amounts = itemLevels(state, measured, recognition)
  return state.items.flatMap((item, index) => {
    const { product, plan, rank, kind } = mapping.resolve(history.source, item.product, item.price)
    const region = item.region ?? ''
    const { committed, usage } = amounts[index] ?? { committed: 0n, usage: 0n }
    const counts = kind !== 'SERVICE'
    const isLicence = kind === 'LICENCE' && !isMetered(item)
    const line: HeldLine = {
      key: [history.subscription, item.item, plan, region, state.currency].join(' '),
      source: history.source,
      subscription: history.subscription,
      item: item.item,
      product,
      plan,
      rank,
      // What a metered price charges anyway is a licence without seats.
      kind: kind === 'METERED' && isMetered(item) ? 'LICENCE' : kind,
      region,
      currency: state.currency,
      price: item.price,
      pricing: item.pricing,
      status: state.status,
      renewed: state.renewed ?? false,
      discounts: canonicalJson([item, state].flatMap((holder) => counting(holder, recognition))),
      level: counts ? committed : 0n,
      quantity: item.quantity,
      seats: isLicence && committed > 0n ? item.quantity : 0,
      sourceProduct: `${history.source}:${item.product}`,
    }
    const used = measured?.get(item.item)
    if (!used || !counts) return [line]
    const beyond = { key: `${line.key} usage`, kind: 'METERED' as const, level: usage, quantity: 0, seats: 0 }
    return [line, { ...line, ...beyond, usage: usageEvidence(used) }]
  })
}
