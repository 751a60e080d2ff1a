import { minorDigits } from '../../../shared/money.ts'
import { toMinorDecimal } from '../csv/convert/minor.ts'
import type { Amount } from './fields.ts'

/** Minor units as an exact decimal: a price may be a fraction of a cent. */
export function toMinorUnits(amount: Amount, currency: string): string {
  return typeof amount === 'number'
    ? String(amount)
    : toMinorDecimal(
        amount
          .replace(/^(-?)0+(?=\d)/, '$1')
          .replace(/(\.\d*?)0+$/, '$1')
          .replace(/\.$/, ''),
        currency,
      )
}

/** Whole minor units; undefined where the amount has more decimals than its currency. */
export function toWholeMinor(amount: Amount, currency: string): string | undefined {
  const minor = toMinorUnits(amount, currency)
  return /^-?\d{1,18}$/.test(minor) ? minor : undefined
}

export const decimalsOf = (currency: string): string =>
  `an amount with at most ${minorDigits(currency)} decimals, as ${currency} has`
