import type { Store } from '../facts/column-store.ts'
import { expansionStrategies } from '../facts/kind.ts'
import { type Month, monthOf } from '../facts/month.ts'
import { StoreBuilder } from '../facts/store-builder.ts'
import { type Random, randomOf } from '../simulator/random.ts'

export const MONTHS = 36
export const FIRST: Month = monthOf('2023-11-01')
export const REGIONS = ['JP', 'US', 'SG', 'DE', 'GB'] as const
const PLANS = 12
const TIME_OF_DAY = '2026-11-01T12:00:00Z'

/** Change points as columns: what both sides are loaded from. Account, plan, region and strategy are places in their lists. */
export type Points = {
  count: number
  account: number[]
  month: number[]
  plan: number[]
  region: number[]
  strategy: number[]
  amount: number[]
  seats: number[]
}

export type LargeTenant = { points: Points; store: Store; now: Date }

/** A generated tenant of so many accounts over 36 months, the same every time. */
export function largeTenant(accounts: number): LargeTenant {
  const points: Points = { count: 0, account: [], month: [], plan: [], region: [], strategy: [], amount: [], seats: [] }
  const random = randomOf('bench', 'large tenant')
  const regions = Array.from({ length: accounts }, () => random.whole(0, REGIONS.length - 1))
  for (let account = 0; account < accounts; account += 1) live(points, random, account, regions[account] ?? 0)
  const now = new Date(TIME_OF_DAY)
  const builder = new StoreBuilder(
    {
      tenantId: 'bench',
      currency: 'USD',
      timeZone: 'UTC',
      fiscalYearStart: 1,
      erasures: 0,
      version: 1n,
      asOf: now,
      dataThrough: '2026-10-31',
    },
    Array.from({ length: accounts }, (_, account) => ({
      id: `acc_${String(account).padStart(8, '0')}`,
      name: `Account ${String(account).padStart(8, '0')}`,
      region: REGIONS[regions[account] ?? 0] ?? null,
    })),
    Array.from({ length: PLANS }, (_, plan) => ({
      id: `plan_${String(plan).padStart(2, '0')}`,
      productId: `product_${plan % 4}`,
      confirmed: true,
    })),
  )
  for (let row = 0; row < points.count; row += 1)
    builder.addPoint({
      account: points.account[row]!,
      month: points.month[row]!,
      day: 1,
      plan: points.plan[row]!,
      region: '',
      currency: 'USD',
      strategy: expansionStrategies[points.strategy[row]!]!,
      amountMinor: points.amount[row]!,
      seats: points.seats[row]!,
    })
  return { points, store: builder.build(), now }
}

/** Two months in five something changes: mostly seats, now and then everything ends, and sometimes it begins again. */
function live(points: Points, random: Random, account: number, region: number): void {
  const arrives = random.chance(0.4) ? 0 : random.whole(0, MONTHS - 1)
  const plan = random.whole(0, PLANS - 1)
  const price = random.whole(9, 60) * 100
  let seats = 0
  const change = (month: number, by: number, strategy: number): void => {
    points.account.push(account)
    points.month.push(FIRST + month)
    points.plan.push(plan)
    points.region.push(region)
    points.strategy.push(strategy)
    points.amount.push(by * price)
    points.seats.push(by)
    points.count += 1
    seats += by
  }
  change(arrives, random.whole(1, 80), expansionStrategies.indexOf('SEAT'))
  for (let month = arrives + 1; month < MONTHS; month += 1) {
    const dice = random.next()
    if (dice > 0.62) continue
    if (seats === 0) {
      if (dice < 0.1) change(month, random.whole(1, 40), expansionStrategies.indexOf('SEAT'))
    } else if (dice < 0.012) change(month, -seats, expansionStrategies.indexOf('SEAT'))
    else if (dice < 0.16)
      change(month, 0 - random.whole(0, Math.min(3, seats - 1)), expansionStrategies.indexOf('SEAT'))
    else change(month, random.whole(1, 4), random.whole(0, expansionStrategies.length - 1))
  }
}
