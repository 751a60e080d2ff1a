import { readAggregation } from './convert/aggregation.ts'
import { readBoolean } from './convert/boolean.ts'
import { readCount } from './convert/count.ts'
import { readCurrency } from './convert/currency.ts'
import { type NumberFormat, readDecimal } from './convert/decimal.ts'
import { toCanonical, toDay } from './convert/instant.ts'
import { readInterval } from './convert/interval.ts'
import { type DateFormat, readMoment } from './convert/moment.ts'
import { readMonth } from './convert/month.ts'
import { readQuantity } from './convert/quantity.ts'
import { readStatus } from './convert/status.ts'
import { readId, readLabel, readText } from './convert/text.ts'
import type { FieldType } from './fields.ts'

/** How the cells of one column are to be read. */
export type Reading = { dates: readonly DateFormat[]; numbers: NumberFormat; timeZone: string }

const READERS: Record<FieldType, (text: string, reading: Reading) => string | number | boolean> = {
  id: readId,
  label: readLabel,
  text: readText,
  boolean: readBoolean,
  currency: readCurrency,
  interval: readInterval,
  status: readStatus,
  aggregation: readAggregation,
  count: (text, { numbers }) => readCount(text, numbers),
  decimal: (text, { numbers }) => readDecimal(text, numbers),
  quantity: (text, { numbers }) => readQuantity(text, numbers),
  month: (text, { dates }) => readMonth(text, dates),
  day: (text, { dates, timeZone }) => toDay(readMoment(text, dates), timeZone),
  moment: (text, { dates, timeZone }) => toCanonical(readMoment(text, dates), timeZone),
}

/** Reader of one field type that remembers what it has read: columns repeat themselves, and dates cost most. */
export function cellReader(type: FieldType, reading: Reading): (text: string) => string | number | boolean {
  const read = READERS[type]
  if (type !== 'day' && type !== 'moment') return (text) => read(text, reading)
  const known = new Map<string, string | number | boolean>()
  return (text) => {
    const value = known.get(text) ?? read(text, reading)
    if (known.size < 50_000) known.set(text, value)
    return value
  }
}
