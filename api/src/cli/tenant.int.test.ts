import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { readEnv } from '../env.ts'
import { hydrate, hydrateAsOf } from '../facts/hydrate.ts'
import { eachDatabase } from '../testing/db.ts'
import type { House } from './house.ts'
import { tenantCommand } from './tenant.ts'

const NOW = new Date('2026-11-22T00:00:00Z')

/** Runs `tenant` as a terminal would; gives what it printed. */
function terminal(db: Database) {
  return async (...words: string[]): Promise<string> => {
    let printed = ''
    const out = { write: (text: string) => (printed += text) }
    const openDatabase = async () => ({ ...db, close: async () => {} })
    const house: House = { env: readEnv({}), openDatabase, out, err: out, clock: () => NOW }
    await tenantCommand(house).exitOverride().parseAsync(words, { from: 'user' })
    return printed
  }
}

eachDatabase((open) => {
  it('a tenant has calendar years unless it says where its own begin, and may say so later', async () => {
    const db = await open()
    const run = terminal(db)
    await run('create', 'acme')
    await run('create', 'fuji', '--time-zone', 'Asia/Tokyo', '--fiscal-year-start', '4')
    const start = async (tenantId: string) => (await hydrate(db, tenantId, NOW)).fiscalYearStart
    expect([await start('acme'), await start('fuji')]).toEqual([1, 4])
    const { version } = await hydrate(db, 'acme', NOW)
    expect(await run('set', '--tenant', 'acme', '--fiscal-year-start', '10')).toBe(
      'Fiscal years of acme begin with month 10.\n',
    )
    expect(await start('acme')).toBe(10)
    expect((await hydrate(db, 'acme', NOW)).version).toBeGreaterThan(version)
    expect((await hydrateAsOf(db, 'acme', new Date(0))).fiscalYearStart).toBe(10)
    expect(await start('fuji')).toBe(4)
  })

  it('what is no month is refused, by the database too', async () => {
    const db = await open()
    const run = terminal(db)
    for (const month of ['0', '13', '1.5', 'April', '']) {
      const refusal = /is not a month: 1 to 12, where 4 is April/
      await expect(run('create', 'acme', '--fiscal-year-start', month), month).rejects.toThrow(refusal)
    }
    expect(await db.tenants()).toEqual([])
    await run('create', 'acme')
    await expect(run('set', '--fiscal-year-start', '13')).rejects.toThrow('13 is not a month')
    await expect(run('set', '--tenant', 'nobody', '--fiscal-year-start', '4')).rejects.toThrow('There is no tenant')
    const behind = db.withTenant({ tenantId: 'acme', viewer: 'TENANT' }, (tx) =>
      tx.tenant.updateMany({ data: { fiscalYearStart: 13 } }),
    )
    await expect(behind).rejects.toThrow('tenant_fiscal_year_start')
    expect((await hydrate(db, 'acme', NOW)).fiscalYearStart).toBe(1)
  })
})
