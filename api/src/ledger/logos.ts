import type { SubscriptionStatus } from '../ingest/event.ts'
import { localDay } from '../shared/local-day.ts'
import type { CatalogMapping } from './catalog.ts'
import { heldDays } from './held.ts'
import { countsNothing, type History, type Step } from './history.ts'
import type { OutlookPoint } from './outlook.ts'
import type { Recognition } from './recognition.ts'

/** How long an account stays open whose subscription is paused. */
export const PAUSE_DAYS = 90
const DAY_MS = 86_400_000
const RUNNING: readonly SubscriptionStatus[] = ['ACTIVE', 'PAST_DUE']

type Context = { timeZone: string; mapping: CatalogMapping; recognition: Recognition }
type Holding = { history: History; step: Step; pausedOn: string | null }

/**
 * Where an account is open though it pays nothing, as changes by day: 1 at each place at which it holds what keeps it open. It is one
 * that paid and has kept something since, day by day: a subscription paused for less than 90 days, or where the policy keeps
 * free logos one that runs for nothing.
 */
export function logoPoints(account: readonly History[], context: Context): OutlookPoint[] {
  const { timeZone, mapping, recognition } = context
  const mayKeep = ({ steps }: History) => steps.some(({ state }) => state.status === 'PAUSED')
  if (recognition.freeLogos === 'LOST' && !account.some(mayKeep)) return []
  const held = new Map(heldDays(account, timeZone, mapping, recognition).map((day) => [day.day, day]))
  const bySubscription = new Map(account.map((history) => [history.subscription, history]))
  const holdings = new Map<string, Holding>()
  const points: OutlookPoint[] = []
  let before: ReadonlySet<string> = new Set()
  let [pays, wasOpen] = [false, false]
  for (const day of [...new Set([...held.keys(), ...pauseEnds(account, timeZone)])].sort()) {
    const today = held.get(day)
    if (today) pays = isAboveZero([...today.lines.values()])
    for (const [subscription, step] of today?.causes ?? []) {
      const history = bySubscription.get(subscription)
      const since = holdings.get(subscription)?.pausedOn ?? day
      if (history)
        holdings.set(subscription, { history, step, pausedOn: step.state.status === 'PAUSED' ? since : null })
    }
    const keeping =
      pays || !wasOpen ? [] : [...holdings.values()].filter((holding) => keepsOpen(holding, day, recognition))
    const after = new Set(keeping.flatMap((holding) => placesOf(holding, mapping)))
    for (const place of new Set([...before, ...after])) {
      const amount = BigInt(after.has(place)) - BigInt(before.has(place))
      const [product, plan, region, currency] = JSON.parse(place) as [string, string, string, string] // as placesOf writes it
      if (amount !== 0n) points.push({ day, kind: 'LOGO', product, plan, region, currency, amount })
    }
    before = after
    wasOpen = pays || after.size > 0
  }
  return points
}

function isAboveZero(lines: readonly { currency: string; level: bigint }[]): boolean {
  const sums = new Map<string, bigint>()
  for (const { currency, level } of lines) sums.set(currency, (sums.get(currency) ?? 0n) + level)
  return [...sums.values()].some((sum) => sum > 0n)
}

function keepsOpen({ step, pausedOn }: Holding, day: string, { freeLogos }: Recognition): boolean {
  if (countsNothing(step)) return false
  if (pausedOn !== null) return day < daysAfter(pausedOn, PAUSE_DAYS)
  return freeLogos === 'KEPT' && RUNNING.includes(step.state.status)
}

function placesOf({ history: { source }, step: { state } }: Holding, mapping: CatalogMapping): string[] {
  return state.items.flatMap((item) => {
    const { product, plan, kind } = mapping.resolve(source, item.product, item.price)
    return kind === 'SERVICE' ? [] : [JSON.stringify([product, plan, item.region ?? '', state.currency])]
  })
}

/** Days on which a pause may have lasted too long; on those of one that ended before, nothing changes. */
const pauseEnds = (account: readonly History[], timeZone: string): string[] =>
  account
    .flatMap(({ steps }) => steps.filter(({ state }) => state.status === 'PAUSED'))
    .map(({ effectiveAt }) => daysAfter(localDay(new Date(effectiveAt), timeZone), PAUSE_DAYS))

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
