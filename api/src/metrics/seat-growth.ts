import type { Store } from '../facts/column-store.ts'
import { firstOf } from '../facts/first-of.ts'
import { visitLanded } from '../facts/landings.ts'
import { reportedSeats, seatsByPlan } from '../facts/seats.ts'
import { axisOf } from '../facts/walk.ts'
import type { SeatGrowth, SeatLanding, SeatPlan } from './chart-result.ts'
import { standingOf } from './completeness.ts'
import { divide } from './decimal.ts'
import { defaultRange } from './default-range.ts'
import { DEFINITION_VERSION } from './definition.ts'
import { checkRange } from './periods.ts'
import type { SeatGrowthQuery } from './query.ts'
import { type Question, settle } from './question.ts'
import { refuseStrategies } from './strategy-filter.ts'

const SHOWN_LANDINGS = 10

/** Purchased seats by plan, assigned and active ones, and how far accounts grew from where they landed. */
export function seatGrowth(store: Store, query: SeatGrowthQuery): SeatGrowth {
  refuseStrategies('seatGrowth', query.where)
  const question = settle(store, query)
  const { start, end } = checkRange(query.range ?? defaultRange(store, query.now))
  const months = Array.from({ length: end - start }, (_, place) => start + place)
  const axis = axisOf(question.slice, start, end - 1)
  const shown = (column: Float64Array) => (months.length > 0 ? [...column.subarray(start - axis.first)] : [])
  const plans = seatsByPlan(question.slice, axis)
    .map((column, code): SeatPlan => ({ planId: store.plans.ids[code] ?? '', purchased: shown(column) }))
    .filter(({ purchased }) => purchased.some((seats) => seats !== 0))
    .sort((a, b) => (b.purchased.at(-1) ?? 0) - (a.purchased.at(-1) ?? 0))
  return {
    months,
    plans,
    purchased: months.map((_, place) => plans.reduce((sum, plan) => sum + (plan.purchased[place] ?? 0), 0)),
    ...reportedSeats(question.slice, start, end - 1),
    ...landingsOf(question, end),
    completeness: months.map((month) => standingOf(question, [month]).completeness),
    definition: DEFINITION_VERSION,
    asOf: store.asOf,
    version: store.version,
  }
}

/** Accounts that pay at the end and had seats at their first paid close. */
function landingsOf({ slice, store }: Question, end: number): Pick<SeatGrowth, 'landings' | 'landAndExpand'> {
  const found: Omit<SeatLanding, 'multiple'>[] = []
  let landedSeats = 0
  let seatsNow = 0
  visitLanded(slice, [end - 1], ({ account: index, month: landedMonth, landedSeats: landed, seats: now }) => {
    if (landed === 0) return
    landedSeats += landed
    seatsNow += now
    if (now > landed) found.push({ account: { index, id: store.accounts.ids[index] ?? '' }, landed, now, landedMonth })
  })
  const gained = (item: number) => (found[item]?.now ?? 0) - (found[item]?.landed ?? 0)
  const accountOf = (item: number) => found[item]?.account.index ?? 0
  const byGain = (a: number, b: number) => gained(b) - gained(a) || accountOf(a) - accountOf(b)
  const landings = firstOf(found.length, SHOWN_LANDINGS, byGain).flatMap((item) => {
    const landing = found[item]
    return landing ? [{ ...landing, multiple: divide(BigInt(landing.now), BigInt(landing.landed)) }] : []
  })
  return { landings, landAndExpand: landedSeats > 0 ? divide(BigInt(seatsNow), BigInt(landedSeats)) : null }
}
