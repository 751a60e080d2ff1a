import type { FactView } from '../fact-view.ts'
import type { FactWhere } from '../slice.ts'
import type { ChangeRow } from '../store-rows.ts'
import { type Ledger, naiveAccounts, naiveLogos, naiveSlice } from './naive.ts'
import { nameOf } from './naive-views.ts'

/**
 * Weeks once more, as dates of a calendar that are looked at one after the other. Shares no code with the columns. Days are texts
 * like 2024-12-30; a range begins and ends with Mondays, and the end is not in it.
 */
type Dated = Pick<ChangeRow, 'month' | 'day'>

const text = (instant: number) => new Date(instant).toISOString().slice(0, 10)

export const dayOfRow = ({ month, day }: Dated) => text(Date.UTC(Math.floor(month / 12), month % 12, day))

export const plus = (day: string, days: number) => text(new Date(day).getTime() + days * 86_400_000)

/** The Sunday on or after a day. */
export function sundayAfter(day: string): string {
  let sunday = day
  while (new Date(sunday).getUTCDay() !== 0) sunday = plus(sunday, 1)
  return sunday
}

/** The same day some months before; of a shorter month, its last. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 0, wanted = 0] = day.split('-').map(Number)
  for (let date = wanted; ; date -= 1) {
    const found = new Date(Date.UTC(year, month - 1 - months, date))
    if (found.getUTCDate() === date) return text(found.getTime())
  }
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

const upTo = <Row extends Dated>(rows: readonly Row[], day: string) => rows.filter((row) => dayOfRow(row) <= day)

const level = (rows: readonly ChangeRow[], day: string) =>
  Math.max(sum(upTo(rows, day).map((row) => Number(row.amountMinor))), 0)

type Named = Pick<FactView, 'netting' | 'reactivation' | 'reactivationWindow'>

export type WeekQuestion = {
  ledger: Ledger
  scope: string[]
  where: FactWhere
  view: Named
  start: string
  end: string
}

/** Closes at which something changed: of weeks, or of days where those are netted. */
const closesOf = (rows: readonly Dated[], netting: Named['netting']) =>
  [...new Set(rows.map(dayOfRow).map((day) => (netting === 'EVENT' ? day : sundayAfter(day))))].sort()

/** Movements of the weeks of a range. */
export function weekMovements({ ledger, scope, where, view, start, end }: WeekQuestion) {
  return naiveAccounts(ledger, scope, where).flatMap((account) => {
    const { all, slice } = naiveSlice(ledger, account, where)
    const closes = closesOf(all, view.netting)
    return closes.flatMap((close, index) => {
      if (close < start || close >= end) return []
      const held = closes.slice(0, index + 1).map((one) => ({ close: new Date(one).getTime(), level: level(all, one) }))
      const change = level(slice, close) - level(slice, closes[index - 1] ?? '')
      return [{ account: account.id, close, kind: nameOf(held, view), change }]
    })
  })
}

/** Logos open at the opening of a range, and lost at the closes in it. */
export function weekLogos({ ledger, scope, where, view, start, end }: WeekQuestion) {
  let [open, lost] = [0, 0]
  for (const account of naiveAccounts(ledger, scope, where)) {
    const { all, slice } = naiveSlice(ledger, account, where)
    const logos = naiveLogos(ledger, account, where)
    const places = (rows: typeof logos.all, day: string) => sum(upTo(rows, day).map(({ amount }) => amount))
    const isOpen = (day: string) => level(slice, day) > 0 || (level(all, day) === 0 && places(logos.slice, day) > 0)
    if (isOpen(plus(start, -1))) open += 1
    const closes = closesOf([...all, ...logos.all], view.netting)
    closes.forEach((close, index) => {
      const before = closes[index - 1]
      if (before === undefined || close < start || close >= end) return
      if (isOpen(before) && level(all, close) === 0 && places(logos.all, close) === 0) lost += 1
    })
  }
  return { open, lost }
}

/** What is paid and held at the close of a day. */
export function dayLevels({ ledger, scope, where }: Pick<WeekQuestion, 'ledger' | 'scope' | 'where'>, day: string) {
  const slices = naiveAccounts(ledger, scope, where).map((account) => naiveSlice(ledger, account, where).slice)
  const levels = slices.map((rows) => level(rows, day))
  return {
    mrr: sum(levels),
    accounts: levels.filter((one) => one > 0).length,
    seats: sum(slices.flatMap((rows) => upTo(rows, day)).map(({ seats }) => seats)),
  }
}

/** The accounts that paid at the close of a day, then and at the close of a later one. */
export function daySpans(
  { ledger, scope, where }: Pick<WeekQuestion, 'ledger' | 'scope' | 'where'>,
  opening: string,
  closing: string,
) {
  const spans = naiveAccounts(ledger, scope, where).flatMap((account) => {
    const { slice, product } = naiveSlice(ledger, account, where)
    if (level(slice, opening) === 0 || level(product, opening) === 0) return []
    return [{ opening: level(product, opening), closing: level(product, closing) }]
  })
  return {
    opening: sum(spans.map((span) => span.opening)),
    closing: sum(spans.map((span) => span.closing)),
    kept: sum(spans.map((span) => Math.min(span.opening, span.closing))),
  }
}
