import type { Close } from '../facts/closed.ts'
import type { Store } from '../facts/column-store.ts'
import type { Month, MonthRange } from '../facts/month.ts'
import { closedFigures, type MonthFigures } from '../facts/month-figures.ts'
import { restated } from '../facts/restated.ts'
import type { Bitmap } from '../facts/scope.ts'
import { type Slice, sliceOf } from '../facts/slice.ts'
import { checkRange } from './periods.ts'
import type { Page } from './query.ts'

export type Figures = Record<keyof MonthFigures, bigint>

/** A month that says something else than when it was closed, in one currency. */
export type Restatement = {
  month: Month
  currency: string
  close: Close
  restatedSince: Date
  /** Accounts whose month changed. */
  accounts: number
  reported: Figures
  now: Figures
  /** now less reported */
  difference: Figures
}

export type RestatementPage = { items: Restatement[]; total: number }

/** Months that were changed after they were closed, the newest first; all of them unless a range is given. */
export function restatements(
  store: Store,
  { scope, range, offset = 0, limit = 50 }: Page & { scope: Bitmap; range?: MonthRange | undefined },
): RestatementPage {
  const slice = sliceOf(store, scope)
  const { start, end } = range ? checkRange(range) : { start: 0, end: Number.POSITIVE_INFINITY }
  const months = restatedOf(slice).filter(({ month }) => month >= start && month < end)
  const page = months.slice(offset, offset + limit)
  const figures = closedFigures(slice, page)
  return {
    items: page.map((month, index) => {
      const now = exact(figures[index]!.now)
      const reported = exact(figures[index]!.reported)
      return { ...month, reported, now, difference: subtract(now, reported) }
    }),
    total: months.length,
  }
}

type RestatedMonth = Pick<Restatement, 'month' | 'currency' | 'close' | 'restatedSince' | 'accounts'>

function restatedOf({ store, accounts }: Slice): RestatedMonth[] {
  const found = new Map<string, RestatedMonth>()
  for (const { account, month, currency, close, since } of restated(store, 'ACCOUNT')) {
    if (accounts[account] === 0) continue
    const key = `${month} ${currency}`
    const known = found.get(key)
    const restatedSince = new Date(Math.max(since, known?.restatedSince.getTime() ?? 0))
    found.set(key, { month, currency, close, restatedSince, accounts: (known?.accounts ?? 0) + 1 })
  }
  return [...found.values()].sort((a, b) => b.month - a.month || (a.currency < b.currency ? -1 : 1))
}

const NAMES = ['opening', 'new', 'expansion', 'reactivation', 'contraction', 'churn', 'closing'] as const

const each = (value: (name: (typeof NAMES)[number]) => bigint): Figures =>
  Object.fromEntries(NAMES.map((name) => [name, value(name)])) as Figures // every name of it

const exact = (figures: MonthFigures): Figures => each((name) => BigInt(figures[name]))
const subtract = (a: Figures, b: Figures): Figures => each((name) => a[name] - b[name])
