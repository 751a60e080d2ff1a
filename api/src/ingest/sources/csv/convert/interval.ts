import type { Price } from '../../../../ledger/price.ts'
import { Unreadable } from './unreadable.ts'

const WORDS: Record<string, Price['interval']> = {
  day: 'DAY',
  days: 'DAY',
  daily: 'DAY',
  week: 'WEEK',
  weeks: 'WEEK',
  weekly: 'WEEK',
  month: 'MONTH',
  months: 'MONTH',
  monthly: 'MONTH',
  year: 'YEAR',
  years: 'YEAR',
  yearly: 'YEAR',
  annual: 'YEAR',
  annually: 'YEAR',
}

/** Reads what period an amount is for, in any case. */
export function readInterval(text: string): Price['interval'] {
  const word = text.toLowerCase()
  const interval = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined
  if (interval === undefined)
    throw new Unreadable('day, week, month or year (also daily, weekly, monthly, yearly, annual)')
  return interval
}
