import type { Axis } from './book.ts'
import type { Calendar, Place } from './calendar.ts'
import type { DictionaryColumn } from './column-store.ts'

/** Accounts that belong to a slice at times; of the others it says nothing. */
export type Belonging = ReadonlyMap<number, Timeline>

/** From when on an account belongs and does not, in turns; the first holds from the beginning. Days from 1 January 1970. */
export type Timeline = readonly { from: number; isIn: boolean }[]

/** When an account's attribute was one that matches; true or false where it always or never was. */
export function timelineOf(
  { codes, history }: DictionaryColumn,
  account: number,
  matches: (code: number) => boolean,
): Timeline | boolean {
  const known = history.get(account)
  if (!known) return matches(codes[account]!)
  return inTurns(known.map(({ from, code }) => ({ from, isIn: matches(code) })))
}

/** Of an account that had each of several attributes at some time, and never all of them. */
export const NEVER: Timeline = [{ from: 0, isIn: false }]

/** When both hold. */
export function both(one: Timeline | boolean, other: Timeline | boolean): Timeline | boolean {
  if (typeof one === 'boolean') return one && other
  if (typeof other === 'boolean') return other && one
  const days = [...new Set([...one, ...other].map(({ from }) => from))].sort((a, b) => a - b)
  return inTurns(days.map((from) => ({ from, isIn: isInOn(one, from) && isInOn(other, from) })))
}

function inTurns(words: Timeline): Timeline | boolean {
  const turns = words.filter(({ isIn }, index) => isIn !== words[index - 1]?.isIn)
  return turns.length > 1 ? turns : turns[0]?.isIn === true
}

const isInOn = (timeline: Timeline, day: number): boolean =>
  (timeline.findLast(({ from }) => from <= day) ?? timeline[0])?.isIn === true

type Belonged = { belonging: Belonging | null; store: { calendar: Calendar } }

/** Whether an account of a slice belongs to it at a close. */
export function belongsAt({ belonging, store }: Belonged, account: number, place: Place): boolean {
  const timeline = belonging?.get(account)
  return timeline === undefined || isInOn(timeline, store.calendar.closeOf(place))
}

/** 1 at the places of an axis at whose closes it belongs. */
export function placesOf(timeline: Timeline, axis: Axis, { closeOf }: Calendar, into: Uint8Array): Uint8Array {
  for (let place = 0; place < axis.length; place += 1)
    into[place] = isInOn(timeline, closeOf(axis.first + place)) ? 1 : 0
  return into
}
