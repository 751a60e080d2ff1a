import { connect, type Database, type TenantContext } from '@nobishiro/prisma'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { createAuthenticator } from '../access/authenticate.ts'
import { createScopes } from '../access/scopes.ts'
import { createFactsCache } from '../facts/facts-cache.ts'
import { createDatabase, dropAll, eachDatabase } from '../testing/db.ts'
import { everyOperation } from '../testing/every-operation.ts'
import { aPowerfulKey, CANDIDATES, expectMineAlone, expectUnseen, fill, LIMITED, runAll } from '../testing/isolation.ts'
import { anApp, TEST_ORIGIN } from '../testing/query.ts'
import { createMemberships } from './membership.ts'
import { schema } from './schema.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const VIEWERS = Object.keys(LIMITED)
/** What the tenant says to all of its viewers. */
const SHARED = ['tenant', 'product', 'plan', 'recognition_policy']
/** Of an account, and the vendor's own all the same. */
const NOTES = ['account_attributes', 'account_meter', 'catalog_evidence', 'inbox', 'partner_account']

/** What a credential's transactions are made for. */
async function contextOf(db: Database, token: string): Promise<TenantContext> {
  const headers = new Headers({ authorization: `Bearer ${token}`, origin: TEST_ORIGIN })
  const { tenantId, viewer } = await createAuthenticator({ db, now: () => NOW })(headers)
  const memberships = createMemberships(db, createScopes(db))
  const current = () => createFactsCache({ database: db, now: () => NOW }).read({ tenantId })
  return (await memberships.of(tenantId, viewer, NOW, current)).context
}

type Rows = Record<string, { text: string; account: string | undefined }[]>

/** Every row of every table that a transaction finds, with the account that it is of. */
function everyRow(db: Database, context: TenantContext): Promise<Rows> {
  return db.withTenant(context, async (tx) => {
    const tables = await tx.$queryRaw<{ name: string }[]>`
      SELECT relname::text AS name FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations' ORDER BY relname`
    const found: Rows = {}
    for (const { name } of tables) {
      const rows = await tx.$queryRawUnsafe<{ row: Record<string, unknown> }[]>(
        `SELECT to_jsonb("${name}") AS row FROM "${name}" ORDER BY to_jsonb("${name}")::text`,
      )
      found[name] = rows.map(({ row }) => ({ text: JSON.stringify(row), account: accountOf(name, row) }))
    }
    return found
  })
}

function accountOf(table: string, row: Record<string, unknown>): string | undefined {
  if (table === 'account') return String(row['id'])
  if (table === 'subscription_item') return String(row['subscription_id']).replace('sub-', '')
  return typeof row['account_id'] === 'string' ? row['account_id'] : undefined
}

eachDatabase((open) => {
  it.each(VIEWERS)(
    'row-level security alone lets %s find the rows of its account, and none of others',
    async (viewer) => {
      const db = await open()
      for (const tenantId of ['tenant-a', 'tenant-b'] as const) await fill(db, tenantId)
      const context = await contextOf(db, await LIMITED[viewer]!(db))
      const every = await everyRow(db, { tenantId: 'tenant-a', viewer: 'TENANT' })
      const seen = await everyRow(db, context)
      expect(Object.keys(every).length).toBeGreaterThan(25)
      for (const [table, rows] of Object.entries(every)) {
        const own = rows.filter(({ account }) => account === 'stripe:mine')
        const expected = SHARED.includes(table) ? rows : NOTES.includes(table) ? [] : own
        expect(seen[table], table).toEqual(expected)
      }
      const found = Object.values(seen).flat().length
      expect(found).toBeGreaterThan(10)
      expect(JSON.stringify(every)).toContain('sentinel-name-sibling')
      const ofAccounts = Object.entries(seen).filter(([table]) => !SHARED.includes(table))
      expect(JSON.stringify(ofAccounts)).not.toContain('sibling')
      expect(JSON.stringify(seen)).not.toMatch(/foreign|tenant-b/)
    },
  )
})

describe.skipIf(process.env['NOBISHIRO_TEST_POSTGRES'] === 'absent')('without row-level security', () => {
  const databases: string[] = []
  afterAll(() => dropAll(databases))

  /** Two tenants in a database whose policies are switched off. */
  async function unguarded(): Promise<Database> {
    const url = await createDatabase(databases)
    const db = await connect({ url, poolSize: 5 })
    for (const tenantId of ['tenant-a', 'tenant-b'] as const) await fill(db, tenantId)
    const owner = new pg.Client({ connectionString: url })
    await owner.connect()
    try {
      const { rows } = await owner.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relrowsecurity`,
      )
      for (const { name } of rows) await owner.query(`ALTER TABLE "${name}" DISABLE ROW LEVEL SECURITY`)
      expect(rows.length).toBeGreaterThan(25)
    } finally {
      await owner.end()
    }
    return db
  }

  it.each(VIEWERS)('what the application asks alone keeps %s to its account', async (viewer) => {
    const db = await unguarded()
    try {
      await expectMineAlone(anApp(db), everyOperation(schema, CANDIDATES), () => LIMITED[viewer]!(db))
    } finally {
      await db.close()
    }
  })

  it('what the application asks alone keeps a key to its tenant', async () => {
    const db = await unguarded()
    try {
      const answers = await runAll(anApp(db), everyOperation(schema, CANDIDATES), () => aPowerfulKey(db, 'tenant-a'))
      expectUnseen(answers, ['foreign'])
    } finally {
      await db.close()
    }
  })
})
