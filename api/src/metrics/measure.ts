import type { Measure, Term } from './metric.ts'
import type { LocalizedText, UndefinedReason } from './vocabulary.ts'

/** A term in minor units, perhaps several times as much. Not a number: a rate was missing. */
export const money = (label: LocalizedText, minor: number, times = 1n): Term =>
  Number.isNaN(minor)
    ? { label, amount: 0n, unit: 'MONEY', isMissing: true }
    : { label, amount: wholeMinor(minor) * times, unit: 'MONEY' }

/** An amount that numbers still hold exactly. */
export function wholeMinor(minor: number): bigint {
  if (Number.isSafeInteger(minor)) return BigInt(minor)
  throw new RangeError(`${minor} minor units exceed 2^53 and cannot be added exactly`)
}

/** Whether a term of it could not be converted. */
export const isMissing = ({ numerator, denominator }: Measure): boolean =>
  numerator.isMissing === true || denominator?.isMissing === true

/** A term that counts things. */
export const count = (label: LocalizedText, things: number): Term => ({ label, amount: BigInt(things), unit: 'COUNT' })

/** A term that is a product of whole numbers; one that is not a number lacked a rate. */
export function product(label: LocalizedText, unit: Term['unit'], factors: readonly (number | bigint)[]): Term {
  if (factors.some(Number.isNaN)) return { label, amount: 0n, unit, isMissing: true }
  return { label, amount: factors.reduce<bigint>((all, factor) => all * BigInt(factor), 1n), unit }
}

/** A plain number. */
export const amount = (term: Term): Measure => ({ numerator: term })

/** A fraction; without a base it is not defined, never 0 or 1. */
export function ratio(numerator: Term, denominator: Term, undefinedBecause: UndefinedReason): Measure {
  return denominator.amount === 0n ? { numerator, denominator, undefinedBecause } : { numerator, denominator }
}
