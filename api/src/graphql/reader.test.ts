import type { Database, TenantContext, Tx } from '@nobishiro/prisma'
import { describe, expect, it } from 'vitest'
import { asPrismaClient, createReader } from './reader.ts'

const viewer: TenantContext = { tenantId: 'acme', viewer: 'TENANT' }

/** The turn in which transactions end. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

/** A door that counts transactions, and those still open. */
function aDoor() {
  const seen = { transactions: 0, open: 0, contexts: [] as TenantContext[] }
  const tx = { account: { findMany: async (args: unknown) => args } } as unknown as Tx
  const withTenant: Database['withTenant'] = async (context, work) => {
    seen.transactions += 1
    seen.open += 1
    seen.contexts.push(context)
    try {
      return await work(tx)
    } finally {
      seen.open -= 1
    }
  }
  const db = { withTenant } as Database
  return { seen, read: createReader(db, async () => viewer, 1_000) }
}

describe('reads of one operation', () => {
  it('asked for in one turn share a transaction of the viewer', async () => {
    const { seen, read } = aDoor()
    expect(await Promise.all([1, 2, 3].map((value) => read(async () => value)))).toEqual([1, 2, 3])
    await nextTurn()
    expect(seen).toEqual({ transactions: 1, open: 0, contexts: [viewer] })
    await read(async () => 4)
    expect(seen.transactions).toBe(2)
  })

  it('fail alone, and leave nothing open', async () => {
    const { seen, read } = aDoor()
    const [good, bad] = await Promise.allSettled([
      read(async () => 'good'),
      read(() => Promise.reject(new Error('bad'))),
    ])
    expect(good).toEqual({ status: 'fulfilled', value: 'good' })
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'bad' } })
    await nextTurn()
    expect(seen.open).toBe(0)
  })

  it('all fail when the door does not open', async () => {
    const db = { withTenant: () => Promise.reject(new Error('closed')) } as unknown as Database
    const read = createReader(db, async () => viewer, 1_000)
    for (const answer of await Promise.allSettled([read(async () => 1), read(async () => 2)])) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { message: 'closed' } })
    }
  })

  it('are what the Prisma plugin gets for a client', async () => {
    const { seen, read } = aDoor()
    const client = asPrismaClient(read)
    expect('account' in client).toBe(true)
    expect(await client.account.findMany({ where: { name: 'x' } })).toEqual({ where: { name: 'x' } })
    await nextTurn()
    expect(seen).toMatchObject({ transactions: 1, open: 0 })
  })
})
