import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { ledgerHash } from '../ledger/hash.ts'
import { eachDatabase } from '../testing/db.ts'
import { aTenantInFull } from '../testing/tenant-in-full.ts'

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
