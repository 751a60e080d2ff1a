import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { readEnv } from '../env.ts'
import { eachDatabase } from '../testing/db.ts'
import { aLedger } from '../testing/small-ledger.ts'
import { catalogCommand } from './catalog.ts'
import { correctCommand } from './correct.ts'
import type { House } from './house.ts'

/** Runs a command as a terminal would; gives what it printed. */
function terminal(db: Database) {
  return async (line: string, reason?: string): Promise<string> => {
    let printed = ''
    const out = { write: (text: string) => (printed += text) }
    const openDatabase = async () => ({ ...db, close: async () => {} })
    const house: House = {
      env: readEnv({}),
      openDatabase,
      out,
      err: out,
      clock: () => new Date('2026-11-22T00:00:00Z'),
    }
    const [name = '', ...words] = line.split(' ')
    const command = name === 'catalog' ? catalogCommand(house) : correctCommand(house)
    await command
      .exitOverride()
      .parseAsync(reason === undefined ? words : [...words, '--reason', reason], { from: 'user' })
    return printed
  }
}

eachDatabase((open) => {
  it('corrections are taken, listed and undone at the terminal', async () => {
    const { db } = await aLedger(await open())
    const run = terminal(db)
    expect(await run('correct list')).toBe('No corrections.\n')
    const taken = await run('correct exclude birch --json', 'our own tests')
    const { correction, appended } = JSON.parse(taken)
    expect(appended).toBe(2)
    expect(await run('correct reclassify aozora 2026-03 --to USAGE --from SEAT UPSELL', 'metered')).toMatch(
      /^Took cor_[0-9a-f]{20}: 6 ledger lines\.\n$/,
    )
    expect(await run('correct list')).toMatch(/EXCLUDE_ACCOUNT .* terminal:.* stripe:birch +our own tests +-/)
    expect(await run(`correct undo ${correction}`, 'a customer')).toBe(`Undid ${correction}: 2 ledger lines.\n`)
    expect(await run('correct list')).toMatch(/stripe:birch .* by terminal:.*: a customer/)
  })

  it('the catalogue is listed, mapped and confirmed at the terminal', async () => {
    const { db } = await aLedger(await open())
    const run = terminal(db)
    expect(await run('catalog list')).toMatch(/pro +2 +LICENCE +INFERRED/)
    await run('catalog confirm --all', 'checked')
    expect(await run('catalog list')).not.toContain('INFERRED')
    await expect(run('catalog confirm --all', 'checked')).rejects.toThrow('Every price is confirmed already.')
    await expect(run('catalog confirm', 'checked')).rejects.toThrow('Name prices as source:id, or say --all.')
  })
})
