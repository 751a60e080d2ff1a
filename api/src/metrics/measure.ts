import type { Measure, Term } from './metric.ts'
import type { LocalizedText, UndefinedReason } from './vocabulary.ts'

/** A term in minor units. */
export const money = (label: LocalizedText, minor: number | bigint): Term => ({
  label,
  amount: BigInt(minor),
  unit: 'MONEY',
})

/** A term that counts things. */
export const count = (label: LocalizedText, things: number): Term => ({ label, amount: BigInt(things), unit: 'COUNT' })

/** A plain number. */
export const amount = (term: Term): Measure => ({ numerator: term })

/** A fraction; without a base it is not defined, never 0 or 1. */
export function ratio(numerator: Term, denominator: Term, undefinedBecause: UndefinedReason): Measure {
  return denominator.amount === 0n ? { numerator, denominator, undefinedBecause } : { numerator, denominator }
}
