import type { Database, Tx } from '@nobishiro/prisma'
import type { OutlookKind } from '../ledger/outlook.ts'
import { ExpectedError } from '../shared/errors.ts'
import { localDay } from '../shared/local-day.ts'
import type { Closed } from './closed.ts'
import type { Store } from './column-store.ts'
import { costsOf } from './costs.ts'
import { monthDayOf } from './month.ts'
import type { ObservedKind } from './observed.ts'
import { readClosed } from './read-closed.ts'
import { columnsOf, readSnapshot, type SnapshotPart } from './snapshot.ts'
import { readSnapshotAsOf } from './snapshot-as-of.ts'
import { StoreBuilder } from './store-builder.ts'
import type { AccountRow, PlanRow, UsageRow } from './store-rows.ts'

/** Loads a tenant's facts as they are now. The transaction is over before the columns are built. */
export async function hydrate(database: Database, tenantId: string, now: Date): Promise<Store> {
  const read = await database.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    return withClosed(tx, await readSnapshot(tx, tenantId), { tenantId, asOf: null })
  })
  return storeFrom(read, tenantId, now)
}

/** Loads a tenant's facts as they were known at an instant: the same columns, from the lines recorded by then. */
export async function hydrateAsOf(database: Database, tenantId: string, asOf: Date): Promise<Store> {
  const read = await database.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    return withClosed(tx, await readSnapshotAsOf(tx, tenantId, asOf), { tenantId, asOf })
  })
  return storeFrom(read, tenantId, asOf)
}

type Read = { parts: SnapshotPart[]; closed: Closed }

async function withClosed(
  tx: Tx,
  parts: SnapshotPart[],
  asked: { tenantId: string; asOf: Date | null },
): Promise<Read> {
  const [tenant] = columnsOf(parts, 'tenant') as [[string]][]
  const [ids = []] = (columnsOf(parts, 'account') as [string[]][]).map(([column]) => column)
  const placeOf = new Map(ids.map((id, place) => [id, place]))
  return { parts, closed: await readClosed(tx, { ...asked, version: BigInt(tenant?.[0][0] ?? 0) }, placeOf) }
}

function storeFrom({ parts, closed }: Read, tenantId: string, asOf: Date): Store {
  const read = <Columns extends unknown[]>(name: SnapshotPart['part']) => columnsOf(parts, name) as Columns[] // as the statement says
  const [tenant] = read<[[string, string, string, number, number]]>('tenant')
  if (!tenant) throw new ExpectedError('NOT_FOUND', `There is no tenant ${tenantId}`)
  const [version, currency, timeZone, fiscalYearStart, erasures] = tenant[0]
  const dataThrough = read<Watermarks>('source').map((columns) => dataThroughOf(columns, timeZone))[0] ?? null
  const header = {
    tenantId,
    currency,
    timeZone,
    fiscalYearStart,
    erasures,
    version: BigInt(version),
    asOf,
    dataThrough,
  }
  const accounts = read<AccountPart>('account').flatMap(([ids, names, regions, attributes, signedUpOn]) =>
    ids.map(
      (id, row): AccountRow => ({
        id,
        name: names[row] ?? id,
        region: regions[row] ?? null,
        attributes: attributes[row] ?? {},
        signedUpOn: signedUpOn[row] ?? null,
      }),
    ),
  )
  const plans = read<PlanPart>('plan').flatMap(([ids, products, confirmed]) =>
    ids.map((id, row): PlanRow => ({ id, productId: products[row] ?? '', confirmed: confirmed[row] ?? false })),
  )
  const builder = new StoreBuilder(header, accounts, plans)
  for (const columns of read<ChangePart>('change')) addChanges(builder, columns)
  for (const columns of read<OutlookPart>('outlook')) addOutlook(builder, columns)
  for (const columns of read<UsagePart>('usage')) addUsage(builder, columns, accounts)
  for (const columns of read<ObservedPart>('observed')) addObserved(builder, columns)
  for (const columns of read<SpendPart>('spend')) addSpend(builder, columns)
  builder.setCosts(costsOf(costsSaid(parts)))
  for (const columns of read<RatePart>('rate')) addRates(builder, columns)
  for (const [account, day, attributes] of read<SaidPart>('said'))
    account.forEach((accountId, row) => {
      builder.addSaid({ accountId, day: day[row]!, attributes: attributes[row]! })
    })
  builder.setClosed(closed)
  return builder.build()
}

