import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { contact } from '../ingest/sources/observed.ts'
import { closeMonth } from '../ledger/close-month.ts'
import { ledgerHash } from '../ledger/hash.ts'
import { setPolicy } from '../ledger/set-policy.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, aSession, TEST_SECRET } from '../testing/query.ts'
import { createEndpoint, testEndpoint } from '../webhooks/endpoints.ts'
import { keepDocuments } from './documents/registered.ts'

const NOW = new Date('2026-11-22T00:00:00Z')

/** A tenant with rows in most tables. */
async function aTenantInFull(db: Database, id: string): Promise<void> {
  const context = await aTenant(db, { id })
  const holding = (at: string, seats: number) =>
    aSubscription({ account: 'cus', subscription: 'sub', at, items: [anItem('crm', seats, aPrice('1000'))] })
  await accept(db, context, [
    delivered('1', anAccount('cus', '2025-02-01T00:00:00.000Z', { attributes: { partner: 'p' } })),
    delivered('2', holding('2025-02-10T00:00:00.000Z', 3)),
    delivered('3', holding('2026-03-10T00:00:00.000Z', 9)),
    delivered('4', contact({ account: 'cus', at: '2026-03-11T00:00:00.000Z', day: '2026-03-11', contact: 'c' })),
  ])
  await accept(db, context, [delivered('3', holding('2026-03-10T00:00:00.000Z', 10))])
  await closeMonth(db, { tenantId: id, now: NOW }, { month: '2026-09', reason: 'audited' })
  await setPolicy(db, { tenantId: id, now: NOW }, { policy: { paused: 'KEEP' }, reason: 'as billed' })
  await aKey(db, id)
  await aSession(db, id)
  const rules = { secret: TEST_SECRET, allowPrivate: false }
  const listening = { url: 'https://example.com', events: ['target.crossed'] }
  const { id: endpoint } = await createEndpoint(db, { tenantId: id, by: 'test', now: NOW }, listening, rules)
  await testEndpoint(db, { tenantId: id, now: NOW }, endpoint)
  await keepDocuments(db, { tenantId: id, by: 'test', now: NOW }, [{ name: 'A', text: 'query A { viewer { kind } }' }])
}

/** Rows of the tenant by table, where there are any. */
function rowsOf(db: Database, tenantId: string): Promise<Record<string, number>> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const tables = await tx.$queryRaw<{ name: string }[]>`
      SELECT relname::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'`
    const found: Record<string, number> = {}
    for (const { name } of tables) {
      const [row] = await tx.$queryRawUnsafe<{ count: number }[]>(`SELECT count(*)::int AS count FROM "${name}"`)
      if (row && row.count > 0) found[name] = row.count
    }
    return found
  })
}

eachDatabase((open) => {
  it('a tenant that is deleted leaves no row in any table, and the one beside it as it was', async () => {
    const db = await open()
    for (const id of ['tenant-a', 'tenant-b']) await aTenantInFull(db, id)
    const hashOf = (tenantId: string) => db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => ledgerHash(tx, tenantId))
    const [before, hash] = [await rowsOf(db, 'tenant-b'), await hashOf('tenant-b')]
    expect(Object.keys(await rowsOf(db, 'tenant-a')).length).toBeGreaterThan(15)
    expect(await db.deleteTenant('tenant-a')).toBe(true)
    expect(await rowsOf(db, 'tenant-a')).toEqual({})
    expect((await db.tenants()).map(({ id }) => id)).toEqual(['tenant-b'])
    expect(await rowsOf(db, 'tenant-b')).toEqual(before)
    expect(await hashOf('tenant-b')).toBe(hash)
    expect(await db.deleteTenant('tenant-a')).toBe(false)
    await aTenantInFull(db, 'tenant-a')
    expect(await rowsOf(db, 'tenant-a')).toEqual(before)
  })
})
