import type { SeatGrowth } from '@nobishiro/sdk'
import { addMonths } from '../format/month.ts'

export interface SeatGrowthOptions {
  months?: number
  /** Plan and seats in the first month; each grows at its own pace. */
  plans?: [name: string, seats: number, monthly: number][]
  /** Share of seats in use; null where use is not known. */
  use?: number | null
  landings?: [name: string, landed: number, now: number][]
  isPartial?: boolean
  /** How many of the last months were changed after they were closed. */
  restatedMonths?: number
}

const LANDINGS: [string, number, number][] = [
  ['Aozora', 3, 50],
  ['Kitahama Foods', 12, 96],
  ['Lumen Labs', 5, 31],
  ['Northwind', 20, 74],
  ['Sora Bank', 40, 120],
]

/** Seats that grow in steps, the same way every time. */
export function aSeatGrowth(options: SeatGrowthOptions = {}): SeatGrowth {
  const { months: count = 24, use = 0.84, landings = LANDINGS, isPartial = false, restatedMonths = 0 } = options
  const plans = options.plans ?? [
    ['Pro', 420, 18],
    ['Team', 210, 14],
    ['Basic', 90, 4],
  ]
  const first = addMonths('2026-10-01', 1 - count)
  const months = Array.from({ length: count }, (_, index) => addMonths(first, index))
  const grown = plans.map(([name, seats, monthly], plan) => ({
    name,
    purchased: months.map((_, index) =>
      Math.max(0, Math.round(seats + monthly * index + (((index * 7 + plan * 5) % 6) - 2) * monthly * 0.4)),
    ),
  }))
  const purchased = months.map((_, index) => grown.reduce((sum, plan) => sum + (plan.purchased[index] ?? 0), 0))
  return {
    months,
    plans: grown.map(({ name, purchased: seats }, index) => ({
      plan: { id: `plan:${index}`, name, rank: index, product: { id: 'product:1', name: 'Suite' } },
      purchased: seats,
    })),
    purchased,
    assigned: months.map(() => null),
    active: purchased.map((seats, index) =>
      use === null ? null : Math.round(seats * (use - 0.04 + ((index * 5) % 7) * 0.01)),
    ),
    landings: landings.map(([name, landed, now]) => ({
      account: { id: `id:${name}`, externalId: name.toLowerCase(), name },
      landed,
      now,
      multiple: String(now / landed),
      landedMonth: first,
    })),
    landAndExpand: '2.41',
    completeness: months.map((_, index) => {
      if (isPartial && index === count - 1) return 'PARTIAL'
      return index >= count - restatedMonths ? 'RESTATED' : 'COMPLETE'
    }),
    definition: 'nobishiro/1',
    asOf: '2026-11-22T03:00:00Z',
    version: '48213',
  }
}
