import type { SubscriptionEvent } from '../ingest/event.ts'
import type { Step } from './history.ts'
import type { Prospect } from './prospect.ts'

/** A time in which the end of a subscription was asked for, and the events that told of it and of what came after. */
export type Leaving = { from: string; until?: string; sourceEvent: string; next?: string }

/** What an event says of an end: one that is agreed to come, until the next event. `after` is when the one before it was told. */
export function agreedLeaving(
  prospect: Prospect,
  { sourceEvent, next, after }: { sourceEvent: string; next?: string | undefined; after: string },
): Leaving[] {
  if (!endsWith(prospect)) return []
  const { from, until, now } = prospect
  return [
    {
      from: now?.endRequestedAt === undefined ? from : latest(after, now.endRequestedAt),
      sourceEvent,
      ...(until === undefined ? {} : { until }),
      ...(next === undefined ? {} : { next }),
    },
  ]
}

/** One that has come, and was asked for before. */
export function pastLeaving(
  { effectiveAt: until, state: { status, endRequestedAt } }: SubscriptionEvent,
  { sourceEvent, after }: { sourceEvent: string; after: string },
): Leaving[] {
  if (status !== 'ENDED' || endRequestedAt === undefined) return []
  const from = latest(after, endRequestedAt)
  return from < until ? [{ from, until, sourceEvent }] : []
}

/** All that was agreed comes to an end. */
export const endsWith = ({ ahead }: Prospect): boolean => ahead.at(-1)?.state.status === 'ENDED'

/** Marks what was in force while it was leaving; the bounds of such a time are steps of their own. */
export function withRequestedEnds(steps: readonly Step[], leavings: readonly Leaving[]): readonly Step[] {
  return leavings.reduce<readonly Step[]>((told, { from, until, sourceEvent, next }) => {
    const opened = withStepAt(told, from, sourceEvent)
    const bounded = until === undefined ? opened : withStepAt(opened, until, next ?? sourceEvent)
    return bounded.map((step) => {
      const isInside = step.effectiveAt >= from && (until === undefined || step.effectiveAt < until)
      return isInside && step.state.status !== 'ENDED' ? { ...step, leaving: true } : step
    })
  }, steps)
}

/** Where nothing happens at an instant, what is in force goes on as a step of its own. */
function withStepAt(steps: readonly Step[], at: string, sourceEvent: string): readonly Step[] {
  const place = steps.findLastIndex(({ effectiveAt }) => effectiveAt <= at)
  const inForce = steps[place]
  if (!inForce || inForce.effectiveAt === at || inForce.state.status === 'ENDED') return steps
  const { leaving: _, ...going } = inForce
  return steps.toSpliced(place + 1, 0, {
    ...going,
    effectiveAt: at,
    state: { ...going.state, renewed: false },
    sourceEvent,
  })
}

const latest = (a: string, b: string): string => (a > b ? a : b)
