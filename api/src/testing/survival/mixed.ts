import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '@nobishiro/prisma'
import type { App } from '../../app.ts'
import { schema } from '../../graphql/schema.ts'
import { everyOperation } from '../every-operation.ts'
import { aPowerfulKey, CANDIDATES, fill, LIMITED, secretsOf } from '../isolation.ts'
import { anApp, aSession, TEST_ORIGIN } from '../query.ts'
import { watchPools } from './pooled.ts'

const TENANTS = ['tenant-a', 'tenant-b'] as const
type TenantId = (typeof TENANTS)[number]
const ACCOUNTS: Record<TenantId, string[]> = { 'tenant-a': ['mine', 'sibling'], 'tenant-b': ['foreign'] }
const ADDRESS = 'http://localhost'

export type Figures = {
  /** Answers that were looked at, by what was asked. */
  answers: Record<'query' | 'ingest' | 'mutation', number>
  byStatus: Record<string, number>
  /** What went wrong on purpose. */
  injected: Record<'aborts' | 'deadlines' | 'errors', number>
  /** Connections of the pool that were looked at between transactions. */
  connections: number
  faults: string[]
}

type Client = { token: string; tenantId: TenantId; writes: boolean; forbidden: string[] }

/**
 * Sixty-four clients of two tenants ask, list, send and change all at once, some of which leave in the middle, while transactions run
 * into deadlines and errors beside them. Every answer is searched for what its client may not see, connections for what others left.
 */
export async function mixedClients(
  db: Database,
  { until, clients }: { until: (answers: number) => boolean; clients: number },
): Promise<Figures> {
  const pools = watchPools()
  const figures: Figures = {
    answers: { query: 0, ingest: 0, mutation: 0 },
    byStatus: {},
    injected: { aborts: 0, deadlines: 0, errors: 0 },
    connections: 0,
    faults: [],
  }
  let sent = 0
  // Points come back by the clock of the server: ten milliseconds for every request.
  const app = anApp(db, { now: () => new Date(Date.UTC(2026, 10, 22) + 10 * sent) })
  for (const tenantId of TENANTS) await fill(db, tenantId)
  const all = await Promise.all(Array.from({ length: clients }, (_, index) => aClient(db, index)))
  const operations = everyOperation(schema, CANDIDATES)
  const isOver = () => until(total(figures)) || figures.faults.length > 3

  const run = async (client: Client) => {
    while (!isOver()) {
      sent += 1
      await ask(app, client, { number: sent, operations, figures })
      // Answers from memory would leave the others no turn.
      await pause(0)
    }
  }
  const fail = async () => {
    while (!isOver()) {
      await goWrong(db, figures)
      await look()
      await pause(20)
    }
  }
  const look = async () => {
    const { connections, unclean } = await pools.look()
    figures.connections += connections
    figures.faults.push(...unclean.map((found) => `a connection came back with ${found}`))
  }
  try {
    await Promise.all([...all.map(run), fail()])
    await look()
    return figures
  } finally {
    pools.stop()
  }
}

const total = ({ answers }: Figures) => answers.query + answers.ingest + answers.mutation

/** In turn: a key and a session of each tenant, and of the first one all that see some accounts alone. */
async function aClient(db: Database, index: number): Promise<Client> {
  const limited = Object.values(LIMITED)
  const kind = index % (4 + limited.length)
  const tenantId = TENANTS[kind % 2 && kind < 4 ? 1 : 0] as TenantId // an index of two
  const other = tenantId === 'tenant-a' ? 'tenant-b' : 'tenant-a'
  const foreign = [...ACCOUNTS[other].flatMap(secretsOf), `sentinel-${other}`]
  if (kind < 2) return { tenantId, writes: true, token: await aPowerfulKey(db, tenantId), forbidden: foreign }
  if (kind < 4) return { tenantId, writes: false, token: await aSession(db, tenantId), forbidden: foreign }
  const forbidden = [...foreign, ...secretsOf('sibling')]
  return { tenantId, writes: false, token: await limited[kind - 4]!(db), forbidden }
}

type Asking = { number: number; operations: readonly { query: string }[]; figures: Figures }

async function ask(app: App, { token, tenantId, writes, forbidden }: Client, { number, operations, figures }: Asking) {
  const kind = kindOf(writes)
  const leaves = number % 20 === 7
  const gone = new AbortController()
  const headers = {
    authorization: `Bearer ${token}`,
    ...(token.startsWith('nbs_') ? { origin: TEST_ORIGIN } : {}),
    'content-type': kind === 'ingest' ? 'application/x-ndjson' : 'application/json',
  }
  const name = `sentinel-${tenantId}-${number}`
  const asked = {
    query: () => JSON.stringify({ query: operations[Math.floor(Math.random() * operations.length)]!.query }),
    mutation: () =>
      JSON.stringify({
        query: `mutation { saveSegment(input: { name: "${name}", rule: { seats: { min: 0 } } }) { name accounts } }`,
      }),
    ingest: () => JSON.stringify({ kind: 'account', id: name, at: '2026-01-05T00:00:00Z', account: name, name }),
  }
  const init = { method: 'POST', headers, body: asked[kind](), signal: gone.signal }
  const answering = app(new Request(`${ADDRESS}${kind === 'ingest' ? '/ingest/events' : '/graphql'}`, init))
  if (leaves) {
    figures.injected.aborts += 1
    setTimeout(() => gone.abort(), Math.random() * 5)
  }
  const response = await answering
  const text = await response.text()
  figures.answers[kind] += 1
  figures.byStatus[response.status] = (figures.byStatus[response.status] ?? 0) + 1
  const seen = forbidden.filter((secret) => text.includes(secret))
  if (seen.length > 0) figures.faults.push(`a client of ${tenantId} was told ${seen} of somebody else by ${init.body}`)
  if (response.status >= 500 && !leaves) figures.faults.push(`${init.body} was answered ${response.status} ${text}`)
}

function kindOf(writes: boolean): keyof Figures['answers'] {
  const drawn = Math.random()
  if (!writes || drawn > 0.4) return 'query'
  return drawn < 0.2 ? 'mutation' : 'ingest'
}

/** Transactions that end badly, on connections that the others take next. */
async function goWrong(db: Database, { injected }: Figures): Promise<void> {
  const inside = { tenantId: 'tenant-b', viewer: 'TENANT' } as const
  const failing = [
    db.withTenant(inside, (tx) => tx.$queryRaw`SELECT 1 / (SELECT count(*) - count(*) FROM account)`),
    db.withTenant(inside, (tx) => tx.$queryRaw`SELECT * FROM nowhere`.catch(() => 'swallowed')),
  ]
  injected.errors += failing.length
  // The embedded engine knows no deadline of a statement.
  if (db.engine === 'postgresql') {
    failing.push(db.withTenant(inside, (tx) => tx.$queryRaw`SELECT pg_sleep(0.3)::text`, { timeoutMs: 30 }))
    injected.deadlines += 1
  }
  const ended = await Promise.allSettled(failing)
  if (ended.some(({ status }) => status === 'fulfilled')) throw new Error('What was to fail did not.')
}
