/** An exact fraction; the denominator is positive. */
export type Rational = { numerator: bigint; denominator: bigint }

export const rational = (numerator: bigint, denominator = 1n): Rational =>
  denominator < 0n ? { numerator: -numerator, denominator: -denominator } : { numerator, denominator }

export const multiply = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator)

export const add = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/** "12.50" as 1250/100. Throws on anything that is not a plain decimal. */
export function parseDecimal(text: string): Rational {
  const match = DECIMAL.exec(text)
  if (!match) throw new RangeError(`"${text.slice(0, 80)}" is not a decimal number like 12.50`)
  const [, sign, whole = '', fraction = ''] = match
  const numerator = BigInt(whole + fraction)
  return rational(sign ? -numerator : numerator, 10n ** BigInt(fraction.length))
}

/** The inverse, of a fraction whose denominator is a power of ten: a sum of decimals. */
export function toDecimal({ numerator, denominator }: Rational): string {
  const places = String(denominator).length - 1
  const sign = numerator < 0n ? '-' : ''
  const digits = String(numerator < 0n ? -numerator : numerator).padStart(places + 1, '0')
  return sign + (places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`)
}

/** Nearest integer; a tie goes to the even one. */
export function roundHalfEven({ numerator, denominator }: Rational): bigint {
  const floor = floorDivide(numerator, denominator)
  const twice = (numerator - floor * denominator) * 2n
  if (twice > denominator || (twice === denominator && floor % 2n !== 0n)) return floor + 1n
  return floor
}

/** Largest integer not above the fraction. */
export function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  return numerator % denominator < 0n ? quotient - 1n : quotient
}
