import { minorDigits } from '../shared/money.ts'
import { rational, roundHalfEven } from '../shared/rational.ts'

/** Decimals of a ratio; what lies beyond is rounded half-even. */
const PLACES = 12

/** Exact quotient of two integers as a decimal string, without trailing zeros: 1.124. */
export function divide(numerator: bigint, denominator: bigint): string {
  const scaled = roundHalfEven(rational(numerator * 10n ** BigInt(PLACES), denominator))
  const text = String(scaled < 0n ? -scaled : scaled).padStart(PLACES + 1, '0')
  const fraction = text.slice(-PLACES).replace(/0+$/, '')
  return `${scaled < 0n ? '-' : ''}${text.slice(0, -PLACES)}${fraction && `.${fraction}`}`
}

/** Quotient of an amount and a count in major units. */
export function divideMoney(minor: bigint, count: bigint, currency: string): string {
  return divide(minor, count * 10n ** BigInt(minorDigits(currency)))
}
