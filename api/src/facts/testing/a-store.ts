import type { OutlookKind } from '../../ledger/outlook.ts'
import { buildStore } from '../build-store.ts'
import type { Store } from '../column-store.ts'
import { monthOf } from '../month.ts'
import type { ObservedKind } from '../observed.ts'
import type { RateRow } from '../rates.ts'
import type { AccountRow, PlanRow, UsageRow } from '../store-rows.ts'

/** A change point in few words: [account, day, change in minor units, more]. */
export type Change = readonly [
  account: string,
  day: string,
  amount: number,
  more?: { plan?: string; region?: string; strategy?: string; seats?: number; currency?: string },
]

/** A change of what stands beside MRR: [account, day, change in minor units, more]; PENDING unless it says TRIAL. */
export type Beside = readonly [
  account: string,
  day: string,
  amount: number,
  more?: { kind?: OutlookKind; plan?: string; region?: string; currency?: string },
]

/** A place at which an account is open without MRR: [account, day, 1 or -1, more]. */
export type OpenLogo = readonly [
  account: string,
  day: string,
  amount: 1 | -1,
  more?: { plan?: string; region?: string },
]
/** What a source told beside revenue: [account, day, kind, name, amount]; a charge is in the store's currency unless it names one. */
export type Told = readonly [account: string, day: string, kind: ObservedKind, name: string, amount: number]
/** Money spent in a month: [day of the month, category, minor units, currency]. */
export type Spent = readonly [month: string, category: string, amount: number, currency?: string]

export type StoreSketch = {
  changes?: readonly Change[]
  /** Accounts beside those that the changes name, or with a name, region or attributes. */
  accounts?: readonly (Partial<AccountRow> & { id: string })[]
  plans?: readonly PlanRow[]
  usage?: readonly UsageRow[]
  outlook?: readonly Beside[]
  logos?: readonly OpenLogo[]
  told?: readonly Told[]
  spend?: readonly Spent[]
  costs?: unknown
  /** [account, day from which, all its attributes]: the last ones are what it has now. */
  said?: readonly (readonly [account: string, day: string, attributes: Record<string, string>])[]
  rates?: readonly RateRow[]
  dataThrough?: string | null
  timeZone?: string
  fiscalYearStart?: number
  currency?: string
}

/** The clock of the sketches: every month before 2025 is over. */
export const NOW = new Date('2025-01-15T12:00:00Z')

/** What is said of a store beside its rows: dollars, UTC, calendar years, complete through 2024. */
export const HEADER = {
  tenantId: 'acme',
  currency: 'USD',
  timeZone: 'UTC',
  fiscalYearStart: 1,
  erasures: 0,
  version: 7n,
  asOf: NOW,
  dataThrough: '2024-12-31',
}

/** A small store for tests. Plans are of the product "<text before the dash>", confirmed unless given. */
export function aStore(sketch: StoreSketch = {}): Store {
  const changes = sketch.changes ?? []
  const outlook = sketch.outlook ?? []
  const told = sketch.told ?? []
  const accounts = new Map([...changes, ...outlook, ...told].map(([id]) => [id, { id, name: id } as AccountRow]))
  for (const account of sketch.accounts ?? []) accounts.set(account.id, { name: account.id, ...account })
  const said = [...(sketch.said ?? [])].sort((a, b) => (a[1] < b[1] ? -1 : 1))
  for (const [id, , attributes] of said) accounts.set(id, { id, name: id, ...accounts.get(id), attributes })
  const plans = new Map((sketch.plans ?? []).map((plan) => [plan.id, plan]))
  for (const [, , , more] of [...changes, ...outlook]) {
    const id = more?.plan ?? 'core-basic'
    if (!plans.has(id)) plans.set(id, { id, productId: id.split('-')[0] ?? id, confirmed: true })
  }
  return buildStore({
    ...HEADER,
    currency: sketch.currency ?? HEADER.currency,
    timeZone: sketch.timeZone ?? HEADER.timeZone,
    fiscalYearStart: sketch.fiscalYearStart ?? HEADER.fiscalYearStart,
    dataThrough: sketch.dataThrough === undefined ? HEADER.dataThrough : sketch.dataThrough,
    accounts: [...accounts.values()],
    plans: [...plans.values()],
    changes: changes.map(([accountId, month, amountMinor, more = {}]) => ({
      accountId,
      month: monthOf(month),
      day: Number(month.slice(8)),
      amountMinor,
      planId: more.plan ?? 'core-basic',
      region: more.region ?? '',
      strategy: more.strategy ?? 'SEAT',
      currency: more.currency ?? sketch.currency ?? 'USD',
      seats: more.seats ?? 0,
    })),
    usage: sketch.usage ?? [],
    outlook: outlook.map(([accountId, day, amountMinor, more = {}]) => ({
      accountId,
      month: monthOf(day),
      day: Number(day.slice(8)),
      amountMinor,
      kind: more.kind ?? 'PENDING',
      planId: more.plan ?? 'core-basic',
      region: more.region ?? '',
      currency: more.currency ?? sketch.currency ?? 'USD',
    })),
    logos: (sketch.logos ?? []).map(([accountId, day, amount, more = {}]) => ({
      accountId,
      month: monthOf(day),
      day: Number(day.slice(8)),
      amount,
      planId: more.plan ?? 'core-basic',
      region: more.region ?? '',
      currency: sketch.currency ?? 'USD',
    })),
    observed: told.map(([accountId, day, kind, name, amount]) => ({
      accountId,
      month: monthOf(day),
      day: Number(day.slice(8)),
      kind,
      name: kind === 'CHARGE' ? '' : name,
      amount,
      currency: kind === 'CHARGE' ? name || (sketch.currency ?? 'USD') : '',
    })),
    spend: (sketch.spend ?? []).map(([month, category, amountMinor, currency = sketch.currency ?? 'USD']) => ({
      month: monthOf(month),
      category,
      amountMinor,
      currency,
    })),
    costs: sketch.costs,
    said: said.map(([accountId, day, attributes]) => ({ accountId, day, attributes })),
    rates: sketch.rates ?? [],
  })
}
