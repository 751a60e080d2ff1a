import type { SubscriptionState } from '../ingest/event.ts'

type Dated = { effectiveAt: string; state: SubscriptionState }

/** From one event to the next: what was in force, and what was agreed to come. */
export type Prospect = {
  from: string
  /** Until something else was said; absent where nothing was since. */
  until?: string
  /** Null where nothing had begun. */
  now: SubscriptionState | null
  /** In order of time, all of it after `from`. */
  ahead: Dated[]
}

/** What was agreed to come when these steps and plans were believed; null where nothing was, or it was replaced at once. */
export function prospectAt(
  steps: readonly Dated[],
  planned: readonly Dated[],
  { from, until }: { from: string; until: string | undefined },
): Prospect | null {
  if (until !== undefined && until <= from) return null
  const inForce = steps.findLast(({ effectiveAt }) => effectiveAt <= from)
  const scheduled = inForce?.state.scheduled ?? []
  // Of one that is over nothing is left to come.
  const stillPlanned = inForce?.state.status === 'ENDED' ? [] : planned
  const ahead = [...steps, ...stillPlanned, ...scheduled].filter(({ effectiveAt }) => effectiveAt > from)
  if (ahead.length === 0) return null
  ahead.sort((a, b) => (a.effectiveAt < b.effectiveAt ? -1 : a.effectiveAt > b.effectiveAt ? 1 : 0))
  return { from, ...(until === undefined ? {} : { until }), now: inForce?.state ?? null, ahead }
}
