import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exportArchive } from '../archive/export-archive.ts'
import { restoreArchive } from '../archive/restore-archive.ts'
import { costsCommand } from '../cli/costs.ts'
import type { House } from '../cli/house.ts'
import { readEnv } from '../env.ts'
import { hydrate, hydrateAsOf } from '../facts/hydrate.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, aSession, query } from '../testing/query.ts'
import { aLedger } from '../testing/small-ledger.ts'
import { costRulesFrom } from './costs.ts'
import { setCosts } from './set-costs.ts'

const SET = `mutation ($costs: CostsInput!) { setCosts(costs: $costs, reason: "books of 2026") { grossMargin lag expansionShares { category share } since } }`
const SHOWN = '{ costs { grossMargin lag expansionShares { category share } reason since } }'

it.each([
  [{ grossMargin: '1.2' }, 'grossMargin is a share from 0 to 1'],
  [{ grossMargin: '80%' }, 'grossMargin is a share from 0 to 1'],
  [{ lag: 25 }, 'lag is at most 24'],
  [{ lag: 0.5 }, 'lag is a whole number of months'],
  [{ expansionShare: { marketing: '-1' } }, 'expansionShare.marketing is a share from 0 to 1'],
])('%j is refused by name', (said, message) => {
  expect(() => costRulesFrom(said)).toThrow(message)
})

eachDatabase((open) => {
  it('costs are said as a whole, answered to keys alone, and kept as they were known', async () => {
    const { db, app, tenantId } = await aLedger(await open())
    const token = await aKey(db, tenantId, ['admin', 'read'])
    const unsaid = { grossMargin: null, lag: 0, expansionShares: [], reason: null, since: null }
    expect((await query(app, { token, query: SHOWN })).data).toEqual({ costs: unsaid })
    const costs = { grossMargin: '0.785', lag: 1, expansionShares: [{ category: 'customer success', share: '0.8' }] }
    const set = await query(app, { token, query: SET, variables: { costs } })
    expect(set.data).toMatchObject({ setCosts: costs })
    const { since } = (set.data as { setCosts: { since: string } }).setCosts
    await new Promise((resolve) => setTimeout(resolve, 5))
    await setCosts(db, tenantId, { costs: { grossMargin: '0.5' }, reason: 'anew' })
    expect((await query(app, { token, query: SHOWN })).data).toMatchObject({ costs: { grossMargin: '0.5', lag: 0 } })
    const marginOf = async (asOf?: Date) => {
      const now = new Date()
      const store = asOf ? await hydrateAsOf(db, tenantId, asOf) : await hydrate(db, tenantId, now)
      return (
        store.costs.grossMargin &&
        Number(store.costs.grossMargin.numerator) / Number(store.costs.grossMargin.denominator)
      )
    }
    expect([await marginOf(), await marginOf(new Date(Date.parse(since) + 1))]).toEqual([0.5, 0.785])
    expect(await marginOf(new Date(Date.parse(since) - 1_000))).toBe(null)

    const reader = await aKey(db, tenantId, ['read'])
    for (const other of [reader, await aSession(db, tenantId)]) {
      const { errors } = await query(app, { token: other, query: SET, variables: { costs } })
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
    }
    const session = await aSession(db, tenantId)
    expect((await query(app, { token: session, query: SHOWN })).errors?.[0]?.message).toContain(
      'to a key of the vendor only',
    )
  })

  it('a session sees what rests on them when it was minted for that, and never one of an account', async () => {
    const { db, app, tenantId } = await aLedger(await open())
    const asked = '{ metric(key: ltv) { unit } }'
    const usual = await query(app, { token: await aSession(db, tenantId), query: asked })
    expect(usual.errors?.[0]?.message).toBe('This session lacks the capability "costs".')
    const minted = await aSession(db, tenantId, undefined, { capabilities: ['costs'] })
    expect((await query(app, { token: minted, query: asked })).errors).toBeUndefined()
    await expect(aSession(db, tenantId, ['birch'], { capabilities: ['costs'] })).rejects.toThrow(
      'a viewer TENANT without filters only',
    )
    const birch = await query(app, { token: await aSession(db, tenantId, ['birch']), query: asked })
    expect(birch.errors?.[0]?.message).toBe('This session lacks the capability "costs".')
  })

  it('costs are set at the terminal and survive an archive', async () => {
    const { db, tenantId } = await aLedger(await open())
    let printed = ''
    const out = { write: (text: string) => (printed += text) }
    const openDatabase = async () => ({ ...db, close: async () => {} })
    const house: House = { env: readEnv({}), openDatabase, out, err: out, clock: () => new Date() }
    const run = async (...words: string[]) => {
      printed = ''
      await costsCommand(house).exitOverride().parseAsync(words, { from: 'user' })
      return printed
    }
    await run(
      'set',
      '--gross-margin',
      '0.8',
      '--expansion',
      'sales and success=0.25',
      'marketing=0',
      '--reason',
      'books',
    )
    expect(await run('show')).toMatch(
      /gross margin +0\.8\nlag +0 months\nmarketing for expansion +0\nsales and success for expansion +0\.25\n/,
    )
    await expect(run('set', '--expansion', 'marketing', '--reason', 'r')).rejects.toThrow(
      'not a category and its share',
    )

    const file = join(await mkdtemp(join(tmpdir(), 'nobishiro-costs-')), 'archive')
    await exportArchive(db, { tenantId, clock: () => new Date() }, file)
    await restoreArchive(db, file, { as: 'a-copy' })
    const store = await hydrate(db, 'a-copy', new Date())
    expect(store.costs.grossMargin).toEqual({ numerator: 8n, denominator: 10n })
    expect(store.costs.expansionShareOf('marketing')).toEqual({ numerator: 0n, denominator: 1n })
  })
})
