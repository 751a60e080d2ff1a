import { multiply, parseDecimal, rational } from './rational.ts'

/** ISO 4217 currencies whose minor unit is not a hundredth. Intl rounds some others for display, so it cannot be asked. */
const DIGITS: Record<number, string> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}
const digits = new Map(
  Object.entries(DIGITS).flatMap(([places, codes]) => codes.split(' ').map((code) => [code, Number(places)])),
)

/** ISO 4217 for "no currency": of what has no amount, such as the state of a subscription that has ended. */
export const NO_CURRENCY = 'XXX'

/** Digits after the point of a currency: 2 for USD, 0 for JPY, 3 for KWD. */
export const minorDigits = (currency: string): number => digits.get(currency) ?? 2

/** "12.5" USD is 1250n. Throws when the text is no decimal or has more digits than the currency. */
export function toMinor(major: string, currency: string): bigint {
  const { numerator, denominator } = multiply(parseDecimal(major), rational(10n ** BigInt(minorDigits(currency))))
  if (numerator % denominator !== 0n) {
    throw new RangeError(`"${major}" has more than the ${minorDigits(currency)} decimal places of ${currency}`)
  }
  return numerator / denominator
}

/** 1250n USD is "12.50"; 1250n JPY is "1250". */
export function toMajor(minor: bigint, currency: string): string {
  const places = minorDigits(currency)
  if (places === 0) return String(minor)
  const text = String(minor < 0n ? -minor : minor).padStart(places + 1, '0')
  return `${minor < 0n ? '-' : ''}${text.slice(0, -places)}.${text.slice(-places)}`
}
