import { type Calendar, closesAt, dayIn, WEEKS } from './calendar.ts'
import type { Store } from './column-store.ts'
import { exchangeOf } from './exchange.ts'
import type { Slice } from './slice.ts'

type Dated = { month: Uint16Array; day: Uint8Array }

/** A store never changes. */
const weekly = new WeakMap<Store, Store>()

/** The same facts by week: each change at its week, and the day of it. What is told of a month as a whole is not to be had. */
export function byWeek(store: Store): Store {
  const known = weekly.get(store) ?? cutBy(store, WEEKS)
  weekly.set(store, known)
  return known
}

/** The same slice of the same facts, as they are at the close of some days: levels alone, since nothing is netted between them. */
export function atCloses(store: Store, days: readonly number[]): (slice: Slice) => Slice {
  const facts = cutBy(store, closesAt(days))
  return (slice) => sliceIn(facts, { ...slice, view: { ...slice.view, netting: 'MONTH' } })
}

/** A slice of the same facts in another calendar. */
export function sliceIn(store: Store, slice: Slice): Slice {
  const { answerIn, exchange } = slice
  return {
    ...slice,
    store,
    exchange: exchange && answerIn && exchangeOf(store, answerIn.currency, answerIn.today),
  }
}

function cutBy(store: Store, calendar: Calendar): Store {
  const changes = cut(store, store.changes, calendar)
  const first = changes.month.reduce((least, place) => Math.min(least, place), Number.POSITIVE_INFINITY)
  const { late, ...closed } = store.closed
  return {
    ...store,
    calendar,
    changes,
    outlook: cut(store, store.outlook, calendar),
    logos: cut(store, store.logos, calendar),
    closed: {
      ...closed,
      late: late.map((line) => {
        const [month, day] = placed(store.calendar, calendar, line)
        return { ...line, month, day }
      }),
    },
    firstChange: Number.isFinite(first) ? first : null,
    get usage() {
      return refused('use of seats')
    },
    get observed() {
      return refused('what sources tell beside revenue')
    },
    get spend() {
      return refused('spend')
    },
  }
}

function refused(what: string): never {
  throw new Error(`Facts that are not by month know nothing of ${what}`)
}

const DAYS = 32

/** Rows keep their order: places follow each other as days do. Few different days, many rows: each is looked up once. */
function cut<T extends Dated>(store: Store, rows: T, calendar: Calendar): T {
  const size = rows.month.length
  const first = rows.month.reduce((least, one) => Math.min(least, one), 0xffff)
  const last = rows.month.reduce((most, one) => Math.max(most, one), first)
  const placeOf = new Int32Array((last - first + 1) * DAYS).fill(-1)
  const dayOf = new Uint8Array(placeOf.length)
  const [month, day] = [new Uint16Array(size), new Uint8Array(size)]
  for (let row = 0; row < size; row += 1) {
    const on = (rows.month[row]! - first) * DAYS + rows.day[row]!
    if (placeOf[on] === -1) {
      const [place, inPlace] = placed(store.calendar, calendar, { month: rows.month[row]!, day: rows.day[row]! })
      placeOf[on] = place
      dayOf[on] = inPlace
    }
    month[row] = placeOf[on]!
    day[row] = dayOf[on]!
  }
  return { ...rows, month, day }
}

function placed(from: Calendar, to: Calendar, when: { month: number; day: number }): [place: number, day: number] {
  const on = dayIn(from, when.month, when.day)
  const place = to.placeOf(on)
  return [place, on - to.closeOf(place - 1)]
}
