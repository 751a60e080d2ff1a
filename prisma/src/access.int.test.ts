import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, dropAll } from '../../api/src/testing/db.ts'
import { connect, type Database, type Tx } from './index.ts'

const inside = (tenantId: string) => ({ tenantId, viewer: 'TENANT' }) as const
const account = (tenantId: string, id: string) => ({
  tenantId,
  id,
  source: 's',
  externalId: id,
  name: id,
  seenAt: new Date(0),
})

describe.each(['pglite', 'postgresql'] as const)('the door on %s', (engine) => {
  const databases: string[] = []
  let db: Database
  beforeAll(async () => {
    db =
      engine === 'pglite'
        ? await connect({ memory: true })
        : await connect({ url: await createDatabase(databases), poolSize: 3 })
    for (const id of ['a', 'b'].map((letter) => `tenant-${letter}`)) {
      await db.withTenant(inside(id), async (tx) => {
        await tx.tenant.create({ data: { id, name: id, currency: 'USD', timeZone: 'UTC' } })
        await tx.source.create({ data: { tenantId: id, name: 's', kind: 'CSV' } })
        await tx.account.createMany({ data: [account(id, 's:1'), account(id, 's:2')] })
      })
    }
  })
  afterAll(async () => {
    await db.close()
    await dropAll(databases)
  })

  it('every table of a tenant has row-level security that binds its owner too', async () => {
    const tables = await db.withTenant(
      inside('tenant-a'),
      (tx) =>
        tx.$queryRaw<{ name: string; forced: boolean; policies: bigint }[]>`
        SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS forced,
          (SELECT count(*) FROM pg_policy WHERE polrelid = pg_class.oid AND polpermissive) AS policies
        FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'`,
    )
    expect(tables.length).toBeGreaterThan(15)
    expect(tables.filter((table) => !table.forced || table.policies === 0n)).toEqual([])
  })

  it('the application role owns nothing, bypasses nothing and cannot rewrite the ledger', async () => {
    const [rights] = await db.withTenant(
      inside('tenant-a'),
      (tx) =>
        tx.$queryRaw<Record<string, unknown>[]>`
        SELECT current_user::text AS role,
          (SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user) AS above,
          (SELECT count(*)::int FROM pg_class WHERE relowner = current_user::regrole AND relnamespace = 'public'::regnamespace) AS owned,
          (SELECT array_agg(name || ' ' || operation) FROM unnest(ARRAY['ledger_line', 'audit_entry']) AS name,
            unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS operation WHERE has_table_privilege(name, operation)) AS rewrites`,
    )
    expect(rights).toEqual({ role: 'nobishiro_app', above: false, owned: 0, rewrites: null })
  })

  it('a body cannot be rewritten, and is reduced inside the tenant alone', async () => {
    for (const tenantId of ['tenant-a', 'tenant-b'])
      await db.withTenant(inside(tenantId), async (tx) => {
        const body = { bodySha256: Buffer.from('digest'), raw: Buffer.from('as it came') }
        const row = { tenantId, source: 's', externalId: 'e', ...body, events: [{ type: 'kept' }] }
        await tx.inbox.create({ data: { ...row, kind: 'k', eventTime: new Date(0), status: 'POSTED' } })
        await tx.inboxConflict.create({ data: row })
      })
    const rewriting = [
      { raw: Buffer.from('x') },
      { bodySha256: Buffer.from('x') },
      { externalId: 'x' },
      { reducedAt: new Date() },
    ]
    for (const data of rewriting) {
      const whole = { where: { externalId: 'e' }, data }
      await expect(db.withTenant(inside('tenant-a'), (tx) => tx.inbox.updateMany(whole))).rejects.toThrow(
        /permission denied/,
      )
      await expect(db.withTenant(inside('tenant-a'), (tx) => tx.inboxConflict.updateMany(whole))).rejects.toThrow(
        /permission denied/,
      )
    }
    const reduce = (tx: Tx) => tx.$queryRaw<{ rows: number }[]>`
      SELECT nobishiro_reduce(ARRAY['s'], ARRAY['e'], ARRAY[true])
        + nobishiro_reduce_conflicts(ARRAY['s'], ARRAY['e'], ARRAY['digest'::bytea]) AS rows`
    const viewer = { tenantId: 'tenant-a', viewer: 'SCOPE', scope: 'one' } as const
    expect(await db.withTenant(viewer, reduce)).toEqual([{ rows: 0 }])
    expect(await db.withTenant(inside('tenant-z'), reduce)).toEqual([{ rows: 0 }])
    expect(await db.withTenant(inside('tenant-a'), reduce)).toEqual([{ rows: 2 }])
    const bodies = (tenantId: string) =>
      db.withTenant(inside(tenantId), async (tx) =>
        [await tx.inbox.findFirst(), await tx.inboxConflict.findFirst()].map((row) => [
          row?.externalId,
          Buffer.from(row?.raw ?? []).toString(),
          Buffer.from(row?.bodySha256 ?? []).toString(),
        ]),
      )
    const reduced = ['e', '[{"type": "kept"}]', 'digest']
    expect(await bodies('tenant-a')).toEqual([reduced, reduced])
    expect(await bodies('tenant-b')).toEqual([
      ['e', 'as it came', 'digest'],
      ['e', 'as it came', 'digest'],
    ])
  })

  it('functions that run as the owner are few, and name where they look', async () => {
    const found = await db.withTenant(
      inside('tenant-a'),
      (tx) => tx.$queryRaw<object[]>`
        SELECT proname::text AS name, proconfig::text AS looks, has_function_privilege('public', oid, 'EXECUTE') AS everyone
        FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY 1`,
    )
    const rights = { looks: '{"search_path=pg_catalog, public, pg_temp"}', everyone: false }
    const names = ['nobishiro_forget_words', 'nobishiro_reduce', 'nobishiro_reduce_conflicts']
    expect(found).toEqual(names.map((name) => ({ name, ...rights })))
  })

  it('a tenant sees itself alone, and cannot write as another', async () => {
    await db.withTenant(inside('tenant-a'), async (tx) => {
      expect((await tx.account.findMany()).map((row) => row.tenantId)).toEqual(['tenant-a', 'tenant-a'])
      expect(await tx.tenant.count()).toBe(1)
    })
    await expect(
      db.withTenant(inside('tenant-a'), (tx) => tx.account.create({ data: account('tenant-b', 's:9') })),
    ).rejects.toThrow(/row-level security/)
  })

  it('a viewer of a scope sees its accounts and nothing of the vendor', async () => {
    await db.withTenant(inside('tenant-a'), (tx) =>
      tx.scopeAccount.createMany({
        data: ['s:2', 's:9'].map((accountId) => ({ tenantId: 'tenant-a', scope: 'one', accountId })),
      }),
    )
    const seen = await db.withTenant({ tenantId: 'tenant-a', viewer: 'SCOPE', scope: 'one' }, async (tx) => ({
      accounts: (await tx.account.findMany()).map((row) => row.id),
      sources: await tx.source.count(),
    }))
    expect(seen).toEqual({ accounts: ['s:2'], sources: 0 })
  })

  it('a viewer of a scope that nobody wrote sees nothing, and writes none', async () => {
    for (const [tenantId, scope] of [
      ['tenant-a', 'two'],
      ['tenant-a', ''],
      ['tenant-b', 'one'],
    ] as const) {
      const viewer = { tenantId, viewer: 'SCOPE', scope } as const
      expect(await db.withTenant(viewer, (tx) => tx.account.count())).toBe(0)
      const wider = db.withTenant(viewer, (tx) =>
        tx.scopeAccount.create({ data: { tenantId, scope, accountId: 's:1' } }),
      )
      await expect(wider).rejects.toThrow(/row-level security/)
    }
  })

  it('no statement is compiled', async () => {
    const [jit] = await db.withTenant(
      inside('tenant-a'),
      (tx) => tx.$queryRaw<object[]>`SELECT current_setting('jit') AS jit`,
    )
    expect(jit).toEqual({ jit: 'off' })
  })

  it('nothing of one transaction leaks into the next', async () => {
    await db.withTenant(inside('tenant-a'), (tx) => tx.account.count())
    expect(await db.tenants()).toHaveLength(2)
    expect(await db.withTenant(inside('tenant-z'), (tx) => tx.account.count())).toBe(0)
  })

  it('an error that is swallowed inside, or a constraint that waits for the end, surfaces and takes everything back', async () => {
    const swallowing = db.withTenant(inside('tenant-a'), async (tx) => {
      await tx.account.create({ data: account('tenant-a', 's:3') })
      await tx.account.create({ data: account('tenant-b', 's:9') }).catch(() => {})
      return 'kept'
    })
    await expect(swallowing).rejects.toThrow(/transaction is aborted/)
    const waiting = db.withTenant(inside('tenant-a'), async (tx) => {
      await tx.account.create({ data: account('tenant-a', 's:3') })
      await tx.$executeRaw`SET LOCAL ROLE NONE`
      await tx.$executeRaw`CREATE TEMPORARY TABLE probe (n int UNIQUE DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP`
      await tx.$executeRaw`INSERT INTO probe VALUES (1), (1)`
      return 'kept'
    })
    await expect(waiting).rejects.toThrow(/duplicate key|Unique constraint/)
    expect(await db.withTenant(inside('tenant-a'), (tx) => tx.account.count())).toBe(2)
  })

  it('a failure inside takes everything back', async () => {
    const failing = db.withTenant(inside('tenant-a'), async (tx) => {
      await tx.account.create({ data: account('tenant-a', 's:3') })
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await db.withTenant(inside('tenant-a'), (tx) => tx.account.count())).toBe(2)
  })
})
