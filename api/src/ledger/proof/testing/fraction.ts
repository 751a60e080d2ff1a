/** Exact fractions of the oracle: its own, so that it shares nothing with what it checks. */
export type Fraction = readonly [top: bigint, bottom: bigint]

export const ZERO: Fraction = [0n, 1n]
export const whole = (value: bigint): Fraction => [value, 1n]
export const plus = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]]
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, [-b[0], b[1]])
export const times = (a: Fraction, b: Fraction): Fraction => [a[0] * b[0], a[1] * b[1]]
/** Of a positive divisor. */
export const over = (a: Fraction, b: Fraction): Fraction => times(a, [b[1], b[0]])
export const isPositive = (a: Fraction): boolean => a[0] > 0n

/** "12.5" is 125/10. */
export function fromText(text: string): Fraction {
  const [digits = '0', decimals = ''] = text.split('.')
  return [BigInt(digits + decimals), 10n ** BigInt(decimals.length)]
}

/** The whole number nearest to it; of two equally near the even one. */
export function nearest([top, bottom]: Fraction): bigint {
  if (top < 0n) return -nearest([-top, bottom])
  const up = (2n * top + bottom) / (2n * bottom)
  const isTie = (2n * top + bottom) % (2n * bottom) === 0n
  return isTie && up % 2n === 1n ? up - 1n : up
}
