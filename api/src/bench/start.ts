import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { serverBundle } from '../../../tools/server-bundle.mjs'
import { createDatabase, dropAll } from '../testing/db.ts'
import { type Server, startServer } from '../testing/e2e/server.ts'
import { type Bench, benchOf, type Measured } from './bench-of.ts'
import { DASHBOARD } from './dashboard.ts'
import { atMost, type Figure } from './figure.ts'
import { figuresTable } from './figures-table.ts'
import { largeTenant } from './large-tenant.ts'
import { spellCount, whole } from './numbers.ts'
import { planted } from './plant.ts'

type Options = { accounts: string }

const TARGETS = { health: 5, demo: 30, next: 3, dashboard: 1.5, idleMb: 200 } as const
const IDLE_MS = 3_000

/** `pnpm bench start` */
export function startBench(): Bench {
  const command = new Command('start')
    .description('Starting the server as a person does, on folders and databases of its own, and its memory when idle')
    .option('--accounts <count>', 'accounts of the generated tenant for the dashboard', '20000')
    .addHelpText('after', '\nPostgreSQL: TEST_DATABASE_URL, or 127.0.0.1:5432. Makes databases and drops them.')
  return benchOf(command, measure)
}

async function measure(options: Options): Promise<Measured> {
  const accounts = whole(options.accounts, '--accounts')
  const folder = await mkdtemp(join(tmpdir(), 'nobishiro-bench-'))
  const databases: string[] = []
  try {
    const found: Found = {
      bundleMs: await bundled(join(folder, 'bundle')),
      ...(await demo(join(folder, 'embedded'))),
      idleMb: await idle(join(folder, 'idle'), await createDatabase(databases)),
      dashboardMs: await cold(join(folder, 'cold'), await createDatabase(databases), accounts),
    }
    const figures = figuresOf(found, accounts)
    return {
      text: figuresTable(figures),
      value: { accounts, ...found },
      scale: `the demo tenant; ${spellCount(accounts)} accounts`,
      figures,
    }
  } finally {
    await rm(folder, { recursive: true })
    await dropAll(databases)
  }
}

/** Milliseconds from the start of a process, or of bundling its sources. */
type Found = {
  bundleMs: number
  healthMs: number
  demoMs: number
  nextMs: number
  idleMb: number
  dashboardMs: number
}

/** A clone has no bundle yet; afterwards this one has it, wherever this was made. */
async function bundled(folder: string): Promise<number> {
  const began = performance.now()
  await serverBundle(folder)
  const took = performance.now() - began
  await serverBundle()
  return took
}

async function demo(dataDir: string): Promise<Pick<Found, 'healthMs' | 'demoMs' | 'nextMs'>> {
  const first = await startServer(dataDir)
  await first.stop()
  const next = await startServer(dataDir)
  await next.stop()
  return { healthMs: first.livesAfter, demoMs: first.readyAfter, nextMs: next.readyAfter }
}

/** Resident memory of a server that found the demo there, once nothing has happened for a while. */
async function idle(dataDir: string, url: string): Promise<number> {
  const env = { DATABASE_URL: url }
  await (await startServer(dataDir, { env })).stop()
  const server = await startServer(dataDir, { env })
  try {
    await sleep(IDLE_MS)
    return residentMb(server)
  } finally {
    await server.stop()
  }
}

function residentMb({ pid }: Server): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Number(stdout) / 1_024
}

/** From the start of a process to the last of six answers, all of them asked for at once. */
async function cold(dataDir: string, url: string, accounts: number): Promise<number> {
  const tenant = largeTenant(accounts)
  const token = await planted(url, tenant, 'read')
  const server = await startServer(dataDir, { env: { DATABASE_URL: url }, args: [] })
  try {
    const began = performance.now()
    await Promise.all(
      DASHBOARD.map(async (query) => {
        const response = await fetch(`${server.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ query }),
        })
        const text = await response.text()
        if (response.status !== 200 || text.includes('"errors"')) throw new Error(`${response.status} ${text}`)
      }),
    )
    return server.readyAfter + performance.now() - began
  } finally {
    await server.stop()
  }
}

function figuresOf(found: Found, accounts: number): Figure[] {
  const seconds = (ms: number) => ({ value: ms / 1_000, unit: 's' as const })
  const bundle = `Bundling the sources took ${(found.bundleMs / 1_000).toFixed(1)} s of it.`
  return [
    {
      what: 'first start of an installed clone: health answers',
      ours: seconds(found.bundleMs + found.healthMs),
      target: atMost(TARGETS.health),
      limit: bundle,
    },
    {
      what: 'first start of an installed clone: the demo tenant is in',
      ours: seconds(found.bundleMs + found.demoMs),
      target: atMost(TARGETS.demo),
      limit: `Three years of webhooks are folded and posted. ${bundle}`,
    },
    {
      what: 'next start: ready',
      ours: seconds(found.nextMs),
      target: atMost(TARGETS.next),
      limit: 'The modules of the server are loaded while the embedded database opens in WebAssembly.',
    },
    {
      what: `dashboard of six questions in a process just started, ${spellCount(accounts)} accounts`,
      ours: seconds(found.dashboardMs),
      target: atMost(TARGETS.dashboard),
      limit:
        'One after the other: the modules are loaded, the facts of the tenant, and code that has not been compiled yet walks them.',
    },
    {
      what: 'memory of an idle server on PostgreSQL',
      ours: { value: found.idleMb, unit: 'MB' },
      target: atMost(TARGETS.idleMb),
      limit: 'The schema of GraphQL, Prisma and its compiler of queries are held by every process.',
    },
  ]
}
