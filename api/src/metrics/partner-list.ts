import type { Store } from '../facts/column-store.ts'
import { firstOf } from '../facts/first-of.ts'
import { dayNumberOf, monthOf } from '../facts/month.ts'
import { partnerFigures, partnerNames } from '../facts/partners.ts'
import { localDay } from '../shared/local-day.ts'
import { defaultRange } from './default-range.ts'
import type { PartnerFacts, PartnerPage } from './list-result.ts'
import { checkRange } from './periods.ts'
import type { PartnerQuery } from './query.ts'
import { settle } from './question.ts'

/** Partners that accounts in scope are or were attributed to, largest MRR first. */
export function partners(store: Store, query: PartnerQuery): PartnerPage {
  const { range: asked, offset = 0, limit = 50, ...rest } = query
  const question = settle(store, rest)
  const range = checkRange(asked ?? defaultRange(store, query.now))
  const day = localDay(query.now, store.timeZone)
  const today = dayNumberOf(monthOf(day), Number(day.slice(8)))
  const figures = partnerFigures(question.slice, { month: question.current, today, range })
  const names = partnerNames(store)
  const codes = names.flatMap((name, code) => (name !== '' && figures.seen[code] === 1 ? [code] : []))
  const size = (code: number) => figures.mrr[code]! || 0
  const byName = (a: number, b: number) => (names[a]! < names[b]! ? -1 : 1)
  const places = firstOf(codes.length, Math.min(offset + limit, codes.length), (a, b) => {
    const [one, other] = [codes[a]!, codes[b]!]
    return size(other) - size(one) || byName(one, other)
  })
  const amount = (value: number) => (Number.isNaN(value) ? null : BigInt(value))
  const items = places.slice(offset).map((place): PartnerFacts => {
    const code = codes[place]!
    return {
      name: names[code]!,
      accounts: figures.accounts[code]!,
      payingAccounts: figures.paying[code]!,
      mrr: amount(figures.mrr[code]!),
      expansion: amount(figures.expansion[code]!),
      currency: question.currency,
    }
  })
  return { items, total: codes.length, range, view: question.view.name }
}
