import { connect } from '@nobishiro/prisma'
import { accept } from '../ingest/accept.ts'
import type { Received } from '../ingest/received.ts'
import { readStripe } from '../ingest/sources/stripe/stripe.ts'
import { verify } from '../ledger/verify.ts'
import { aTenant } from '../testing/build.ts'
import { csvRowReader, csvRows } from './csv-events.ts'
import { databaseTime } from './database-time.ts'
import { stripeEvents } from './stripe-events.ts'

export type Size = { events: number; accounts: number; batch: number }

export type EventIngest = Size & {
  feed: string
  lines: number
  /** Events a second, from bytes to committed ledger. */
  rate: number
  seconds: number
  /** Seconds by what they went into: parsing, the database by purpose, and what is left to this process. */
  spent: Record<string, number>
  /** Of that this process was computing: on a busy machine the rest is waiting for a processor. */
  cpuSeconds: number
}

type Feed = {
  name: string
  kind: 'STRIPE' | 'CSV'
  make: (size: { events: number; accounts: number; from: number }) => Buffer[]
  read: () => (bodies: readonly Buffer[]) => Received[]
}

export const FEEDS: readonly Feed[] = [
  {
    name: 'Stripe webhooks',
    kind: 'STRIPE',
    make: stripeEvents,
    read: () => (bodies) => bodies.map((body) => readStripe(body, 'stripe')),
  },
  { name: 'CSV rows', kind: 'CSV', make: csvRows, read: csvRowReader },
]

/** Bytes to posted ledger, one connection, in batches, verified afterwards. */
export async function eventIngest(url: string, feed: Feed, size: Size): Promise<EventIngest> {
  const { events, accounts, batch } = size
  const db = await connect({ url, poolSize: 1 })
  try {
    const id = `events-${feed.kind.toLowerCase()}`
    const context = await aTenant(db, { id, kind: feed.kind, source: feed.kind.toLowerCase() })
    const batches: Buffer[][] = []
    for (let from = 0; from < events; from += batch)
      batches.push(feed.make({ accounts, events: Math.min(batch, events - from), from }))
    const read = feed.read()
    let parse = 0
    const cpu = process.cpuUsage()
    const started = performance.now()
    const database = await databaseTime(async () => {
      for (const bodies of batches) {
        const parsing = performance.now()
        const received = read(bodies)
        parse += (performance.now() - parsing) / 1_000
        await accept(db, context, received)
      }
    })
    const seconds = (performance.now() - started) / 1_000
    const { user, system } = process.cpuUsage(cpu)
    const waited = [...database.values()].reduce((sum, each) => sum + each, 0)
    const proof = await verify(db, context.tenantId, new Date())
    if (!proof.ok) throw new Error('The ledger that was measured does not verify')
    return {
      ...size,
      feed: feed.name,
      lines: proof.lines,
      rate: events / seconds,
      seconds,
      cpuSeconds: (user + system) / 1e6,
      spent: { parse, ...Object.fromEntries(database), 'fold, classify, encode': seconds - parse - waited },
    }
  } finally {
    await db.close()
  }
}
