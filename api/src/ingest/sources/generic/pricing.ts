import { z } from 'zod'
import type { Price } from '../../../ledger/price.ts'
import { type Amount, amount, count, oneOf } from './fields.ts'
import { toMinorUnits } from './money.ts'

const tier = z.strictObject({
  /** Absent in the last one. */
  upTo: count(1).optional(),
  unitAmount: amount,
  flatAmount: amount.optional(),
})

/** What something costs: `amount` for all of it, `unitAmount` for one, or `tiers`. */
export const pricingShape = {
  amount: amount.optional(),
  unitAmount: amount.optional(),
  tiers: z.array(tier, { error: 'a list of tiers' }).min(1, { error: 'a list of tiers' }).optional(),
  tiersMode: oneOf(['graduated', 'volume']).optional(),
  interval: oneOf(['day', 'week', 'month', 'year']).optional(),
  intervalCount: count(1).optional(),
  metered: z.boolean({ error: 'true or false' }).optional(),
}

export const EXACTLY_ONE_PRICE = 'exactly one of amount, unitAmount and tiers'
export const hasOnePrice = (said: Pricing): boolean =>
  [said.amount, said.unitAmount, said.tiers].filter((value) => value !== undefined).length === 1

type Pricing = {
  amount?: Amount | undefined
  unitAmount?: Amount | undefined
  tiers?: z.infer<typeof tier>[] | undefined
  tiersMode?: 'graduated' | 'volume' | undefined
  interval?: 'day' | 'week' | 'month' | 'year' | undefined
  intervalCount?: number | undefined
  metered?: boolean | undefined
}

export function toPricing(said: Pricing, currency: string): Price {
  const minor = (value: Amount) => toMinorUnits(value, currency)
  const { amount: whole, unitAmount, tiers, tiersMode, interval = 'month', intervalCount = 1, metered } = said
  const flat = whole ?? unitAmount
  return {
    currency,
    scheme: tiers ? (tiersMode === 'volume' ? 'VOLUME' : 'GRADUATED') : whole === undefined ? 'PER_UNIT' : 'FLAT',
    unitAmount: flat === undefined ? null : minor(flat),
    ...(tiers && {
      tiers: tiers.map((each) => ({
        upTo: each.upTo ?? null,
        unitAmount: minor(each.unitAmount),
        flatAmount: minor(each.flatAmount ?? 0),
      })),
    }),
    interval: INTERVALS[interval],
    intervalCount,
    usage: metered ? 'METERED' : 'LICENSED',
  }
}

const INTERVALS = { day: 'DAY', week: 'WEEK', month: 'MONTH', year: 'YEAR' } as const
