import { connect } from '@nobishiro/prisma'
import { accept } from '../ingest/accept.ts'
import { readStripe } from '../ingest/sources/stripe/stripe.ts'
import { verify } from '../ledger/verify.ts'
import { aTenant } from '../testing/build.ts'
import { stripeEvents } from './stripe-events.ts'

export type EventIngest = {
  events: number
  lines: number
  /** Events a second: from bytes to committed ledger, and of that the share of time this process computes. */
  rate: number
  parseSeconds: number
  ownSeconds: number
  seconds: number
}

/** Bytes of webhooks to posted ledger, one connection, in batches, verified afterwards. */
export async function eventIngest(
  url: string,
  { events, accounts, batch }: { events: number; accounts: number; batch: number },
): Promise<EventIngest> {
  const db = await connect({ url, poolSize: 1 })
  try {
    const context = await aTenant(db, { id: 'events' })
    const batches: Buffer[][] = []
    for (let from = 0; from < events; from += batch)
      batches.push(stripeEvents({ accounts, events: Math.min(batch, events - from), from }))
    let parseSeconds = 0
    const cpu = process.cpuUsage()
    const started = performance.now()
    for (const bodies of batches) {
      const parsing = performance.now()
      const received = bodies.map((body) => readStripe(body, context.source))
      parseSeconds += (performance.now() - parsing) / 1_000
      await accept(db, context, received)
    }
    const seconds = (performance.now() - started) / 1_000
    const { user, system } = process.cpuUsage(cpu)
    const proof = await verify(db, context.tenantId, new Date())
    if (!proof.ok) throw new Error('The ledger that was measured does not verify')
    return {
      events,
      lines: proof.lines,
      rate: events / seconds,
      parseSeconds,
      ownSeconds: (user + system) / 1e6,
      seconds,
    }
  } finally {
    await db.close()
  }
}
