import { add, parseDecimal, type Rational, rational } from '../shared/rational.ts'
import { monthOf } from './month.ts'
import type { Aggregation } from './price.ts'

/** One measured quantity of an account. Subscription and item carry no source. */
export type Reading = {
  metric: string
  subscription: string | null
  item: string | null
  /** Local day. */
  day: string
  /** When it was measured, where that is known; else the day. */
  at: string | null
  mode: 'ADD' | 'SET'
  aggregation: Aggregation | null
  quantity: string
  /** When the delivery that carried it happened, and its id where it is of this account alone. */
  reportedAt: string
  event: string | null
  /** Its own id: orders the readings of one delivery. */
  id: string
}

/** The quantity of one month, and the delivery that was the last to say something of it. */
export type MonthUsage = { quantity: Rational; event: string | null }

/** One total order, so that neither the order of delivery nor duplicates matter. */
function inTime(readings: readonly Reading[]): Reading[] {
  return [...readings].sort(
    (a, b) => compare(timeOf(a), timeOf(b)) || compare(a.reportedAt, b.reportedAt) || compare(a.id, b.id),
  )
}

/** Tells what the readings of a month amount to; null where none says anything of it. */
export type MonthReader = (month: number, aggregation: Aggregation) => MonthUsage | null

export function monthReader(readings: readonly Reading[]): MonthReader {
  const byMonth = new Map<number, Reading[]>()
  for (const reading of inTime(readings)) {
    const month = monthOf(reading.day)
    const group = byMonth.get(month)
    if (group) group.push(reading)
    else byMonth.set(month, [reading])
  }
  const months = [...byMonth.keys()].sort((a, b) => a - b)
  const known = new Map<string, MonthUsage | null>()
  const read: MonthReader = (month, aggregation) => {
    const inMonth = byMonth.get(month) ?? []
    const previous = months.findLast((other) => other < month)
    const before = (previous !== undefined && byMonth.get(previous)?.at(-1)) || null
    const last = inMonth.at(-1) ?? (aggregation === 'LAST_EVER' ? before : null)
    return last && { quantity: amountTo(inMonth, before, last, aggregation), event: last.event }
  }
  return (month, aggregation) => {
    const key = `${month} ${aggregation}`
    const found = known.get(key)
    if (found !== undefined) return found
    const usage = read(month, aggregation)
    known.set(key, usage)
    return usage
  }
}

function amountTo(inMonth: readonly Reading[], before: Reading | null, last: Reading, aggregation: Aggregation) {
  switch (aggregation) {
    case 'SUM':
      return total(standing(inMonth))
    case 'COUNT':
      return rational(BigInt(inMonth.length))
    case 'MAX':
      return inMonth.map(quantityOf).reduce((a, b) => (isLess(a, b) ? b : a))
    case 'COUNTER':
      return growth(before, inMonth)
    default:
      return quantityOf(last)
  }
}

/** Readings that no later one of the same time replaces. */
function standing(inMonth: readonly Reading[]): readonly Reading[] {
  const replacedBefore = new Map<string, number>()
  for (const [index, reading] of inMonth.entries())
    if (reading.mode === 'SET') replacedBefore.set(timeOf(reading), index)
  return inMonth.filter((reading, index) => index >= (replacedBefore.get(timeOf(reading)) ?? 0))
}

/** What a counter grew by. The first reading of all is only where it stood; one that fell began again at zero. */
function growth(before: Reading | null, inMonth: readonly Reading[]): Rational {
  let known = before && quantityOf(before)
  let grown = rational(0n)
  for (const value of inMonth.map(quantityOf)) {
    if (known) grown = add(grown, isLess(value, known) ? value : minus(value, known))
    known = value
  }
  return grown
}

const total = (readings: readonly Reading[]): Rational => readings.map(quantityOf).reduce(add, rational(0n))
const quantityOf = ({ quantity }: Reading): Rational => parseDecimal(quantity)
const timeOf = ({ at, day }: Reading): string => at ?? day
const minus = (a: Rational, b: Rational): Rational => add(a, rational(-b.numerator, b.denominator))
const isLess = (a: Rational, b: Rational): boolean => a.numerator * b.denominator < b.numerator * a.denominator
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
