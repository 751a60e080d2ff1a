import type { Worth } from '../ingest/sources/rates/quote.ts'
import { DAY, dayOf } from './calendar.ts'
import { randomOf } from './random.ts'
import type { Span } from './simulate.ts'

const WEEK = 7 * DAY

/** Yen for a dollar, week by week from before the first month up to a day that has come: an invented walk, around 150. */
export function ratesOf({ seed, from, until }: Span): Worth[] {
  const random = randomOf(seed, 'yen for a dollar')
  const worths: Worth[] = []
  let sen = 15_000
  for (let at = from.getTime() - DAY; at <= until.getTime() - DAY; at += WEEK) {
    const pull = (15_000 - sen) * 0.03
    sen = Math.round(sen + pull + random.between(-170, 170))
    const rate = `${Math.floor(sen / 100)}.${String(sen % 100).padStart(2, '0')}`.replace(/\.?0+$/, '')
    worths.push({ currency: 'USD', day: dayOf(new Date(at)), rate, per: '1' })
  }
  return worths
}
