import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, dropAll } from '../db.ts'
import { runCommand } from './server.ts'

const ROWS = 6_000
/** Milliseconds after the start of an import: while it reads, stages, publishes, or is done. */
const KILLS = [1_500, 2_500, 4_000]

describe.each(['PGlite', 'PostgreSQL'])('an import that is killed on %s', (engine) => {
  const databases: string[] = []
  let folder: string
  let env: Record<string, string>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nobishiro-kill-'))
    const file = Array.from(
      { length: ROWS },
      (_, row) =>
        `S-${row},A-${row % 700},2024-0${1 + (row % 9)}-1${row % 10},,${1 + (row % 20)},${10 + (row % 90)}.50`,
    )
    await writeFile(join(folder, 'subscriptions.csv'), ['id,account,start,end,seats,amount', ...file].join('\n'))
    await writeFile(
      join(folder, 'mapping.json'),
      JSON.stringify({
        name: 'killed',
        subscriptions: {
          file: 'subscriptions.csv',
          columns: {
            subscription: 'id',
            account: 'account',
            start: 'start',
            end: 'end',
            seats: 'seats',
            amount: { column: 'amount', unit: 'MAJOR' },
            currency: { constant: 'USD' },
            product: { constant: 'Core' },
          },
        },
      }),
    )
    env =
      engine === 'PGlite'
        ? { NOBISHIRO_DATA_DIR: join(folder, 'data') }
        : { DATABASE_URL: await createDatabase(databases), NOBISHIRO_DATA_DIR: join(folder, 'data') }
    expect(
      await runCommand(['tenant', 'create', 'acme', '--name', 'Acme', '--currency', 'USD', '--time-zone', 'UTC'], env),
    ).toMatchObject({ code: 0 })
  })

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
    await dropAll(databases)
  })

  it('is whole or absent, and the ledger still proves itself', async () => {
    const importing = ['import', 'csv', folder, '--mapping', join(folder, 'mapping.json'), '--tenant', 'acme']
    for (const killAfter of KILLS) {
      await runCommand(importing, env, killAfter)
      const verified = await runCommand(['verify', '--json'], env)
      expect(verified, verified.stdout).toMatchObject({ code: 0 })
      expect([0, ROWS]).toContain(linesIn(verified.stdout))
    }
    const again = await runCommand(importing, env)
    expect(again, again.output).toMatchObject({ code: 0 })
    expect(linesIn((await runCommand(['verify', '--json'], env)).stdout)).toBe(ROWS)
  })
})

/** Every subscription of the file is one line. */
function linesIn(json: string): number {
  const [tenant] = JSON.parse(json) as { lines: number }[]
  return tenant?.lines ?? Number.NaN
}
