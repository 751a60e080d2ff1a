import type { Step } from './history.ts'

const DAY_MS = 86_400_000

/** A subscription that stays past due for so many days lapses: a step of its own, though nothing happens outside. */
export function withLapses(steps: readonly Step[], days: number | null): Step[] {
  if (days === null) return [...steps]
  let lapsesAt: string | null = null
  return steps.flatMap((step, index) => {
    if (step.state.status !== 'PAST_DUE') lapsesAt = null
    else lapsesAt ??= new Date(Date.parse(step.effectiveAt) + days * DAY_MS).toISOString()
    if (lapsesAt === null) return [step]
    if (step.effectiveAt >= lapsesAt) return [{ ...step, lapsed: true }]
    const next = steps[index + 1]?.effectiveAt
    if (next !== undefined && next <= lapsesAt) return [step]
    return [step, { ...step, effectiveAt: lapsesAt, lapsed: true }]
  })
}
