import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, dropAll } from '../../../api/src/testing/db.ts'
import { connect, type Database, rowsAs, type Tx } from '../index.ts'
import type { Cell } from './copy-text.ts'
import type { Columns } from './rows.ts'

const COLUMNS: Columns = {
  id: 'text',
  said: 'text',
  amount: 'bigint',
  at: 'timestamptz',
  is: 'boolean',
  value: 'jsonb',
}
const ODD = ['tab\there', 'line\nline\r', 'back\\slash \\N', '', 'エンタープライズ 🚀', '"quoted", {and} braced', '\\.']
const rowsOf = (count: number, from = 0): Cell[][] =>
  Array.from({ length: count }, (_, index) => {
    const said = index % 8 === 7 ? null : (ODD[index % 8] ?? null)
    const amount = 9_007_199_254_740_993n + BigInt(index)
    return [String(from + index), said, amount, '2024-01-10T00:00:00.123Z', index % 2 === 0, { said, n: index }]
  })
const door = { tenantId: 'tenant-a', viewer: 'TENANT' } as const

/** Fewer than are worth copying, and more. */
describe.each(['pglite', 'postgresql'] as const)('rows as a relation on %s', (engine) => {
  const databases: string[] = []
  let db: Database
  beforeAll(async () => {
    db =
      engine === 'pglite'
        ? await connect({ memory: true })
        : await connect({ url: await createDatabase(databases), poolSize: 1 })
    await db.withTenant(door, async (tx) => {
      await tx.tenant.create({ data: { id: 'tenant-a', name: 'a', currency: 'USD', timeZone: 'UTC' } })
    })
  })
  afterAll(async () => {
    await db.close()
    await dropAll(databases)
  })

  const read = async (tx: Tx, rows: Cell[][]) =>
    tx.$queryRaw<object[]>`SELECT * FROM ${await rowsAs(tx, 'row', COLUMNS, rows)} ORDER BY id::int`
  const expected = (rows: Cell[][]) =>
    rows.map(([id, said, amount, at, is, value]) => ({ id, said, amount, at: new Date(String(at)), is, value }))

  it.each([3, 250])('%i rows arrive as they were, whatever their texts hold', async (count) => {
    const rows = rowsOf(count)
    expect(await db.withTenant(door, (tx) => read(tx, rows))).toEqual(expected(rows))
  })

  it('a second use in one transaction, and in the next, holds its own rows alone', async () => {
    const [first, second] = [rowsOf(250), rowsOf(130, 1_000)]
    for (let turn = 0; turn < 2; turn += 1) {
      await db.withTenant(door, async (tx) => {
        expect(await read(tx, first)).toHaveLength(250)
        expect(await read(tx, second)).toEqual(expected(second))
      })
    }
  })

  const account = async (tx: Tx, tenant: string, count: number, name = 'row') => {
    const ids = Array.from({ length: count }, (_, index) => [`s:${index}`])
    return tx.$executeRaw`
      INSERT INTO account (tenant_id, id, source, external_id, name, seen_at)
      SELECT ${tenant}, id, 's', id, id, now() FROM ${await rowsAs(tx, name, { id: 'text' }, ids)}`
  }

  it('what is written from them is bound by row-level security', async () => {
    await expect(db.withTenant(door, (tx) => account(tx, 'tenant-b', 250))).rejects.toThrow(/row-level security/)
  })

  it('a failure after them takes everything back, and the connection goes on', async () => {
    const failing = db.withTenant(door, async (tx) => {
      await account(tx, 'tenant-a', 250)
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await db.withTenant(door, (tx) => tx.account.count())).toBe(0)
    expect(await db.withTenant(door, (tx) => account(tx, 'tenant-a', 250, 'other'))).toBe(250)
  })

  it.each([3, 250])(
    'of %i rows one that the database refuses is reported, and the connection goes on',
    async (count) => {
      const rows = rowsOf(count)
      rows[1]![3] = 'no time at all'
      await expect(db.withTenant(door, (tx) => read(tx, rows))).rejects.toThrow(/no time at all/)
      expect(await db.withTenant(door, (tx) => read(tx, rowsOf(2)))).toHaveLength(2)
    },
  )

  it.each([3, 250])('of %i rows one with half a character is refused', async (count) => {
    const rows = rowsOf(count)
    rows[1]![5] = { said: '\ud800' }
    await expect(db.withTenant(door, (tx) => read(tx, rows))).rejects.toThrow()
  })
})
