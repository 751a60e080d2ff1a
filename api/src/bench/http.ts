import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type Database } from '@nobishiro/prisma'
import { Command } from 'commander'
import { pino } from 'pino'
import { createApp } from '../app.ts'
import { table } from '../cli/print.ts'
import type { Store } from '../facts/column-store.ts'
import type { FactsCache } from '../facts/facts-cache.ts'
import { type Bench, benchOf, type Measured } from './bench-of.ts'
import { DASHBOARD } from './dashboard.ts'
import { atLeastTimes, atMost, atMostTimes, type Figure } from './figure.ts'
import { largeTenant } from './large-tenant.ts'
import { median, spellCount, whole } from './numbers.ts'
import { aBenchKey } from './plant.ts'

type Options = { accounts: string; rounds: string }

/** Times as many answers given again; times the cost of `{ __typename }`; milliseconds of six questions, by how many accounts there are. */
const TARGETS = { again: 50, unchanged: 1.3, worked: (accounts: number) => (accounts <= 20_000 ? 50 : 100) } as const
/** What is given again takes so little that once a turn would measure the machine. */
const REPEATS = 5
/** `pnpm bench http` */
export function httpBench(): Bench {
  const command = new Command('http')
    .description(
      'A dashboard of six questions through the whole server without a socket: worked out, given again, unchanged',
    )
    .option('--accounts <count>', 'accounts of the generated tenant', '20000')
    .option('--rounds <count>', 'times that each is measured; the median counts', '7')
  return benchOf(command, measure, { runs: [[], ['--accounts', '200000', '--rounds', '3']] })
}

async function measure({ accounts, rounds }: Options): Promise<Measured> {
  const [size, turns] = [whole(accounts, '--accounts'), whole(rounds, '--rounds')]
  const folder = await mkdtemp(join(tmpdir(), 'nobishiro-bench-'))
  const db = await connect({ dataDir: folder })
  try {
    const times = await timesOf(db, size, turns)
    return {
      text: describe(size, times),
      value: { accounts: size, times },
      scale: `${spellCount(size)} accounts, 36 months`,
      figures: figuresOf(size, times),
    }
  } finally {
    await db.close()
    await rm(folder, { recursive: true })
  }
}

type Times = Record<'worked' | 'again' | 'unchanged' | 'typename', number>

async function timesOf(db: Database, accounts: number, turns: number): Promise<Times> {
  const { store, now } = largeTenant(accounts)
  const tenant = { id: store.tenantId, name: 'Bench', currency: store.currency, timeZone: store.timeZone }
  await db.withTenant({ tenantId: tenant.id, viewer: 'TENANT' }, (tx) => tx.tenant.create({ data: tenant }))
  const token = await aBenchKey(db, tenant.id, 'read')
  const facts = movable(store)
  let asked = 0
  const app = createApp({
    ...{ db, logger: pino({ level: 'silent' }), secret: 'a secret of forty characters for a bench.', production: true },
    factsCache: facts.cache,
    origins: [],
    // Points come back by the clock: enough for every question.
    now: () => new Date(now.getTime() + asked * 200),
  })
  const ask = async (query: string, headers: Record<string, string> = {}): Promise<Response> => {
    asked += 1
    const request = new Request('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
      body: JSON.stringify({ query }),
    })
    const response = await app(request)
    if (response.status !== (headers['if-none-match'] ? 304 : 200))
      throw new Error(`${response.status} ${await response.text()}`)
    return response
  }
  return timed(ask, facts.move, turns)
}

type Ask = (query: string, headers?: Record<string, string>) => Promise<Response>

