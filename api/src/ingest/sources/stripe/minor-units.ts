import type { Price } from '../../../ledger/price.ts'
import { minorDigits } from '../../../shared/money.ts'

/** Currencies whose amounts Stripe writes with other digits than ISO 4217 gives them. */
const STRIPE_DIGITS: Record<string, number> = { ISK: 2, UGX: 2, MGA: 0 }

/** An amount as Stripe writes it, in the minor units of ISO 4217. */
export function isoMinor(amount: string, currency: string): string {
  const places = minorDigits(currency) - (STRIPE_DIGITS[currency] ?? minorDigits(currency))
  return places === 0 ? amount : shift(amount, places)
}

/** All amounts of a price in the minor units of ISO 4217. */
export function inIsoMinor(price: Price): Price {
  if (STRIPE_DIGITS[price.currency] === undefined) return price
  const iso = (amount: string) => isoMinor(amount, price.currency)
  return {
    ...price,
    unitAmount: price.unitAmount === null ? null : iso(price.unitAmount),
    ...(price.tiers
      ? {
          tiers: price.tiers.map(({ upTo, unitAmount, flatAmount }) => ({
            upTo,
            unitAmount: iso(unitAmount),
            flatAmount: iso(flatAmount),
          })),
        }
      : {}),
  }
}

/** Moves the decimal point, exactly. */
function shift(amount: string, places: number): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? []
  const digits = `${'0'.repeat(20)}${whole}${fraction}${'0'.repeat(20)}`
  const point = 20 + whole.length + places
  const head = digits.slice(0, point).replace(/^0+(?=\d)/, '')
  const tail = digits.slice(point).replace(/0+$/, '')
  return `${sign}${head}${tail === '' ? '' : `.${tail}`}`
}
