import type { CellProblem } from '../csv/problem.ts'
import { crossWorth, directWorth, type Quote, type Worth } from './quote.ts'

export type QuoteAt = Quote & { line: number }
export type Resolved = { worths: Worth[]; problems: (CellProblem & { line: number })[] }

const keyOf = (currency: string, day: string): string => `${currency} ${day}`
const textOf = ({ rate, per }: Worth): string => (per === '1' ? rate : `${rate} for ${per}`)

/**
 * What every quote of a file means in the tenant's currency. A quote between two other currencies needs its base on the same day;
 * two quotes of one currency and day must agree.
 */
export function resolveQuotes(quotes: readonly QuoteAt[], reporting: string): Resolved {
  const known = new Map<string, { worth: Worth; line: number }>()
  const problems: Resolved['problems'] = []
  const add = (worth: Worth, { line, rate }: QuoteAt) => {
    const other = known.get(keyOf(worth.currency, worth.day))
    if (!other) known.set(keyOf(worth.currency, worth.day), { worth, line })
    else if (textOf(other.worth) !== textOf(worth)) {
      const expected = `one rate of ${worth.currency} on ${worth.day}; line ${other.line} says ${textOf(other.worth)}`
      problems.push({ line, column: 'rate', value: rate, expected })
    }
  }
  const crosses: QuoteAt[] = []
  for (const quote of quotes) {
    const worth = directWorth(quote, reporting)
    if (worth) add(worth, quote)
    else crosses.push(quote)
  }
  const direct = new Map(known)
  for (const quote of crosses) {
    const base = direct.get(keyOf(quote.base ?? '', quote.day))
    if (base) add(crossWorth(quote, base.worth), quote)
    else {
      const expected = `${reporting}, or a currency that the file sets against ${reporting} on ${quote.day} too`
      problems.push({ line: quote.line, column: 'base', value: quote.base, expected })
    }
  }
  return { worths: [...known.values()].map(({ worth }) => worth), problems }
}
