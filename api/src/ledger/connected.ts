import { OVER } from './held.ts'
import type { History, Step } from './history.ts'

export type Connection = { old: string; new: string; gapDays: number }

const DAY_MS = 86_400_000

/**
 * A subscription that another replaced ends when that one starts: its level is held through the gap, or let go before an overlap, so
 * that both are one change set. Further apart than the person said, or with an end that never came, nothing changes.
 */
export function connected(histories: readonly History[], connections: readonly Connection[]): History[] {
  return connections.reduce<History[]>(
    (list, connection) => {
      const start = startOf(list.find(({ subscription }) => subscription === connection.new))
      if (start === null) return list
      return list.map((history) =>
        history.subscription === connection.old ? endingAt(history, start, connection.gapDays) : history,
      )
    },
    [...histories],
  )
}

/** When a subscription first pays. */
export function startOf(history: History | undefined): string | null {
  return history?.steps.find((step) => !isOver(step))?.effectiveAt ?? null
}

/** The step after which it never pays again; null while it runs. */
export function endOf({ steps }: History): Step | null {
  const last = steps.findLastIndex((step) => !isOver(step))
  return last < 0 ? null : (steps[last + 1] ?? null)
}

/** Days from the end of one to the start of the other, whichever comes first. */
export const daysApart = (end: string, start: string): number => Math.abs(Date.parse(start) - Date.parse(end)) / DAY_MS

function endingAt(history: History, start: string, gapDays: number): History {
  const end = endOf(history)
  if (end === null || daysApart(end.effectiveAt, start) > gapDays) return history
  const before = history.steps.filter((step) => step.effectiveAt < start && step.effectiveAt < end.effectiveAt)
  if (before.length === 0) return history
  // Who asked for this end went on with the other.
  const going = before.map(({ leaving: _, ...step }) => step)
  return { ...history, steps: [...going, { ...end, effectiveAt: start }] }
}

const isOver = ({ state }: Step): boolean => OVER.includes(state.status)
