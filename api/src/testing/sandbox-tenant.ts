import type { Database } from '@nobishiro/prisma'
import { accept } from '../ingest/accept.ts'
import type { ObservationEvent } from '../ingest/event.ts'
import type { Received } from '../ingest/received.ts'
import { readStripe } from '../ingest/sources/stripe/stripe.ts'
import { declareCosts } from '../simulator/seed-demo.ts'
import { customersOf, type Span, simulate, threeYearsBefore } from '../simulator/simulate.ts'
import { toldByMonth } from '../simulator/told.ts'
import { usageByMonth } from '../simulator/usage.ts'
import { VENDOR } from '../simulator/vendor.ts'

const SOURCE = 'stripe'
/** One customer of the demo vendor in so many, of those who buy in yen, so that the recording stays small; Aozora is the first. */
const ONE_IN = 8

/** A small tenant out of the demo vendor's customers, delivered through the real ingest path at a fixed time. */
export async function sandboxTenant(db: Database, now: Date, seed: string): Promise<string> {
  const { tenantId: id, name, timeZone, currency } = VENDOR
  const through = new Date(now.getTime() - 86_400_000)
  await db.withTenant({ tenantId: id, viewer: 'TENANT' }, async (tx) => {
    await tx.tenant.create({ data: { id, name, timeZone, currency } })
    await tx.source.create({ data: { tenantId: id, name: SOURCE, kind: 'STRIPE', through } })
  })
  await declareCosts(db, now)
  const span = { seed, from: threeYearsBefore(now), until: now }
  const context = { tenantId: id, source: SOURCE, clock: () => now }
  for (const outcome of await accept(db, context, [...deliveries(span)])) {
    if (outcome.outcome === 'CONFLICT') throw new Error(`${outcome.externalId}: ${outcome.reason}`)
  }
  return id
}

function* deliveries(span: Span): Iterable<Received> {
  const kept = new Set(
    customersOf(span)
      .filter(({ steps }, index) => index % ONE_IN === 0 && steps[0]?.contract.currency === 'jpy')
      .map(({ id }) => id),
  )
  for (const { body } of simulate(span)) {
    const received = readStripe(body, SOURCE)
    if (received.account === null || kept.has(received.account)) yield received
  }
  for (const { month, rows } of usageByMonth(span)) {
    const mine = rows.filter(({ account }) => kept.has(account))
    yield {
      externalId: `usage-${month}`,
      kind: 'usage',
      raw: new TextEncoder().encode(JSON.stringify(mine)),
      eventTime: `${mine[0]?.day}T14:59:59Z`,
      account: null,
      events: mine.map(({ account, metric, day, quantity }) => ({
        type: 'usage',
        account,
        metric,
        day,
        quantity: String(quantity),
      })),
    }
  }
  for (const { month, events } of toldByMonth(span)) {
    const mine = events.filter(({ account }) => account === undefined || kept.has(account)).map(scaled)
    yield {
      externalId: `told-${month}`,
      kind: 'observations',
      raw: new TextEncoder().encode(JSON.stringify(mine)),
      eventTime: `${month}-28T14:59:59Z`,
      account: null,
      events: mine,
    }
  }
}

/** Spend of a vendor with so many fewer customers. */
const scaled = (event: ObservationEvent): ObservationEvent =>
  event.kind === 'SPEND' ? { ...event, amount: String(Math.round(Number(event.amount) / ONE_IN)) } : event
