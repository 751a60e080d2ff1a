import { minimal, multiplied } from './decimal-text.ts'

/** A row: 1 `base` is `rate` of `currency`; without a base, 1 `currency` is `rate` of the tenant's currency. */
export type Quote = { day: string; currency: string; rate: string; base: string | null }

/** `per` of the currency are `rate` of the tenant's. */
export type Worth = { currency: string; day: string; rate: string; per: string }

/** What a quote says without another one; null where neither side is the tenant's currency. */
export function directWorth({ day, currency, rate, base }: Quote, reporting: string): Worth | null {
  if (base === null) return { currency, day, rate: minimal(rate), per: '1' }
  if (currency === reporting) return { currency: base, day, rate: minimal(rate), per: '1' }
  return base === reporting ? { currency, day, rate: '1', per: minimal(rate) } : null
}

/** A cross quote by way of its base, whose worth on that day is known. */
export function crossWorth({ day, currency, rate }: Quote, base: Worth): Worth {
  return { currency, day, rate: base.rate, per: multiplied(base.per, rate) }
}
