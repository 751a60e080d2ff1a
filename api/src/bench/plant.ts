import { type Columns, connect, type Database, rowsAs, type Tx } from '@nobishiro/prisma'
import { createKey } from '../access/keys.ts'
import type { KeyScope } from '../access/principal.ts'
import { expansionStrategies } from '../facts/kind.ts'
import { dayNumberOf } from '../facts/month.ts'
import { aPrice } from '../testing/build.ts'
import type { LargeTenant } from './large-tenant.ts'

const SOURCE = 'stripe'
const CHUNK = 50_000
const DAY_MS = 86_400_000
const AN_HOUR_MS = 3_600_000

const ACCOUNT: Columns = { id: 'text', name: 'text', region: 'text' }
const CHANGE: Columns = {
  account: 'text',
  day: 'date',
  product: 'text',
  plan: 'text',
  strategy: 'text',
  amount: 'bigint',
  seats: 'int',
}

/** The tenant in the database of a URL, and a key of it with a scope. */
export async function planted(url: string, tenant: LargeTenant, scope: KeyScope): Promise<string> {
  const db = await connect({ url, poolSize: 1 })
  try {
    await plant(db, tenant)
    return await aBenchKey(db, tenant.store.tenantId, scope)
  } finally {
    await db.close()
  }
}

/** A key of a tenant that is there. */
export async function aBenchKey(db: Database, tenantId: string, scope: KeyScope): Promise<string> {
  return (await createKey(db, { tenantId, name: 'bench', scopes: [scope], by: 'bench', now: new Date() })).token
}

/** Writes the generated tenant to a database: its accounts, its catalogue, and the change points that a ledger would have left. */
export async function plant(db: Database, { points, store }: LargeTenant): Promise<void> {
  const { tenantId, accounts, plans, currency, timeZone } = store
  const days = new Map<number, string>()
  const dayOf = (month: number): string => {
    const known = days.get(month) ?? new Date(dayNumberOf(month, 1) * DAY_MS).toISOString().slice(0, 10)
    days.set(month, known)
    return known
  }
  await db.withTenant(
    { tenantId, viewer: 'TENANT' },
    async (tx) => {
      await tx.tenant.create({ data: { id: tenantId, name: 'Bench', currency, timeZone } })
      await tx.source.create({
        data: { tenantId, name: SOURCE, kind: 'STRIPE', through: new Date(`${store.dataThrough}T00:00:00Z`) },
      })
      await plantCatalogue(tx, store)
      for (let from = 0; from < accounts.ids.length; from += CHUNK) {
        const rows = accounts.ids.slice(from, from + CHUNK).map((id, row) => {
          const region = store.regions[accounts.region[from + row]!] || null
          return [id, accounts.names[from + row]!, region]
        })
        await tx.$executeRaw`
          INSERT INTO account (tenant_id, id, source, external_id, name, region, seen_at)
          SELECT ${tenantId}, id, ${SOURCE}, id, name, region, now() FROM ${await rowsAs(tx, 'account', ACCOUNT, rows)}`
      }
      for (let from = 0; from < points.count; from += CHUNK) {
        const rows = Array.from({ length: Math.min(CHUNK, points.count - from) }, (_, index) => {
          const row = from + index
          const plan = points.plan[row]!
          const strategy = expansionStrategies[points.strategy[row]!]!
          return [
            ...[
              accounts.ids[points.account[row]!]!,
              dayOf(points.month[row]!),
              plans.products[plan]!,
              plans.ids[plan]!,
            ],
            ...[strategy, points.amount[row]!, points.seats[row]!],
          ]
        })
        await tx.$executeRaw`
          INSERT INTO account_change (tenant_id, account_id, day, product_id, plan_id, region, currency, strategy, amount_minor, seats)
          SELECT ${tenantId}, account, day, product, plan, '', ${currency}, strategy, amount, seats
          FROM ${await rowsAs(tx, 'change', CHANGE, rows)}`
      }
    },
    { timeoutMs: AN_HOUR_MS },
  )
}

/** Plans with the prices that lead to them, confirmed: a ledger that goes on from here keeps them. */
async function plantCatalogue(tx: Tx, { tenantId, plans, currency }: LargeTenant['store']): Promise<void> {
  const [products, seenAt] = [[...new Set(plans.products)], new Date(0)]
  await tx.product.createMany({ data: products.map((id) => ({ tenantId, id, name: id })) })
  await tx.plan.createMany({
    data: plans.ids.map((id, place) => ({ tenantId, id, productId: plans.products[place]!, name: id, rank: place })),
  })
  await tx.sourceProduct.createMany({
    data: products.map((id) => ({ tenantId, source: SOURCE, externalId: id, name: id, seenAt })),
  })
  await tx.sourcePrice.createMany({
    data: plans.ids.map((id, place) => ({
      ...{ tenantId, source: SOURCE, externalId: id, productExternalId: plans.products[place]!, currency, seenAt },
      ...{
        price: aPrice('1000'),
        productId: plans.products[place]!,
        planId: id,
        kind: 'LICENCE',
        mapping: 'CONFIRMED',
      },
    })),
  })
}
