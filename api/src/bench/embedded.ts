import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { connect, type Database } from '@nobishiro/prisma'
import { Command } from 'commander'
import { table } from '../cli/print.ts'
import { hydrate } from '../facts/hydrate.ts'
import { accept } from '../ingest/accept.ts'
import { readStripe } from '../ingest/sources/stripe/stripe.ts'
import { verify } from '../ledger/verify.ts'
import { aTenant } from '../testing/build.ts'
import { createDatabase, dropAll } from '../testing/db.ts'
import { type Bench, benchOf, type Measured } from './bench-of.ts'
import { atMostTimes, type Figure, isMet, spellTarget } from './figure.ts'
import { median, spellCount, whole } from './numbers.ts'
import { stripeEvents } from './stripe-events.ts'

type Options = { events: string; rounds: string }
type Timing = { name: string; embedded: number; server: number }

const TARGET = 3.5
const TENANT = 'embedded'
const BATCH = 1_000
const NOW = new Date('2026-11-22T00:00:00Z')

/** What the server asks of its database. Both engines give the same. */
const QUERIES: { name: string; ask: (db: Database) => Promise<unknown> }[] = [
  { name: 'facts of the tenant', ask: async (db) => (await hydrate(db, TENANT, NOW)).changes },
  {
    name: 'fifty accounts with their subscriptions',
    ask: (db) =>
      inside(db, (tx) => tx.account.findMany({ take: 50, orderBy: { id: 'asc' }, include: { subscriptions: true } })),
  },
  {
    name: 'the last hundred lines of the ledger',
    ask: (db) => inside(db, (tx) => tx.ledgerLine.findMany({ take: 100, orderBy: { id: 'desc' } })),
  },
  {
    name: 'proof of the whole ledger',
    ask: async (db) => {
      const { ok, lines, hash } = await verify(db, TENANT, NOW)
      return { ok, lines, hash }
    },
  },
]

const inside = <T>(db: Database, work: Parameters<typeof db.withTenant<T>>[1]): Promise<T> =>
  db.withTenant({ tenantId: TENANT, viewer: 'TENANT' }, work)

/** `pnpm bench embedded` */
export function embeddedBench(): Bench {
  const command = new Command('embedded')
    .description('What the server asks of its database, of the embedded one and of PostgreSQL, in turns')
    .option('--events <count>', 'Stripe events that both have taken in', '10000')
    .option('--rounds <count>', 'times that both sides take turns; the median counts', '3')
    .addHelpText('after', '\nPostgreSQL: TEST_DATABASE_URL, or 127.0.0.1:5432. Makes a database and drops it.')
  return benchOf(command, measure)
}

async function measure(options: Options): Promise<Measured> {
  const [events, turns] = [whole(options.events, '--events'), whole(options.rounds, '--rounds')]
  const folder = await mkdtemp(join(tmpdir(), 'nobishiro-bench-'))
  const databases: string[] = []
  const [embedded, server] = [
    await connect({ dataDir: folder }),
    await connect({ url: await createDatabase(databases), poolSize: 1 }),
  ]
  try {
    await Promise.all([takeIn(embedded, events), takeIn(server, events)])
    const timings: Timing[] = []
    for (const query of QUERIES) timings.push(await timed(query, { embedded, server, turns }))
    return {
      text: describe(timings),
      value: { events, timings },
      scale: `${spellCount(events)} Stripe events of ${spellCount(accountsOf(events))} accounts`,
      figures: [figureOf(timings)],
    }
  } finally {
    await Promise.all([embedded.close(), server.close()])
    await rm(folder, { recursive: true })
    await dropAll(databases)
  }
}

const accountsOf = (events: number): number => Math.ceil(events / 10)

async function takeIn(db: Database, events: number): Promise<void> {
  const context = await aTenant(db, { id: TENANT })
  for (let from = 0; from < events; from += BATCH) {
    const bodies = stripeEvents({ accounts: accountsOf(events), events: Math.min(BATCH, events - from), from })
    await accept(
      db,
      context,
      bodies.map((body) => readStripe(body, 'stripe')),
    )
  }
}

type Field = { embedded: Database; server: Database; turns: number }

async function timed({ name, ask }: (typeof QUERIES)[number], { embedded, server, turns }: Field): Promise<Timing> {
  if (!isDeepStrictEqual(comparable(await ask(embedded)), comparable(await ask(server))))
    throw new Error(`${name}: the embedded database answers otherwise than PostgreSQL.`)
  const times = { embedded: [] as number[], server: [] as number[] }
  for (let turn = 0; turn < turns; turn += 1) {
    const first = performance.now()
    await ask(embedded)
    const second = performance.now()
    await ask(server)
    times.embedded.push(second - first)
    times.server.push(performance.now() - second)
  }
  return { name, embedded: median(times.embedded), server: median(times.server) }
}

/** When a row was written differs. */
const comparable = (answer: unknown): unknown =>
  Array.isArray(answer) ? answer.map(({ recordedAt: _, createdAt: __, ...row }) => row) : answer

/** The query that is furthest behind PostgreSQL stands for all. */
function figureOf(timings: readonly Timing[]): Figure {
  const { name, embedded, server } = timings.reduce((a, b) => (b.embedded / b.server > a.embedded / a.server ? b : a))
  return {
    what: `the embedded database, furthest behind of ${timings.length} queries: ${name}`,
    ours: { value: embedded, unit: 'ms' },
    baseline: { name: 'PostgreSQL', value: server, unit: 'ms' },
    target: atMostTimes(TARGET),
    limit:
      'It is PostgreSQL in WebAssembly, in one thread and without parallel plans; answers cross a thread once more.',
  }
}

function describe(timings: readonly Timing[]): string {
  const figure = figureOf(timings)
  const rows = timings.map(({ name, embedded, server }) => [
    name,
    `${embedded.toFixed(1)} ms`,
    `${server.toFixed(1)} ms`,
    (embedded / server).toFixed(2),
  ])
  return [
    table(['query', 'embedded', 'PostgreSQL', 'embedded / PostgreSQL'], rows),
    `Equal answers. Target: each ${spellTarget(figure)} of PostgreSQL: ${isMet(figure) ? 'met' : 'missed'}.`,
  ].join('\n')
}
