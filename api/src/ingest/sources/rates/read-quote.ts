import { readCurrency } from '../csv/convert/currency.ts'
import { readDecimal } from '../csv/convert/decimal.ts'
import { readMoment } from '../csv/convert/moment.ts'
import { Unreadable } from '../csv/convert/unreadable.ts'
import { type CellProblem, shorten } from '../csv/problem.ts'
import type { Quote } from './quote.ts'

export type QuoteColumns = { date: number; currency: number; rate: number; base: number | null }
export type QuoteRules = { reporting: string; today: string }

/** One row of a file of rates, or the first thing that is wrong with it. */
export function readQuote(
  cells: readonly string[],
  at: QuoteColumns,
  rules: QuoteRules,
): Quote | { problem: CellProblem } {
  try {
    const day = cell(cells, at.date, 'date', (text) => dayOf(text, rules.today))
    const currency = cell(cells, at.currency, 'currency', readCurrency)
    const rate = cell(cells, at.rate, 'rate', rateOf)
    const base = at.base === null || cells[at.base]?.trim() === '' ? null : cell(cells, at.base, 'base', readCurrency)
    if (base === null && currency === rules.reporting)
      throw new BadCell('currency', currency, `another currency than ${currency}, in which the tenant reports`)
    if (base === currency) throw new BadCell('base', base, `another currency than ${currency}, which it is the base of`)
    return { day, currency, rate, base }
  } catch (error) {
    if (!(error instanceof BadCell)) throw error
    return { problem: { column: error.column, value: shorten(error.value), expected: error.message } }
  }
}

class BadCell extends Error {
  constructor(
    readonly column: string,
    readonly value: string,
    expected: string,
  ) {
    super(expected)
  }
}

function cell<T>(cells: readonly string[], at: number, column: string, read: (text: string) => T): T {
  const text = cells[at]?.trim() ?? ''
  try {
    return read(text)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    throw new BadCell(column, text, error.expected)
  }
}

function dayOf(text: string, today: string): string {
  const { day } = readMoment(text)
  if (day > today) throw new Unreadable(`a day that has come: at most ${today}`)
  return day
}

const MOST_DIGITS = 15

function rateOf(text: string): string {
  const expected = `a number above 0 such as 1.0842, with at most ${MOST_DIGITS} digits on either side of the point`
  let value: string
  try {
    value = readDecimal(text)
  } catch {
    throw new Unreadable(expected)
  }
  const [whole = '', fraction = ''] = value.split('.')
  const fits = whole.length <= MOST_DIGITS && fraction.length <= MOST_DIGITS
  if (value.startsWith('-') || value === '0' || !fits) throw new Unreadable(expected)
  return value
}
