import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { readEnv } from '../env.ts'
import { eachDatabase } from '../testing/db.ts'
import { aLedger } from '../testing/small-ledger.ts'
import type { House } from './house.ts'
import { policyCommand } from './policy.ts'

/** Runs `policy` as a terminal would; gives what it printed. */
function terminal(db: Database) {
  return async (...words: string[]): Promise<string> => {
    let printed = ''
    const out = { write: (text: string) => (printed += text) }
    const openDatabase = async () => ({ ...db, close: async () => {} })
    const clock = () => new Date('2026-11-22T00:00:00Z')
    const house: House = { env: readEnv({}), openDatabase, out, err: out, clock }
    await policyCommand(house).exitOverride().parseAsync(words, { from: 'user' })
    return printed
  }
}

eachDatabase((open) => {
  it('a policy is set and shown at the terminal', async () => {
    const { db } = await aLedger(await open())
    const run = terminal(db)
    expect(await run('set', '--paused', 'KEEP', '--reason', 'as the board counts')).toMatch(
      /^Revision 2 is in force: \d+ ledger lines\./,
    )
    expect(await run('show')).toMatch(/2 .* NOBISHIRO paused=KEEP +CONTRACT +RECURRING .* as the board counts/)
  })

  it('what keeps invoices from counting is listed, and refuses them', async () => {
    const { db } = await aLedger(await open())
    const run = terminal(db)
    const listed = await run('uncovered')
    expect(listed).toMatch(/^Paid for, and not told by invoices:\n/)
    expect(listed).toMatch(/stripe +sub_\S+ +no invoice since 20\d\d-\d\d-\d\d/)
    expect(listed).toContain('stripe: Read its invoices with nobishiro connect stripe')
    const rows = JSON.parse(await run('uncovered', '--json')) as { subscription: string }[]
    const refused = run('set', '--basis', 'INVOICE', '--reason', 'as invoiced')
    await expect(refused).rejects.toThrow(`Source stripe, ${rows.length} of them: ${rows[0]?.subscription} (`)
    expect(await run('show')).not.toContain('INVOICE')
  })
})
