import type { Prisma, Tx } from '@nobishiro/prisma'
import DataLoader from 'dataloader'
import { type CorrectionRecord, listCorrections } from '../corrections/list-corrections.ts'
import { accountFacts } from '../metrics/account-list.ts'
import type { AccountFacts } from '../metrics/list-result.ts'
import { readSegments } from '../segments/read-segments.ts'
import { readTargets } from '../targets/targets.ts'
import type { Facts } from './context.ts'
import type { KnownMovement } from './known-at.ts'
import { loadLines } from './line-loader.ts'
import type { Membership } from './membership.ts'
import { loadObservations, type ObservationPage, pageKey } from './observation-loader.ts'
import type { Reader } from './reader.ts'
import { type LateKey, type LatePageKey, loadLatePages, loadLateTotals } from './restatement-lines.ts'

export type AccountRow = Prisma.AccountGetPayload<object>
export type SubscriptionRow = Prisma.SubscriptionGetPayload<{ include: { items: true } }>
export type PlanRow = Prisma.PlanGetPayload<{ include: { product: true } }>

/**
 * Batches of one operation: a field reached through a list never queries by itself. They read rows that change only with the version of
 * the ledger, in its transaction: answers made of them are kept.
 */
export type Loaders = ReturnType<typeof createLoaders>

type LoaderInput = {
  read: Reader
  tenantId: string
  membership: () => Promise<Membership>
  facts: () => Promise<Facts>
  now: Date
}

export function createLoaders({ read, tenantId, membership, facts, now }: LoaderInput) {
  /** Reads what is the vendor's own; nothing for anybody else. */
  const ownAffairs = async <T>(nothing: T, query: (tx: Tx) => Promise<T>): Promise<T> =>
    (await membership()).context.viewer === 'TENANT' ? read(query) : nothing
  const seen = async (ids: readonly string[]) => {
    const { sees } = await membership()
    return ids.filter(sees)
  }
  return {
    /** All of the tenant, newest first; none for a viewer of some accounts. */
    corrections: new DataLoader((tenants: readonly string[]) =>
      ownAffairs([], (tx) => listCorrections(tx, tenantId)).then((all) => tenants.map((): CorrectionRecord[] => all)),
    ),
    account: new DataLoader(async (ids: readonly string[]) => {
      const wanted = await seen(ids)
      const rows = await read((tx) => tx.account.findMany({ where: { tenantId, id: { in: wanted } } }))
      return byId(ids, rows)
    }),
    children: new DataLoader(async (ids: readonly string[]) => {
      const { sees } = await membership()
      const rows = await read((tx) =>
        tx.account.findMany({
          where: { tenantId, parentId: { in: [...ids] } },
          orderBy: [{ name: 'asc' }, { id: 'asc' }],
        }),
      )
      const shown = rows.filter(({ id }) => sees(id))
      return groups(ids, shown, (row) => row.parentId)
    }),
    subscriptions: new DataLoader(async (ids: readonly string[]) => {
      const accountIds = await seen(ids)
      const rows = await read((tx) =>
        tx.subscription.findMany({
          where: { tenantId, accountId: { in: accountIds } },
          include: { items: { orderBy: { id: 'asc' } } },
          orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
        }),
      )
      return groups(ids, rows, (row) => row.accountId)
    }),
    plan: new DataLoader((ids: readonly string[]) =>
      read((tx) => tx.plan.findMany({ where: { tenantId, id: { in: [...ids] } }, include: { product: true } })).then(
        (rows) => byId(ids, rows),
      ),
    ),
    plansOfProduct: new DataLoader((ids: readonly string[]) =>
      read((tx) =>
        tx.plan.findMany({
          where: { tenantId, productId: { in: [...ids] } },
          include: { product: true },
          orderBy: [{ rank: 'asc' }, { id: 'asc' }],
        }),
      ).then((rows) => groups(ids, rows, (row) => row.productId)),
    ),
    pricesOfPlan: new DataLoader((ids: readonly string[]) =>
      read((tx) =>
        tx.sourcePrice.findMany({
          where: { tenantId, planId: { in: [...ids] } },
          orderBy: [{ source: 'asc' }, { externalId: 'asc' }],
        }),
      ).then((rows) => groups(ids, rows, (row) => row.planId)),
    ),
    /** The tenant's segments, as they were known at an instant where one is given. None for a viewer of some accounts. */
    segments: new DataLoader(
      (asked: readonly { asOf?: Date | null | undefined }[]) =>
        ownAffairs(
          asked.map(() => []),
          (tx) => Promise.all(asked.map(({ asOf }) => readSegments(tx, tenantId, asOf ?? undefined))),
        ),
      { cacheKeyFn: ({ asOf }) => asOf?.getTime() },
    ),
    /** Targets as they were known at an instant where one is given. None for a viewer of some accounts. */
    targets: new DataLoader(
      (asked: readonly { asOf?: Date | null | undefined }[]) =>
        ownAffairs(
          asked.map(() => []),
          (tx) => Promise.all(asked.map(({ asOf }) => readTargets(tx, tenantId, asOf ?? undefined))),
        ),
      { cacheKeyFn: ({ asOf }) => asOf?.getTime() },
    ),
    /** Of movements out of facts in the viewer's scope. */
    lines: new DataLoader((movements: readonly KnownMovement[]) => loadLines(read, tenantId, movements), {
      cacheKeyFn: ({ id, asOf, members }) => `${id} ${asOf?.getTime() ?? ''} ${members?.join(' ') ?? ''}`,
    }),
    latePages: new DataLoader(
      async (keys: readonly LatePageKey[]) => loadLatePages(read, tenantId, await membership(), keys),
      { cache: false },
    ),
    lateTotals: new DataLoader(
      async (keys: readonly LateKey[]) => loadLateTotals(read, tenantId, await membership(), keys),
      { cache: false },
    ),
    observations: new DataLoader(
      (pages: readonly ObservationPage[]) =>
        ownAffairs(
          pages.map(() => ({ items: [], total: 0 })),
          (tx) => loadObservations(tx, tenantId, pages),
        ),
      { cacheKeyFn: pageKey },
    ),
    accountFacts: new DataLoader((ids: readonly string[]) =>
      facts().then(({ store, scope }) => {
        const { items } = accountFacts(store, { scope, now, where: { ids }, limit: ids.length })
        const found = new Map(items.map((item) => [item.account.id, item]))
        return ids.map((id): AccountFacts | undefined => found.get(id))
      }),
    ),
  }
}

function byId<Row extends { id: string }>(ids: readonly string[], rows: readonly Row[]): (Row | undefined)[] {
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => found.get(id))
}

function groups<Row>(ids: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string | null): Row[][] {
  const found = new Map<string | null, Row[]>(ids.map((id) => [id, []]))
  for (const row of rows) found.get(keyOf(row))?.push(row)
  return ids.map((id) => found.get(id) ?? [])
}
