import { isDeepStrictEqual } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { connect, type Database } from '@nobishiro/prisma'
import { Command } from 'commander'
import pg from 'pg'
import type { Store } from '../facts/column-store.ts'
import { hydrate } from '../facts/hydrate.ts'
import { createDatabase, dropAll } from '../testing/db.ts'
import { type Bench, benchOf, type Measured } from './bench-of.ts'
import { copyToNowhere } from './copy-out.ts'
import { atLeast, atMost, type Figure } from './figure.ts'
import { figuresTable } from './figures-table.ts'
import { type LargeTenant, largeTenant } from './large-tenant.ts'
import { median, spellCount, whole } from './numbers.ts'
import { plant } from './plant.ts'

type Options = { accounts: string; rounds: string }

const TARGETS = { points: 2_500_000, bytes: 24 } as const

/** `pnpm bench hydrate` */
export function hydrateBench(): Bench {
  const command = new Command('hydrate')
    .description("A tenant's change points from PostgreSQL into the facts, against COPY of the same rows to nowhere")
    .option('--accounts <count>', 'accounts of the generated tenant', '50000')
    .option('--rounds <count>', 'times that both sides take turns; the median counts', '3')
    .addHelpText('after', '\nRuns on PostgreSQL: TEST_DATABASE_URL, or 127.0.0.1:5432. Makes a database and drops it.')
  return benchOf(command, measure)
}

async function measure({ accounts, rounds }: Options): Promise<Measured> {
  const [size, turns] = [whole(accounts, '--accounts'), whole(rounds, '--rounds')]
  const tenant = largeTenant(size)
  const databases: string[] = []
  const url = await createDatabase(databases)
  const [db, client] = [await connect({ url, poolSize: 1 }), new pg.Client({ connectionString: url })]
  await client.connect()
  try {
    await plant(db, tenant)
    await client.query('ANALYZE')
    const before = retained()
    const store = await hydrate(db, tenant.store.tenantId, tenant.now)
    const found = { accounts: size, points: tenant.points.count, bytes: retained() - before }
    prove(store, tenant.store)
    const times = await timed({ db, client, tenant, turns })
    return {
      text: figuresTable(figuresOf(found, times)),
      value: { ...found, ...times },
      scale: `${spellCount(size)} accounts, ${spellCount(found.points)} change points`,
      figures: figuresOf(found, times),
    }
  } finally {
    await client.end()
    await db.close()
    await dropAll(databases)
  }
}

type Field = { db: Database; client: pg.Client; tenant: LargeTenant; turns: number }
type Found = { accounts: number; points: number; bytes: number }
type Times = { load: number; copy: number }

async function timed({ db, client, tenant: { points, store, now }, turns }: Field): Promise<Times> {
  const times = { load: [] as number[], copy: [] as number[] }
  for (let turn = -1; turn < turns; turn += 1) {
    const began = performance.now()
    await hydrate(db, store.tenantId, now)
    const loaded = performance.now()
    const copied = await copyToNowhere(client, ROWS)
    if (copied !== points.count) throw new Error(`COPY gave ${copied} of ${points.count} rows.`)
    if (turn < 0) continue // the first turn warms up
    times.copy.push(performance.now() - loaded)
    times.load.push(loaded - began)
  }
  return { load: median(times.load), copy: median(times.copy) }
}

/** What a hydrate reads of a change point. */
const ROWS = `COPY (
  SELECT account_id, day, plan_id, amount_minor, seats, region, currency, strategy FROM account_change WHERE tenant_id = 'bench'
) TO STDOUT`

/** Bytes that are still held once garbage is collected. */
function retained(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** What came out of the database is what went in, to the last column. */
function prove(loaded: Store, planted: Store): void {
  for (const part of ['accounts', 'plans', 'regions', 'changes'] as const)
    if (!isDeepStrictEqual(loaded[part], planted[part]))
      throw new Error(`The ${part} that were loaded are not those written.`)
}

/** Of a change point in `ChangeColumns`. */
const COLUMN_BYTES = 21

function figuresOf({ accounts, points, bytes }: Found, { load, copy }: Times): Figure[] {
  const rate = (time: number) => ({ value: points / (time / 1_000), unit: 'change points/s' as const })
  return [
    {
      what: 'hydrate: change points from PostgreSQL into the facts',
      ours: rate(load),
      baseline: { name: 'COPY of the same rows to nowhere', ...rate(copy) },
      target: atLeast(TARGETS.points),
      limit: `The database gives its rows as text: COPY alone comes to ${Math.round((points / copy) * 1_000).toLocaleString('en')} a second here.`,
    },
    {
      what: 'memory of the facts, by change point, with names and ids of accounts',
      ours: { value: bytes / points, unit: 'bytes' },
      target: atMost(TARGETS.bytes),
      limit: `Columns of a change point take ${COLUMN_BYTES}; the rest is ids and names of accounts, which have ${(points / accounts).toFixed(1)} change points each.`,
    },
  ]
}
