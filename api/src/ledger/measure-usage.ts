import { INVOICED_USAGE, ITEM_USAGE, type ItemState } from '../ingest/event.ts'
import { add, multiply, type Rational, rational } from '../shared/rational.ts'
import { monthText } from './month.ts'
import { type MonthUsage, monthReader, type Reading } from './month-usage.ts'
import type { Aggregation } from './price.ts'
import { overageAmount } from './usage-amount.ts'

/** What an account used, and up to which month each metric is known: the month that its latest reading of any account closes. */
export type Metering = { readings: readonly Reading[]; closed: ReadonlyMap<string, number> }

/** The usage of one item as its level sees it. */
export type ItemUsage = {
  /** Mean of the months' amounts in minor units, exact. */
  mean: Rational
  metric: string
  /** Oldest first. */
  months: { month: number; quantity: Rational; amount: Rational }[]
  /** The delivery that was the last to say something of the newest month. */
  event: string | null
}

/** Item → its usage, for metered items of which anything is known. */
export type Measured = ReadonlyMap<string, ItemUsage>

/** Beyond this an amount is not exact everywhere it is shown: such usage is kept in evidence and does not count. */
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER)

export const isMetered = ({ pricing }: ItemState): boolean => pricing.usage === 'METERED'

/** Metrics that an item's usage is told in: the measured one, and what was billed where that says nothing. */
export const metricsOf = ({ pricing }: ItemState): [measured: string, billed: string] => [
  pricing.meter ?? ITEM_USAGE,
  INVOICED_USAGE,
]

/** Reads the usage of the items of one subscription, month by month. */
export type UsageReader = (item: ItemState, month: number) => MonthUsage & { aggregation: Aggregation }

export function usageReader(subscription: string, { readings }: Metering): UsageReader {
  const readers = new Map<string, { read: ReturnType<typeof monthReader>; said: Aggregation | null }>()
  const readerOf = (metric: string, item: string) => {
    const key = `${metric} ${item}`
    const known = readers.get(key)
    if (known) return known
    const own = readings.filter((reading) => belongs(reading, metric, subscription, item))
    const said = own.find(({ aggregation }) => aggregation !== null)?.aggregation ?? null
    const reader = { read: monthReader(own), said }
    readers.set(key, reader)
    return reader
  }
  return (item, month) => {
    const [measured, billed] = metricsOf(item)
    const reader = readerOf(measured, item.item)
    const aggregation = item.pricing.aggregation ?? reader.said ?? 'SUM'
    const usage = reader.read(month, aggregation)
    if (usage) return { ...usage, aggregation }
    const invoiced = readerOf(billed, item.item).read(month, 'SUM')
    return { ...(invoiced ?? { quantity: rational(0n), event: null }), aggregation }
  }
}

/** A metric of items counts for the item it names; any other for whatever prices it, unless it names one. */
function belongs(reading: Reading, metric: string, subscription: string, item: string): boolean {
  if (reading.metric !== metric) return false
  if (metric === ITEM_USAGE || metric === INVOICED_USAGE) return reading.item === item
  return (reading.item ?? item) === item && (reading.subscription ?? subscription) === subscription
}

/** The mean of what the usage of these months costs at the item's price. */
export function measureItem(item: ItemState, months: readonly number[], read: UsageReader): ItemUsage {
  const found = months.map((month) => {
    const { quantity, event, aggregation } = read(item, month)
    return { month, quantity, event, amount: overageAmount(item.pricing, quantity, aggregation) }
  })
  const sum = found.reduce((total, { amount }) => add(total, amount), rational(0n))
  const mean = found.length === 0 ? sum : multiply(sum, rational(1n, BigInt(found.length)))
  return {
    mean: mean.numerator > LARGEST * mean.denominator ? rational(0n) : mean,
    metric: metricsOf(item)[0],
    months: found.map(({ month, quantity, amount }) => ({ month, quantity, amount })),
    event: found.at(-1)?.event ?? null,
  }
}

/** As evidence: the months, what was used in each, and what that costs a month. */
export function usageEvidence({ metric, months }: ItemUsage): Record<string, string> {
  const list = (each: (row: ItemUsage['months'][number]) => string) => months.map(each).join(', ')
  return {
    metric,
    months: list(({ month }) => monthText(month)),
    quantities: list(({ quantity }) => shown(quantity)),
    amounts: list(({ amount }) => shown(amount)),
  }
}

/** At most six decimals: for reading, not for reckoning. */
function shown({ numerator, denominator }: Rational): string {
  const millionths = (numerator * 1_000_000n) / denominator
  const [sign, size] = millionths < 0n ? ['-', -millionths] : ['', millionths]
  const fraction = String(size % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '')
  return `${sign}${size / 1_000_000n}${fraction && `.${fraction}`}`
}
