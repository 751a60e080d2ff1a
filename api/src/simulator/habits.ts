import type { Random } from './random.ts'
import { type Interval, RISES } from './vendor.ts'

/** How a customer behaves, drawn once when it arrives. */
export type Habits = {
  size: 'SMALL' | 'MID' | 'LARGE'
  interval: Interval
  plan: string
  seats: number
  trial: boolean
  converts: boolean
  /** 1 is average: how often it adds seats. */
  momentum: number
  /** Chance of leaving in a month. */
  leaving: number
  /** By rise: months after which a monthly contract pays the new price; null keeps the old one. */
  acceptsRise: readonly (number | null)[]
  /** Who looks after it. */
  manager: string
}

/** Draws a customer's habits. The first ones came by invitation: without a trial. */
export function habitsOf(random: Random, invited: boolean): Habits {
  const size = random.weighted([
    ['SMALL', 60],
    ['MID', 30],
    ['LARGE', 10],
  ] as const)
  const { plans, seats, leaving, annual } = SIZES[size]
  return {
    size,
    plan: random.weighted(plans),
    seats: random.whole(seats[0], seats[1]),
    interval: random.chance(annual) ? 'year' : 'month',
    trial: random.chance(size === 'LARGE' ? 0 : 0.35) && !invited,
    converts: random.chance(0.72),
    momentum: random.weighted([
      [0.35, 35],
      [1, 45],
      [2, 20],
    ]),
    leaving: leaving * random.between(0.6, 1.4),
    acceptsRise: RISES.map(() => (random.chance(0.7) ? random.whole(1, 8) : null)),
    manager: random.weighted(MANAGERS[size]),
  }
}

const SIZES = {
  SMALL: {
    plans: [
      ['starter', 70],
      ['team', 30],
    ],
    seats: [2, 9],
    leaving: 0.0135,
    annual: 0.2,
  },
  MID: {
    plans: [
      ['starter', 8],
      ['team', 62],
      ['business', 30],
    ],
    seats: [10, 36],
    leaving: 0.0072,
    annual: 0.5,
  },
  LARGE: {
    plans: [
      ['business', 80],
      ['enterprise', 20],
    ],
    seats: [30, 70],
    leaving: 0.0032,
    annual: 0.8,
  },
} as const

const MANAGERS = {
  SMALL: [
    ['Mori', 1],
    ['Kimura', 1],
  ],
  MID: [
    ['Okada', 1],
    ['Fujii', 1],
    ['Nakano', 1],
  ],
  LARGE: [
    ['Hayashi', 1],
    ['Ito', 1],
  ],
} as const

/** Growth over the year: strong when budgets open in April and October, weak in August and around New Year. */
const GROWTH = [0.7, 0.9, 1.1, 1.6, 1.1, 0.95, 0.95, 0.6, 1.05, 1.3, 1, 0.8]
/** Leaving over the year: most before the fiscal year ends in March. */
const LOSS = [1, 1.1, 1.5, 0.8, 0.9, 1, 1, 0.9, 1.3, 0.9, 0.9, 0.9]

/** The two outages that cost the vendor trust, by month from the first. */
const WEAK: Record<number, { growth: number; loss: number }> = {
  17: { growth: 0.6, loss: 1.4 },
  28: { growth: 0.5, loss: 1.6 },
  29: { growth: 0.8, loss: 1.4 },
}

/** What a month does to growth and loss: 1 is usual. */
export function climate(month: number, monthOfYear: number): { growth: number; loss: number } {
  const weak = WEAK[month] ?? { growth: 1, loss: 1 }
  return { growth: (GROWTH[monthOfYear - 1] ?? 1) * weak.growth, loss: (LOSS[monthOfYear - 1] ?? 1) * weak.loss }
}

/** How many customers arrive in a month: those invited at the launch, then more from year to year. */
export function arrivals(random: Random, month: number, growth: number): number {
  if (month === 0) return 40
  const usual = 7.5 + Math.min(month, 48) * 0.14
  return Math.max(3, Math.floor(usual * (0.7 + 0.3 * growth) + random.between(-1.5, 2.5)))
}
