import type { Store } from '../facts/column-store.ts'
import { exchangeOf } from '../facts/exchange.ts'
import { firstDayOf, type Month, type MonthRange } from '../facts/month.ts'
import type { RateRow } from '../facts/rates.ts'
import { assertScope, type Bitmap } from '../facts/scope.ts'
import { localDay } from '../shared/local-day.ts'
import type { CloseRate, RateUsed } from './list-result.ts'
import type { Question } from './question.ts'

/** The rates that made an account's FX of a month: of each currency it held, at the close before and at the close. */
export function ratesUsed({ store, slice, currency }: Question, account: number, month: Month): RateUsed[] {
  const { exchange } = slice
  if (exchange === null) return []
  const held = new Set([...heldCurrencies(store, account, month), currency])
  return [...held].sort().flatMap((code): RateUsed[] => {
    const [opening, closing] = [exchange.rateAt(code, month - 1), exchange.rateAt(code, month)]
    return opening && closing ? [{ currency: code, opening, closing }] : []
  })
}

function heldCurrencies({ changes, currencies }: Store, account: number, month: Month): string[] {
  const balances = new Map<number, number>()
  for (let row = changes.start[account]!; row < changes.start[account + 1]! && changes.month[row]! <= month; row += 1) {
    const code = changes.currency[row]!
    balances.set(code, (balances.get(code) ?? 0) + changes.amount[row]!)
  }
  return [...balances].flatMap(([code, balance]) => (balance > 0 ? [currencies[code] ?? ''] : []))
}

/** The rate of each currency of the scope's accounts at each close of a range; null where none is 7 days old at most. */
export function closeRates(
  store: Store,
  { scope, range, now }: { scope: Bitmap; range: MonthRange; now: Date },
): CloseRate[] {
  assertScope(store, scope)
  const exchange = exchangeOf(store, store.currency, localDay(now, store.timeZone))
  const foreign = currenciesOf(store, scope)
    .filter((code) => code !== store.currency)
    .sort()
  const months = Array.from({ length: range.end - range.start }, (_, place) => range.start + place)
  return months.flatMap((month) =>
    foreign.map((currency): CloseRate => {
      const rate: RateRow | null = exchange.rateAt(currency, month)
      return { month: firstDayOf(month), currency, rate }
    }),
  )
}

function currenciesOf({ changes, currencies }: Store, { bits }: Bitmap): string[] {
  const held = new Uint8Array(currencies.length)
  for (let account = 0; account < bits.length; account += 1) {
    if (bits[account] === 0) continue
    for (let row = changes.start[account]!; row < changes.start[account + 1]!; row += 1)
      held[changes.currency[row]!] = 1
  }
  return currencies.filter((_, code) => held[code] === 1)
}
