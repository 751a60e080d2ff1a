import type { SubscriptionState, SubscriptionStatus } from '../ingest/event.ts'
import { canonicalJson } from '../shared/canonical.ts'
import { localDay } from '../shared/local-day.ts'
import { OVER } from './held.ts'
import { type History, histories, positionOf, type SourcedEvent, type Step } from './history.ts'
import { levels } from './levels.ts'
import { isMetered } from './measure-usage.ts'
import { inOrder, type Position } from './position.ts'
import { missingIn } from './terms.ts'
import type { Problem } from './verify-checks.ts'

/** Where the fold of a subscription stands. Events that come later go on from here, and nothing before them is read. */
export type Tail = { startedAt: string; last: Position; step: Step }

/** An account from its tails on. Its lines after the day `since` are news; those up to it are posted. */
export type Resumed = { since: string; histories: History[]; tails: ReadonlyMap<string, Tail> }

/** Null where the past has to be read again whatever comes: what is to come was agreed, or more than the last step counts. */
export function tailOf({ last, steps, prospects }: History, startedAt = steps[0]?.effectiveAt): Tail | null {
  const step = steps[steps.length - 1]
  const told = prospects[prospects.length - 1]
  if (!step || startedAt === undefined || (told && told.until === undefined)) return null
  return steps.every(({ state }) => isPlain(state)) && showsAll(step.state) ? { startedAt, last, step } : null
}

/** What stands beside MRR while a subscription is so: what a trial would pay, an account that a pause leaves open. */
const BESIDE: readonly SubscriptionStatus[] = ['TRIAL', 'PAUSED']

/** Levels that follow usage are of the whole past, and months to come. */
const isPlain = ({ items }: SubscriptionState): boolean => !items.some(isMetered)

/** A line without a level is held only if it had one before: the last step does not say. */
function showsAll(state: SubscriptionState): boolean {
  if (BESIDE.includes(state.status)) return false
  return OVER.includes(state.status) || levels(state).every((level) => level !== 0n)
}

/** Goes on from the tails when all news is later than all that is known, in order and by its local day; else null. */
export function resume(
  tails: ReadonlyMap<string, Tail>,
  news: readonly SourcedEvent[],
  timeZone: string,
): Resumed | null {
  const dayOf = (effectiveAt: string) => localDay(new Date(effectiveAt), timeZone)
  const since = [...tails.values()]
    .map(({ step }) => dayOf(step.effectiveAt))
    .sort()
    .at(-1)
  const isLater = (sourced: SourcedEvent) => {
    const { event } = sourced
    if (since === undefined || event.type !== 'subscription' || dayOf(event.effectiveAt) <= since) return false
    if (BESIDE.includes(event.state.status) || !isPlain(event.state) || missingIn(event.state).length > 0) return false
    const tail = tails.get(`${sourced.source}:${event.subscription}`)
    if (!tail) return true
    return inOrder(tail.last, positionOf(sourced)) < 0 && tail.step.effectiveAt < event.effectiveAt
  }
  if (since === undefined || !news.every(isLater)) return null
  const moved = histories(news)
  if (moved.some(({ prospects }) => prospects.length > 0)) return null
  const known = new Map(moved.map((history) => [history.subscription, history]))
  for (const [subscription, { step, last }] of tails) {
    const history = known.get(subscription)
    const [source = '', account = ''] = [moved[0]?.source, moved[0]?.account]
    known.set(subscription, {
      ...(history ?? { source, subscription, account, prospects: [], last }),
      steps: [step, ...(history?.steps ?? [])],
    })
  }
  return { since, tails, histories: [...known.values()].sort((a, b) => (a.subscription < b.subscription ? -1 : 1)) }
}

/** A tail may be absent; when it is there, it is what the events say. */
export function tailProblems(histories: readonly History[], stored: ReadonlyMap<string, Tail> | null): Problem[] {
  const wanted = new Map(histories.map((history) => [history.subscription, tailOf(history)]))
  return [...(stored ?? [])].flatMap(([subscription, tail]) => {
    const [expected, found] = [wanted.get(subscription) ?? null, tail].map(textOf)
    return expected === found
      ? []
      : [{ where: `where the fold of ${subscription} stands`, expected: `${expected}`, found: `${found}` }]
  })
}

const textOf = (tail: Tail | null): string => canonicalJson(JSON.parse(JSON.stringify(tail)))
