import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readEnv } from '../env.ts'
import { eachDatabase } from '../testing/db.ts'
import { aLedger } from '../testing/small-ledger.ts'
import { accountsCommand } from './accounts.ts'
import type { House } from './house.ts'
import { tenantCommand } from './tenant.ts'

const NOW = new Date('2026-11-22T00:00:00Z')

eachDatabase((open) => {
  it('an account goes into a file, and is erased when its id is said twice', async () => {
    const { db, tenantId, ask } = await aLedger(await open())
    const run = async (make: typeof accountsCommand, ...words: string[]) => {
      let printed = ''
      const out = { write: (text: string) => (printed += text) }
      const openDatabase = async () => ({ ...db, close: async () => {} })
      const house: House = { env: readEnv({}), openDatabase, out, err: out, clock: () => NOW }
      await make(house).exitOverride().parseAsync(words, { from: 'user' })
      return printed
    }
    const file = join(await mkdtemp(join(tmpdir(), 'nobishiro-')), 'aozora.json')
    const written = ['export', 'aozora', '--output', file]
    expect(await run(accountsCommand, ...written)).toContain(`Wrote ${file}: all that is held of stripe:aozora.`)
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      format: 'nobishiro-account',
      tenant: tenantId,
      accounts: [{ id: 'stripe:aozora', account: [{ name: 'Aozora' }] }],
    })
    await expect(run(accountsCommand, ...written)).rejects.toThrow('exists already')
    await expect(run(accountsCommand, 'export', 'nobody', '--output', `${file}.none`)).rejects.toThrow(
      '"nobody" is not an account',
    )
    await expect(readFile(`${file}.none`)).rejects.toThrow('ENOENT')

    const name = async () => {
      const found = await ask<{ accounts: { edges: { node: { name: string } }[] } }>(
        '{ accounts(first: 9) { edges { node { name } } } }',
      )
      return found.accounts.edges.map(({ node }) => node.name).toSorted()
    }
    await expect(run(accountsCommand, 'erase', 'aozora')).rejects.toThrow('Nothing was erased')
    await expect(run(accountsCommand, 'erase', 'aozora', '--confirm', 'birch')).rejects.toThrow('Nothing was erased')
    expect(await name()).toEqual(['Aozora', 'Birch', 'Cedar'])
    expect(await run(accountsCommand, 'erase', 'aozora', '--confirm', 'aozora')).toContain(
      'Erased stripe:aozora: 3 deliveries',
    )
    expect(await name()).toEqual(['', 'Birch', 'Cedar'])
    expect(await run(accountsCommand, 'erase', 'aozora', '--confirm', 'aozora')).toBe(
      'stripe:aozora was erased before.\n',
    )

    await expect(run(tenantCommand, 'retention', '--days', 'soon')).rejects.toThrow(
      '--days soon is not a number of days',
    )
    await expect(run(tenantCommand, 'retention', '--days', '0')).rejects.toThrow('--days is 0')
    expect(await run(tenantCommand, 'retention', '--days', '30')).toContain('are kept for 30 days; 0 were reduced now')
    expect(await run(tenantCommand, 'retention', '--days', 'forever')).toContain('are kept for good')
  })
})
