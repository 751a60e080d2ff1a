import type { SubscriptionState } from '../ingest/event.ts'
import { localDay } from '../shared/local-day.ts'
import type { CatalogMapping } from './catalog.ts'
import { runningAt } from './discount.ts'
import type { History, Step } from './history.ts'
import { levels } from './levels.ts'
import { logoPoints } from './logos.ts'
import type { Measured } from './measure-usage.ts'
import type { Prospect } from './prospect.ts'
import { NOBISHIRO, type Recognition } from './recognition.ts'
import { endsWith } from './requested-ends.ts'

/** Money beside MRR. PENDING: agreed and not in effect, signed. TRIAL: what trials would pay. */
export const OUTLOOK_KINDS = ['PENDING', 'TRIAL'] as const
export type OutlookKind = (typeof OUTLOOK_KINDS)[number]

/** A change of what stands beside MRR, from the start of a local day on. */
export type OutlookPoint = {
  day: string
  /** LOGO counts places at which an account is open without MRR; the others are minor units. */
  kind: OutlookKind | 'LOGO'
  product: string
  plan: string
  region: string
  currency: string
  amount: bigint
}

type Context = { timeZone: string; mapping: CatalogMapping; recognition: Recognition }
type Place = Omit<OutlookPoint, 'day' | 'kind' | 'amount'>
/** Place as text → its amount. */
type Amounts = Map<string, bigint>
type Moment = { at: string; amounts: Amounts }

/** All that stands beside the MRR of one account, as changes. Pure: same input, same points. */
export function outlookOf(account: readonly History[], context: Context): OutlookPoint[] {
  const money = account.flatMap((history) => [
    ...pointsOf('TRIAL', trials(history, context), context),
    ...pointsOf('PENDING', pending(history, context), context),
  ])
  return [...money, ...logoPoints(account, context)]
}

function trials({ source, steps }: History, context: Context): Moment[] {
  if (!steps.some(({ state }) => state.status === 'TRIAL')) return []
  return steps.map(({ effectiveAt, state, measured, leaving }) => ({
    at: effectiveAt,
    amounts:
      state.status === 'TRIAL' && !leaving
        ? amountsOf(source, { ...state, status: 'ACTIVE' }, measured, context)
        : new Map(),
  }))
}

/** While something is agreed to come, what it will be in the end less what is in force. */
function pending(history: History, context: Context): Moment[] {
  return history.prospects.flatMap((prospect) => {
    const { from, until, ahead } = prospect
    // An end that counted when it was asked for is out of MRR already.
    if (context.recognition.churn === 'AT_REQUEST' && endsWith(prospect)) return []
    const usage = history.steps.filter(({ measured }) => measured).map(({ effectiveAt }) => effectiveAt)
    const last = ahead.at(-1)?.effectiveAt ?? from
    const end = until !== undefined && until < last ? until : last
    const times = [...new Set([from, ...ahead.map(({ effectiveAt }) => effectiveAt), ...usage])]
      .filter((at) => at >= from && at < end)
      .sort()
    const moments = times.map((at) => ({ at, amounts: stillToCome(history, prospect, at, context) }))
    return [...moments, { at: end, amounts: new Map() }]
  })
}

function stillToCome({ source, steps }: History, { now, ahead }: Prospect, at: string, context: Context): Amounts {
  const measured = steps.findLast(({ effectiveAt }) => effectiveAt <= at)?.measured
  const inForce = ahead.findLast(({ effectiveAt }) => effectiveAt <= at)?.state ?? now
  // What a trial will pay stands apart.
  if (inForce?.status === 'TRIAL') return new Map()
  const last = ahead.at(-1)
  const amounts: Amounts = last
    ? amountsOf(source, runningAt(last.state, last.effectiveAt), measured, context)
    : new Map()
  if (inForce) {
    for (const [place, amount] of amountsOf(source, runningAt(inForce, at), measured, context))
      amounts.set(place, (amounts.get(place) ?? 0n) - amount)
  }
  return amounts
}

function amountsOf(
  source: string,
  state: SubscriptionState,
  measured: Measured | undefined,
  { mapping, recognition }: Context,
): Amounts {
  const amounts: Amounts = new Map()
  for (const [index, amount] of levels(state, measured, recognition).entries()) {
    const item = state.items[index]
    if (!item || amount === 0n) continue
    const { product, plan, kind } = mapping.resolve(source, item.product, item.price)
    if (kind === 'SERVICE') continue
    const place: Place = { product, plan, region: item.region ?? '', currency: state.currency }
    const key = JSON.stringify([place.product, place.plan, place.region, place.currency])
    amounts.set(key, (amounts.get(key) ?? 0n) + amount)
  }
  return amounts
}

function pointsOf(kind: OutlookKind, moments: readonly Moment[], { timeZone }: Context): OutlookPoint[] {
  const points: OutlookPoint[] = []
  let before: Amounts = new Map()
  for (const { at, amounts } of moments) {
    const day = localDay(new Date(at), timeZone)
    for (const key of new Set([...before.keys(), ...amounts.keys()])) {
      const amount = (amounts.get(key) ?? 0n) - (before.get(key) ?? 0n)
      const [product, plan, region, currency] = JSON.parse(key) as [string, string, string, string] // as written above
      if (amount !== 0n) points.push({ day, kind, product, plan, region, currency, amount })
    }
    before = amounts
  }
  return points
}

/** What a subscription that is at this step brings once all that is agreed and planned has happened. */
export function committedLevel({ prospects }: Pick<History, 'prospects'>, step: Step, recognition = NOBISHIRO): bigint {
  const told = prospects.at(-1)
  const last = told && told.until === undefined ? told.ahead.at(-1) : step.state.scheduled?.at(-1)
  const state = last ? runningAt(last.state, last.effectiveAt) : step.state
  return levels(state, step.measured, recognition).reduce((sum, level) => sum + level, 0n)
}
