import fc from 'fast-check'
import type { RateRow } from '../rates.ts'
import type { Ledger } from './naive.ts'
import { FIRST, LAST, randomLedger } from './random-ledger.ts'

/** What the tenant of these ledgers reports in, and what its accounts pay in. */
export const REPORTING = 'JPY'
const CURRENCIES = ['JPY', 'USD', 'EUR', 'KWD'] as const

/** The same ledgers with a currency of its own for each plan of an account. */
export const currencyLedger: fc.Arbitrary<Ledger> = fc
  .tuple(randomLedger, fc.array(fc.constantFrom(...CURRENCIES), { minLength: 28, maxLength: 28 }))
  .map(([ledger, currencies]) => ({
    ...ledger,
    changes: ledger.changes.map((change) => {
      const place = Number(change.accountId.slice(1)) * 4 + ledger.plans.findIndex(({ id }) => id === change.planId)
      return { ...change, currency: currencies[place] ?? REPORTING }
    }),
  }))

/** A rate of one month: some days before its end, perhaps too old; a few decimals, perhaps the other way round. */
const rate = fc.record({
  back: fc.constantFrom(0, 0, 0, 3, 7, 8),
  rate: fc.integer({ min: 1, max: 99_999 }),
  per: fc.constantFrom('1', '1', '0.7', '3'),
})

/** Rates of every foreign currency and month around the ledgers, with or without gaps. */
export const randomRates = ({ gaps }: { gaps: boolean }): fc.Arbitrary<RateRow[]> => {
  const months = LAST - FIRST + 6
  const oneOf = gaps ? fc.option(rate, { freq: 8 }) : rate.map((found) => ({ ...found, back: found.back % 8 }))
  return fc.array(oneOf, { minLength: months * 3, maxLength: months * 3 }).map((found) =>
    found.flatMap((each, index) => {
      const month = FIRST - 2 + Math.floor(index / 3)
      const end = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, -(each?.back ?? 0)))
      const currency = CURRENCIES[(index % 3) + 1] ?? 'USD'
      const day = end.toISOString().slice(0, 10)
      return each ? [{ currency, day, rate: `${each.rate / 1000}`, per: each.per }] : []
    }),
  )
}
