import { readCount } from '../csv/convert/count.ts'
import { readCurrency } from '../csv/convert/currency.ts'
import { toInstant } from '../csv/convert/instant.ts'
import { readInterval } from '../csv/convert/interval.ts'
import { readMoment } from '../csv/convert/moment.ts'
import { readId, readText } from '../csv/convert/text.ts'
import { Unreadable } from '../csv/convert/unreadable.ts'
import { type Problem, shorten } from '../csv/problem.ts'

/** One row of a CSV export, or one object of an API list, with where it stands. */
export type ExportRecord = { file: string; line: number | null; path: string; values: Record<string, unknown> }

const LARGEST = 9_999_999_999_999

const READERS = {
  id: readId,
  text: readText,
  currency: readCurrency,
  interval: readInterval,
  count: (text: string) => readCount(text),
  /** Whole cents, signed. */
  cents: (text: string) => {
    if (!/^-?\d{1,13}$/.test(text) || Math.abs(Number(text)) > LARGEST)
      throw new Unreadable('a whole number of cents with at most 13 digits')
    return BigInt(text)
  },
  whole: (text: string) => {
    if (!/^-?\d{1,9}$/.test(text)) throw new Unreadable('a whole number of at most 9 digits')
    return Number(text)
  },
  boolean: (text: string) => {
    if (!/^(true|false|t|f|yes|no|1|0)$/i.test(text)) throw new Unreadable('true or false')
    return /^(true|t|yes|1)$/i.test(text)
  },
  /** ChartMogul's times are UTC unless they say otherwise. */
  instant: (text: string) => toInstant(readMoment(text), 'UTC').toISOString(),
  lineType: (text: string) => {
    const word = text.toLowerCase()
    if (word === 'subscription' || word === 'one_time' || word === 'trial') return word
    throw new Unreadable('one of subscription, one_time, trial')
  },
  prorationType: (text: string) => {
    const word = text.toLowerCase()
    if (word === 'differential' || word === 'full' || word === 'differential_mrr') return word
    throw new Unreadable('one of differential, differential_mrr, full')
  },
} as const

type Type = keyof typeof READERS
type Value<T extends Type> = ReturnType<(typeof READERS)[T]>

/** Reads fields of a record and collects what is wrong with it. */
export function fieldsOf(record: ExportRecord) {
  const problems: Problem[] = []
  const refuse = (name: string, value: string, expected: string) => {
    const column = record.path === '' ? name : `${record.path}.${name}`
    problems.push({ file: record.file, line: record.line, column, value: shorten(value), expected })
  }
  const optional = <T extends Type>(type: T, ...names: string[]): Value<T> | undefined => {
    const name = names.find((each) => textOf(record.values[each]) !== '')
    if (name === undefined) return undefined
    const text = textOf(record.values[name])
    try {
      return READERS[type](text) as Value<T> // of the same type
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      refuse(name, text, error.expected)
      return undefined
    }
  }
  const required = <T extends Type>(type: T, ...names: string[]): Value<T> | undefined => {
    const before = problems.length
    const value = optional(type, ...names)
    if (value === undefined && problems.length === before) refuse(names[0] ?? '', '', 'a value: it must not be empty')
    return value
  }
  return { optional, required, refuse, problems }
}

function textOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value.trim() : ''
}
