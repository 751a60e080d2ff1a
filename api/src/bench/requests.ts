import autocannon from 'autocannon'
import { Command } from 'commander'
import pg from 'pg'
import { createDatabase, dropAll } from '../testing/db.ts'
import { type Bench, benchOf, type Measured } from './bench-of.ts'
import { atLeastTimes, type Figure } from './figure.ts'
import { figuresTable } from './figures-table.ts'
import { largeTenant } from './large-tenant.ts'
import { median, spellCount, whole } from './numbers.ts'
import { planted } from './plant.ts'
import { RAW, type RawName } from './raw-answers.ts'
import { type Side, startSide } from './side-process.ts'

type Options = { accounts: string; rounds: string; seconds: string; connections: string }

/** A key gets a hundred points back in a second. */
const MS_A_POINT = 10

/** `points` are at least what a request costs. */
type Case = { points: number; what: string; baseline: string; target: number; limit: string }

const CASES: Record<RawName, Case> = {
  metrics: {
    points: 20,
    what: 'metrics operation over HTTP, never the same twice',
    baseline: 'by hand, from a table that has the values ready',
    target: 0.6,
    limit:
      'Reading two dozen rows takes a fifth of a millisecond. Two metrics are worked out from every change point, and the request passes a credential, limits and the executor of GraphQL.',
  },
  workedOut: {
    points: 20,
    what: 'the same',
    baseline: 'by hand, by SQL over the change points',
    target: 0.6,
    limit: 'The request passes a credential, limits and the executor of GraphQL.',
  },
  accounts: {
    points: 60,
    what: 'list of 50 accounts with 5 movements each over HTTP',
    baseline: 'by hand, from tables that have the rows ready',
    target: 0.3,
    limit:
      'Movements are made of the change points for every account apart, which is a quarter of the time; the executor of GraphQL visits some 2,000 fields.',
  },
}

/** `pnpm bench requests` */
export function requestsBench(): Bench {
  const command = new Command('requests')
    .description('Requests a second over HTTP against node:http, pg and JSON.stringify of the same bytes, in turns')
    .option('--accounts <count>', 'accounts of the generated tenant', '500')
    .option('--rounds <count>', 'times that both sides take turns; the median counts', '3')
    .option('--seconds <count>', 'of one turn', '2')
    .option('--connections <count>', 'that ask at the same time', '8')
    .addHelpText('after', '\nRuns on PostgreSQL: TEST_DATABASE_URL, or 127.0.0.1:5432. Makes a database and drops it.')
  return benchOf(command, measure)
}

async function measure(options: Options): Promise<Measured> {
  const accounts = whole(options.accounts, '--accounts')
  const load = {
    turns: whole(options.rounds, '--rounds'),
    seconds: whole(options.seconds, '--seconds'),
    connections: whole(options.connections, '--connections'),
  }
  const databases: string[] = []
  const url = await createDatabase(databases)
  const tenant = largeTenant(accounts)
  try {
    const token = await planted(url, tenant, 'read')
    const rates: Rates[] = []
    for (const name of ['metrics', 'workedOut', 'accounts'] as const) {
      rates.push(await ratesOf(name, { url, token, now: tenant.now, ...load }))
    }
    return {
      text: figuresTable(rates.map(figureOf)),
      value: { accounts, ...load, rates },
      scale: `${spellCount(accounts)} accounts, ${load.connections} connections, ${load.turns} turns of ${load.seconds} s`,
      figures: rates.map(figureOf),
    }
  } finally {
    await dropAll(databases)
  }
}

type Rates = { name: RawName; ours: number; raw: number; bytes: number }
type Field = { url: string; token: string; now: Date; turns: number; seconds: number; connections: number }

/** Both servers run all the time and are asked in turns, after the answers were found to be the same. */
async function ratesOf(name: RawName, field: Field): Promise<Rates> {
  const { query, everything } = RAW[name]
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${field.token}` }
  const ours = await startSide(new URL('./serve-ours.ts', import.meta.url), [
    ...[field.url, field.now.toISOString()],
    String(CASES[name].points * MS_A_POINT),
  ])
  let raw: Side | undefined
  try {
    const answer = await ask(ours, query, headers)
    await writeTables(field.url, name, JSON.parse(await ask(ours, everything, headers)).data)
    raw = await startSide(new URL('./serve-raw.ts', import.meta.url), [field.url, name])
    const theirs = await ask(raw, query, headers)
    if (dataOf(answer) !== dataOf(theirs))
      throw new Error(`${name}: the answers differ.\nours ${answer.slice(0, 600)}\nraw  ${theirs.slice(0, 600)}`)
    const rates = { ours: [] as number[], raw: [] as number[] }
    for (let turn = -1; turn < field.turns; turn += 1) {
      const [here, there] = [await rateOf(ours, query, headers, field), await rateOf(raw, query, headers, field)]
      if (turn < 0) continue // the first turn warms up
      rates.ours.push(here)
      rates.raw.push(there)
    }
    return { name, ours: median(rates.ours), raw: median(rates.raw), bytes: Buffer.byteLength(answer) }
  } finally {
    await ours.stop()
    await raw?.stop()
  }
}

const ask = async ({ url }: Side, query: string, headers: Record<string, string>): Promise<string> => {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
  const text = await response.text()
  if (response.status === 200 && !text.includes('"errors"')) return text
  throw new Error(`${response.status} ${text.slice(0, 600)}`)
}

/** What an answer says before it says what it cost. */
const dataOf = (answer: string): string => answer.slice(0, answer.lastIndexOf(',"extensions"'))

async function writeTables(url: string, name: RawName, data: unknown): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await RAW[name].write(client, data as never) // as the API answered the question of that name
    await client.query('ANALYZE')
  } finally {
    await client.end()
  }
}

/** Requests a second of bodies of which none comes twice, so that none is answered from what was kept. */
async function rateOf(
  { url }: Side,
  query: string,
  headers: Record<string, string>,
  { seconds, connections }: Field,
): Promise<number> {
  const { requests, duration, non2xx, errors, timeouts } = await autocannon({
    url: `${url}/graphql`,
    ...{ method: 'POST', headers, connections, duration: seconds },
    requests: [
      {
        setupRequest: (request) => {
          asked += 1
          return { ...request, body: JSON.stringify({ query, extensions: { asked } }) }
        },
      },
    ],
  })
  if (non2xx + errors + timeouts > 0) throw new Error(`${non2xx} requests were refused, ${errors + timeouts} failed.`)
  return requests.total / duration
}
let asked = 0

function figureOf({ name, ours, raw, bytes }: Rates): Figure {
  const { what, baseline, target, limit } = CASES[name]
  return {
    what: `${what}, ${spellCount(bytes)} bytes`,
    ours: { value: ours, unit: 'requests/s' },
    baseline: { name: baseline, value: raw, unit: 'requests/s' },
    target: atLeastTimes(target),
    limit,
  }
}
