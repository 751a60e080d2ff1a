import type { Store } from '../../../facts/column-store.ts'
import { monthOf } from '../../../facts/month.ts'
import { everyAccount } from '../../../facts/scope.ts'
import { aStore, type Change } from '../../../facts/testing/a-store.ts'
import type { Discount, ItemState, SubscriptionEvent } from '../../../ingest/event.ts'
import { evaluate } from '../../../metrics/evaluate.ts'
import type { MetricKey } from '../../../metrics/registry.ts'
import { waterfall } from '../../../metrics/waterfall.ts'
import { anItem, aPrice, aSubscription, type SubscriptionChange } from '../../../testing/build.ts'
import { catalogMapping } from '../../catalog.ts'
import { histories } from '../../history.ts'
import { levels } from '../../levels.ts'
import { accountLines, type Line } from '../../lines.ts'
import type { Price } from '../../price.ts'

/** What published examples are retold with: amounts in major units in, what our own functions make of them out. */

const NOW = new Date('2025-01-15T12:00:00Z')

/** Minor units of an amount in major units, and back. */
export const cents = (major: number): number => Math.round(major * 100)
export const major = (minor: bigint | number): number => Number(minor) / 100

/** So many at a price in major units, each month unless said. */
export const item = (product: string, quantity: number, amount: number, rest: Partial<Price> = {}): ItemState => ({
  ...anItem(product, quantity, aPrice(String(cents(amount)), rest)),
  item: `si_${product}`,
})
export const YEARLY = { interval: 'YEAR' } as const

/** MRR in major units of items held together. */
export const mrrOf = (items: ItemState[], discounts: Discount[] = []): number =>
  major(levels({ status: 'ACTIVE', currency: 'USD', items, discounts }).reduce((sum, level) => sum + level, 0n))

/** A change of an account's subscription on a day. */
export type Told = Omit<SubscriptionChange, 'at'> & { on: string; discounts?: Discount[] }

/** The ledger lines of what was told. */
export function linesOf(told: readonly Told[]): Line[] {
  const accounts = new Map<string, SubscriptionEvent[]>()
  for (const { on, discounts, ...change } of told) {
    const event = aSubscription({ ...change, at: `${on}T00:00:00.000Z` })
    if (discounts) event.state.discounts = discounts
    accounts.set(event.account, [...(accounts.get(event.account) ?? []), event])
  }
  return [...accounts].flatMap(([account, events]) => {
    const sourced = events.map((event, index) => ({ source: 's', sourceEvent: `${account}_${index}`, event }))
    return accountLines(account, histories(sourced), 'UTC', catalogMapping(new Map()))
  })
}

/** The lines as the change points that metrics read. */
export const changesOf = (lines: readonly Line[]): Change[] =>
  lines.map((line) => [line.account, line.effectiveDay, Number(line.amount), { seats: line.seats, plan: line.plan }])

export const toldStore = (told: readonly Told[]): Store => aStore({ changes: changesOf(linesOf(told)) })

/** A metric of one month, as the API would say it. */
export function metric(store: Store, key: MetricKey, month: string, window?: number): string | null {
  const start = monthOf(month)
  const query = { scope: everyAccount(store), now: NOW, keys: [key], range: { start, end: start + 1 }, window }
  return evaluate(store, query)[0]?.total?.value ?? null
}

export const december = '2024-12-01'

/** The same as a number; not a number where it is not defined. */
export const ratio = (...asked: Parameters<typeof metric>): number => Number(metric(...asked) ?? Number.NaN)

/** The steps of one month's waterfall, in minor units, without those that are 0. */
export function steps(store: Store, month: string): Record<string, number> {
  const start = monthOf(month)
  const query = { scope: everyAccount(store), now: NOW, population: 'ALL', range: { start, end: start + 1 } } as const
  const shown = waterfall(store, query).steps.map((step): [string, number] => [step.key, Number(step.minor)])
  return Object.fromEntries(shown.filter(([, amount]) => amount !== 0))
}

/** MRR at the end of each month, in minor units. */
export const closings = (store: Store, months: readonly string[]): number[] =>
  months.map((month) => cents(Number(metric(store, 'mrr', month))))

/** Flows of December 2024, each by accounts of its own that paid 'opening' in sum the month before. Minor units. */
export function flows(flow: {
  opening: number
  new?: number
  expansion?: number
  contraction?: number
  churn?: number
  reactivation?: number
}): Store {
  const { expansion = 0, contraction = 0, churn = 0, reactivation = 0 } = flow
  const rest = flow.opening - churn - (contraction > 0 ? contraction + 1 : 0) - (expansion > 0 ? 1 : 0)
  const before = '2023-11-05'
  const at = '2024-12-05'
  const changes: Change[] = [
    ['stays', before, rest],
    ['grows', before, 1],
    ['grows', at, expansion],
    ['shrinks', before, contraction + 1],
    ['shrinks', at, -contraction],
    ['leaves', before, churn],
    ['leaves', at, -churn],
    ['returns', '2023-01-05', 1],
    ['returns', '2023-02-05', -1],
    ['returns', at, reactivation],
    ['starts', at, flow.new ?? 0],
  ]
  const used = (account: string) =>
    ({ grows: expansion, shrinks: contraction, leaves: churn, returns: reactivation })[account] !== 0
  return aStore({ changes: changes.filter(([account, , amount]) => amount !== 0 && used(account)) })
}