async function timed(ask: Ask, move: () => void, turns: number): Promise<Times> {
  const times = { worked: [] as number[], again: [] as number[], unchanged: [] as number[], typename: [] as number[] }
  const clock = async (list: number[], questions: readonly (() => Promise<Response>)[]): Promise<string[]> => {
    const etags: string[] = []
    const began = performance.now()
    for (const question of questions) {
      const response = await question()
      await response.text()
      etags.push(response.headers.get('etag') ?? '')
    }
    list.push(performance.now() - began)
    return etags
  }
  for (let turn = -2; turn < turns; turn += 1) {
    move()
    const into = (name: keyof Times) => (turn < 0 ? [] : times[name]) // the first turns warm up
    const etags = await clock(
      into('worked'),
      DASHBOARD.map((query) => () => ask(query)),
    )
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const again = await clock(
        into('again'),
        DASHBOARD.map((query) => () => ask(query)),
      )
      if (etags.includes('') || etags.join() !== again.join()) throw new Error('The answers were not kept.')
      await clock(
        into('unchanged'),
        DASHBOARD.map((query, place) => () => ask(query, { 'if-none-match': etags[place] ?? '' })),
      )
      await clock(
        into('typename'),
        DASHBOARD.map(() => () => ask('{ __typename }')),
      )
    }
  }
  const [worked, again, unchanged, typename] = [times.worked, times.again, times.unchanged, times.typename].map(median)
  return { worked: worked!, again: again!, unchanged: unchanged!, typename: typename! } // one for each
}

/** Facts whose version moves when it is told to, over the same columns. */
function movable(first: Store): { cache: FactsCache; move: () => void } {
  let store = first
  return {
    move: () => {
      // New columns too: what follows from them is worked out anew, as for any new version.
      store = { ...store, version: store.version + 1n, changes: { ...store.changes } }
    },
    cache: {
      current: async () => store,
      read: async () => store,
      readAsOf: async () => store,
    },
  }
}

function figuresOf(accounts: number, { worked, again, unchanged, typename }: Times): Figure[] {
  const size = `${spellCount(accounts)} accounts`
  const answers = (time: number) => ({ value: DASHBOARD.length / (time / 1_000), unit: 'answers/s' as const })
  return [
    {
      what: `dashboard of six widgets, warm, worked out, ${size}`,
      ours: { value: worked, unit: 'ms' },
      target: atMost(TARGETS.worked(accounts)),
      limit:
        'Passes over the change points: each of six questions goes over all of them, of which levels for NRR and GRR and the largest accounts of a waterfall cost most.',
    },
    {
      what: `the same, given again, ${size}`,
      ours: answers(again),
      baseline: { name: 'worked out', ...answers(worked) },
      target: atLeastTimes(TARGETS.again),
      limit: 'What is worked out is so cheap that a request itself weighs more than a fiftieth of it.',
    },
    {
      what: `the same, unchanged (304), ${size}`,
      ours: { value: unchanged, unit: 'ms' },
      baseline: { name: 'as many { __typename }', value: typename, unit: 'ms' },
      target: atMostTimes(TARGETS.unchanged),
      limit: 'The longer body of the request is read and hashed.',
    },
  ]
}

function describe(accounts: number, { worked, again, unchanged, typename }: Times): string {
  const milliseconds = (time: number) => `${time.toFixed(2)} ms`
  const verdict = (isMet: boolean) => (isMet ? 'met' : 'missed')
  const [times, share] = [worked / again, unchanged / typename]
  return [
    `${spellCount(accounts)} accounts, 36 months; six questions one after the other, through the server without a socket.`,
    table(
      ['six questions', 'time', 'against'],
      [
        ['worked out', milliseconds(worked), ''],
        ['given again', milliseconds(again), `${times.toFixed(0)} x as many as worked out`],
        ['unchanged (304)', milliseconds(unchanged), `${share.toFixed(2)} x { __typename }`],
        ['{ __typename }, kept', milliseconds(typename), ''],
      ],
    ),
    `Targets: at least ${TARGETS.again} x as many: ${verdict(times >= TARGETS.again)}; at most ${TARGETS.unchanged} x { __typename }: ${verdict(share <= TARGETS.unchanged)}.`,
  ].join('\n')
}
