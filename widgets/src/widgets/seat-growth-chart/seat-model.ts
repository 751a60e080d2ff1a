import type { Completeness, SeatGrowth } from '@nobishiro/sdk'

/** Seats of one plan, stacked on the plans below it. */
export interface Band {
  key: string
  name: string
  /** 1 is the strongest tint, at the bottom. */
  tint: number
  base: number[]
  top: number[]
  last: number
}

export interface SeatMonth {
  month: string
  purchased: number
  active: number | null
  completeness: Completeness
}

export interface SeatModel {
  months: SeatMonth[]
  bands: Band[]
  /** Some month knows how many seats are in use. */
  hasActive: boolean
  max: number
}

/** Plans with a tint of their own; the rest are one. */
const MOST_PLANS = 4

/** The largest plans, and the rest as one. */
function groupPlans(
  { plans, months }: SeatGrowth,
  otherName: string,
): { key: string; name: string; purchased: number[] }[] {
  const shown = plans.filter(({ purchased }) => purchased.some((seats) => seats > 0))
  const named = shown.map(({ plan, purchased }) => ({ key: plan.id, name: plan.name, purchased }))
  if (named.length <= MOST_PLANS) return named
  const rest = named.slice(MOST_PLANS - 1)
  const purchased = months.map((_, month) => rest.reduce((sum, plan) => sum + (plan.purchased[month] ?? 0), 0))
  return [...named.slice(0, MOST_PLANS - 1), { key: 'other', name: otherName, purchased }]
}

/** Stacked plans, the active line and its months. */
export function seatModel(growth: SeatGrowth, otherName: string): SeatModel {
  const stack = growth.months.map(() => 0)
  const bands = groupPlans(growth, otherName).map(({ key, name, purchased }, index): Band => {
    const base = [...stack]
    purchased.forEach((seats, month) => {
      stack[month] = (stack[month] ?? 0) + seats
    })
    return { key, name, tint: index + 1, base, top: [...stack], last: purchased.at(-1) ?? 0 }
  })
  const months = growth.months.map((month, index) => ({
    month,
    purchased: growth.purchased[index] ?? 0,
    active: growth.active[index] ?? null,
    completeness: growth.completeness[index] ?? 'COMPLETE',
  }))
  return {
    months,
    bands,
    hasActive: months.some(({ active }) => active !== null),
    max: Math.max(1, ...months.flatMap(({ purchased, active }) => [purchased, active ?? 0])),
  }
}

/** Unused seats of a month; null when use is not known. */
export function roomOf({ purchased, active }: SeatMonth): number | null {
  return active === null ? null : Math.max(0, purchased - active)
}
