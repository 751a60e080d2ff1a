import type { Money } from '@nobishiro/sdk'
import { currencyDigits, minorToAmount } from '../format/money.ts'

/** An amount from major units. */
export function aMoney(major: number, currency = 'USD'): Money {
  const minor = BigInt(Math.round(major * 10 ** currencyDigits(currency)))
  return { amount: minorToAmount(minor, currency), minor: String(minor), currency }
}
