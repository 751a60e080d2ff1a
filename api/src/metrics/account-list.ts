import { type Balances, balancesAt, plansHeldAt } from '../facts/balances.ts'
import type { Store } from '../facts/column-store.ts'
import { firstOf } from '../facts/first-of.ts'
import { marks, type Slice, sliceOf } from '../facts/slice.ts'
import { localDay } from '../shared/local-day.ts'
import { currentMonth, defaultRange } from './default-range.ts'
import type { AccountFacts, AccountFactsPage } from './list-result.ts'
import { nameRanks } from './name-ranks.ts'
import type { AccountFactsQuery } from './query.ts'

/** Accounts with their figures of now; largest MRR first unless asked otherwise. Expansion is that of the default range. */
export function accountFacts(store: Store, query: AccountFactsQuery): AccountFactsPage {
  const { scope, now, where = {}, offset = 0, limit = 50, currency = store.currency } = query
  const narrowed = { accountIds: where.ids, within: where.within }
  const slice = sliceOf(store, scope, narrowed, { currency, today: localDay(now, store.timeZone) })
  const month = currentMonth(store, now)
  const balances = balancesAt(slice, month, defaultRange(store, now))
  const accounts = matching(slice, balances, month, where)
  const compare = orderOf(store, balances, query.orderBy)
  const page = firstOf(accounts.length, Math.min(offset + limit, accounts.length), (a, b) =>
    compare(accounts[a]!, accounts[b]!),
  )
  const items = page.slice(offset).map((place): AccountFacts => {
    const index = accounts[place]!
    const plans = plansHeldAt(slice, index, month)
    return {
      account: { index, id: store.accounts.ids[index] ?? '' },
      minor: Number.isNaN(balances.mrr[index]!) ? null : BigInt(balances.mrr[index]!),
      currency,
      seats: balances.seats[index]!,
      firstPaidMonth: balances.firstPaid[index] || null,
      plans: plans.map(({ plan, amount }) => ({
        planId: store.plans.ids[plan] ?? '',
        minor: Number.isNaN(amount) ? null : BigInt(amount),
      })),
    }
  })
  return { items, total: accounts.length }
}

function matching(
  slice: Slice,
  { pays }: Balances,
  month: number,
  where: NonNullable<AccountFactsQuery['where']>,
): number[] {
  const { accounts, regions, plans } = slice.store
  const search = where.search?.trim().toLowerCase()
  const inRegion = where.region && marks(regions, where.region)
  const inPlan = where.planId && marks(plans.ids, where.planId)
  const found: number[] = []
  for (let index = 0; index < slice.accounts.length; index += 1) {
    if (slice.accounts[index] === 0) continue
    if (where.paying !== undefined && (pays[index] === 1) !== where.paying) continue
    if (inRegion && inRegion[accounts.region[index]!] === 0) continue
    if (search && !`${accounts.names[index]}\n${accounts.ids[index]}`.toLowerCase().includes(search)) continue
    if (inPlan && !plansHeldAt(slice, index, month).some(({ plan }) => inPlan[plan] === 1)) continue
    found.push(index)
  }
  return found
}

function orderOf(store: Store, { mrr, seats, expansion }: Balances, orderBy: AccountFactsQuery['orderBy']) {
  const ranks = nameRanks(store)
  const column = { NAME: ranks, MRR: mrr, SEATS: seats, EXPANSION: expansion }[orderBy?.field ?? 'MRR']
  const sign = orderBy?.direction === 'ASC' ? 1 : -1
  return (a: number, b: number) => sign * (known(column[a]!) - known(column[b]!)) || ranks[a]! - ranks[b]!
}

/** An amount without a rate is more than nothing, and less than any that is known. */
const known = (value: number): number => (Number.isNaN(value) ? 0.5 : value)
