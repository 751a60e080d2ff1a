import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { createTenant, writeFiles } from '../ingest/files/testing/import-text.ts'
import { eachDatabase } from '../testing/db.ts'
import { runImport } from './import.ts'

const ACCOUNTS = 'account,name\nA-1,Acme\nA-2,Bolt\n'
const BAD = `${ACCOUNTS},Nobody\n`

/** The command as a process would run it: exit code and what it printed. */
function terminal(db: Database, isTTY = false) {
  return async (path: string, options: Parameters<typeof runImport>[1]['options'] = {}, source = 'csv') => {
    const printed = { out: '', err: '' }
    const write = (key: 'out' | 'err') => ({
      isTTY,
      write: (text: string) => {
        printed[key] += text
      },
    })
    const openDatabase = async () => ({ ...db, close: async () => {} })
    const clock = () => new Date('2026-11-22T00:00:00Z')
    const code = await runImport(
      { openDatabase, out: write('out'), err: write('err'), clock },
      { source, path, options },
    )
    return { code, ...printed }
  }
}

eachDatabase((open) => {
  it('the command says what it did, and its exit code says how it went', async () => {
    const db = await open()
    const run = terminal(db)
    const directory = await writeFiles({ 'accounts.csv': ACCOUNTS })
    expect(await run(directory)).toEqual({
      code: 2,
      out: '',
      err: 'There is no tenant yet. Create one with: nobishiro tenant create\n',
    })
    await createTenant(db)
    expect(await run(directory)).toEqual({
      code: 0,
      err: '',
      out: 'accounts.csv  accounts       2 rows: 2 new\n\nImported into tenant acme from source csv: 2 new. 0 ledger lines.\n',
    })
    expect(await run(directory, { through: '2026-10-31' })).toMatchObject({
      code: 0,
      out: expect.stringContaining(
        'Nothing new for tenant acme from source csv: 2 unchanged.\nComplete through 2026-10-31.\n',
      ),
    })
    await createTenant(db, 'other')
    expect(await run(directory)).toMatchObject({
      code: 2,
      err: 'There are several tenants. Say which one with --tenant: acme, other\n',
    })
    expect(await run(directory, { tenant: 'nobody' })).toMatchObject({
      code: 2,
      err: 'There is no tenant "nobody". Known are acme, other.\n',
    })
    expect(await run(directory, { tenant: 'other', json: true, dryRun: true, source: 'crm' })).toMatchObject({
      code: 0,
    })
  })

  it('rows that are refused are exit code 1, and go to a file when the others are accepted', async () => {
    const db = await open()
    const run = terminal(db)
    await createTenant(db)
    const directory = await writeFiles({ 'accounts.csv': BAD })
    const file = join(directory, 'accounts.csv')
    const refused = await run(file, { json: true })
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.out)).toMatchObject({
      outcome: 'REFUSED',
      problemCount: 1,
      problems: [
        { file: 'accounts.csv', line: 4, column: 'account', value: '', expected: 'a value: it must not be empty' },
      ],
    })
    expect(await run(file, { dryRun: true, acceptValid: true })).toMatchObject({ code: 0 })
    expect(existsSync(join(directory, 'accounts.rejects.csv'))).toBe(false)

    const rejects = join(directory, 'accounts.rejects.csv')
    expect(await run(file, { acceptValid: true })).toMatchObject({
      code: 0,
      out: expect.stringContaining(`Rejected rows are in ${rejects}.`),
    })
    expect(await readFile(rejects, 'utf8')).toBe(
      'nobishiro_problem,account,name\n"accounts.csv:4: column account """": expected a value: it must not be empty",,Nobody\n',
    )
    const elsewhere = join(directory, 'elsewhere.csv')
    await run(file, { acceptValid: true, rejects: elsewhere })
    expect(existsSync(elsewhere)).toBe(true)
  })

  it('wrong usage is exit code 2, with what to do', async () => {
    const db = await open()
    const run = terminal(db)
    await createTenant(db)
    const directory = await writeFiles({
      'accounts.csv': ACCOUNTS,
      'my.json': '{ "name": "x", "acounts": {} }',
      'other.csv': '',
    })
    const faults: [Awaited<ReturnType<typeof run>>, string][] = [
      [
        await run(directory, {}, 'salesforce'),
        'There is no source "salesforce". Known are csv, baremetrics, chargebee, recurly, ravenstack, chartmogul, stripe; use csv with --mapping for your own files.',
      ],
      [
        await run(directory, { mapping: 'x.json' }, 'ravenstack'),
        '--mapping goes with csv; ravenstack brings its own.',
      ],
      [await run(directory, { mapping: '/no/such.json' }), 'The mapping file /no/such.json cannot be read.'],
      [
        await run(directory, { mapping: join(directory, 'my.json') }),
        'my.json: acounts: unknown key; known here: name, through',
      ],
      [await run(directory, { through: '2024-02-30' }), '--through 2024-02-30 is not a day such as 2024-12-31.'],
      [await run(directory, { rejects: 'x.csv' }), '--rejects goes with --accept-valid.'],
      [
        await run(directory, { source: 'My CRM' }),
        '"My CRM" cannot name a source: use lower-case letters, digits and hyphens, at most 39.',
      ],
      [await run(join(directory, 'other.csv')), 'Cannot tell from its name what other.csv holds.'],
      [await run('/no/such/place'), 'There is no file or directory at /no/such/place.'],
    ]
    for (const [result, message] of faults) {
      expect(result.code).toBe(2)
      expect(result.err).toContain(message)
    }
    expect(JSON.parse((await run('/no/such/place', { json: true })).out)).toEqual({
      error: { code: 'NOT_FOUND', message: 'There is no file or directory at /no/such/place.' },
    })
  })

  it('progress is for terminals only', async () => {
    const db = await open()
    await createTenant(db)
    const directory = await writeFiles({ 'accounts.csv': ACCOUNTS })
    expect((await terminal(db, true)(directory, { dryRun: true })).err).toMatch(
      /accounts\.csv {2}2 rows {2}[\d,]+ rows\/s\r/,
    )
    expect((await terminal(db)(directory, { dryRun: true })).err).toBe('')
  })
})