type Watermarks = [through: (string | null)[], lastEventAt: (string | null)[]]
type AccountPart = [
  id: string[],
  name: string[],
  region: (string | null)[],
  attributes: Record<string, unknown>[],
  signedUpOn: (string | null)[],
]
type PlanPart = [id: string[], productId: string[], confirmed: boolean[]]
type ChangePart = [
  account: number[],
  day: number[],
  plan: (number | null)[],
  amount: number[],
  seats: number[],
  region: string[],
  currency: string[],
  strategy: string[],
]
type OutlookPart = [
  account: number[],
  day: number[],
  plan: (number | null)[],
  amount: number[],
  region: string[],
  currency: string[],
  kind: (OutlookKind | 'LOGO')[],
]
type SaidPart = [account: string[], day: number[], attributes: Record<string, unknown>[]]
type RatePart = [currency: string[], day: string[], rate: string[], per: string[]]
type ObservedPart = [
  account: number[],
  day: number[],
  amount: number[],
  kind: ObservedKind[],
  name: string[],
  currency: string[],
]
type SpendPart = [day: number[], category: string[], amount: number[], currency: string[]]
type UsagePart = [account: number[], day: number[], quantity: number[], metric: UsageRow['metric'][]]

/** The earliest of what the sources declare, or else show by their last event; a source that sent nothing says nothing. */
function dataThroughOf([through, lastEventAt]: Watermarks, timeZone: string): string | null {
  const days = through.flatMap((day, row) => {
    const last = lastEventAt[row]
    return day ?? (last ? localDay(new Date(last), timeZone) : [])
  })
  return days.sort()[0] ?? null
}

function addChanges(builder: StoreBuilder, columns: ChangePart): void {
  const [account, day, plan, amount, seats, region, currency, strategy] = columns
  for (let row = 0; row < account.length; row += 1) {
    const place = plan[row] ?? null
    if (place === null) throw new Error('A change point names a plan that is not in the catalogue')
    builder.addPoint({
      account: account[row]!,
      ...monthDayOf(day[row]!),
      plan: place,
      region: region[row]!,
      currency: currency[row]!,
      strategy: strategy[row]!,
      amountMinor: amount[row]!,
      seats: seats[row]!,
    })
  }
}

function addOutlook(builder: StoreBuilder, columns: OutlookPart): void {
  const [account, day, plan, amount, region, currency, kind] = columns
  for (let row = 0; row < account.length; row += 1) {
    const place = plan[row] ?? null
    if (place === null) throw new Error('What stands beside MRR names a plan that is not in the catalogue')
    const beside = {
      account: account[row]!,
      ...monthDayOf(day[row]!),
      plan: place,
      region: region[row]!,
      currency: currency[row]!,
    }
    const of = kind[row]!
    if (of === 'LOGO') builder.addLogo({ ...beside, amount: amount[row]! })
    else builder.addOutlook({ ...beside, kind: of, amountMinor: amount[row]! })
  }
}

function addUsage(builder: StoreBuilder, [account, day, quantity, metric]: UsagePart, accounts: AccountRow[]): void {
  account.forEach((place, row) => {
    const accountId = accounts[place]?.id
    if (accountId === undefined) return
    builder.addUsage({ accountId, month: monthDayOf(day[row]!).month, metric: metric[row]!, quantity: quantity[row]! })
  })
}

function addObserved(builder: StoreBuilder, [account, day, amount, kind, name, currency]: ObservedPart): void {
  account.forEach((place, row) => {
    builder.addObserved({
      account: place,
      ...monthDayOf(day[row]!),
      kind: kind[row]!,
      name: name[row]!,
      amount: amount[row]!,
      currency: currency[row]!,
    })
  })
}

function addSpend(builder: StoreBuilder, [day, category, amount, currency]: SpendPart): void {
  day.forEach((on, row) => {
    const { month } = monthDayOf(on)
    builder.addSpend({ month, category: category[row]!, currency: currency[row]!, amountMinor: amount[row]! })
  })
}

/** The setting in force, as it stands in the inbox; nothing where there is none. */
function costsSaid(parts: readonly SnapshotPart[]): unknown {
  const said = parts.find(({ part }) => part === 'costs')?.c1
  return said ? JSON.parse(said) : undefined
}

function addRates(builder: StoreBuilder, [currency, day, rate, per]: RatePart): void {
  currency.forEach((code, row) => {
    builder.addRate({ currency: code, day: day[row]!, rate: rate[row]!, per: per[row]! })
  })
}
