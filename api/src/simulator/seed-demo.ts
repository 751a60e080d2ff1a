import type { Database } from '@nobishiro/prisma'
import { accept } from '../ingest/accept.ts'
import type { ObservationEvent } from '../ingest/event.ts'
import { importRates } from '../ingest/import-rates.ts'
import type { Received } from '../ingest/received.ts'
import { recordSetting, settingsOf } from '../ingest/settings.ts'
import { readStripe } from '../ingest/sources/stripe/stripe.ts'
import { arrivals } from './arrivals.ts'
import { DAY, dayOf } from './calendar.ts'
import { ratesOf } from './rates.ts'
import { type Span, simulate, threeYearsBefore } from './simulate.ts'
import { toldByMonth } from './told.ts'
import { type UsageRow, usageByMonth, usageCsv } from './usage.ts'
import { VENDOR } from './vendor.ts'

export const DEMO_SEED = 'hibiki-36'
const SOURCE = 'stripe'
/** Events of one transaction. */
const BATCH = 400

export type DemoProgress = { done: number; total: number }

/**
 * Creates the demo tenant and delivers its history up to now through the real ingest path. What is there already is not
 * delivered again, so a seeding that was cut off is completed, and a later one adds what has happened since.
 */
export async function seedDemo(
  db: Database,
  options: { clock: () => Date; onProgress?: (progress: DemoProgress) => void },
): Promise<void> {
  const until = options.clock()
  const context = { tenantId: VENDOR.tenantId, source: SOURCE, clock: options.clock }
  await createTenant(db)
  await declareCosts(db, until)
  const stored = await deliveredAlready(db)
  const span = { seed: DEMO_SEED, from: stored.from ?? threeYearsBefore(until), until }
  await importRates(db, { tenantId: VENDOR.tenantId, clock: options.clock }, ratesOf(span))
  const missing = deliveries(span).filter(({ externalId }) => !stored.ids.has(externalId))
  options.onProgress?.({ done: 0, total: missing.length })
  for (let start = 0; start < missing.length; start += BATCH) {
    const batch = missing.slice(start, start + BATCH).map(({ read }) => read())
    await accept(db, { ...context, loading: start + BATCH < missing.length }, batch)
    options.onProgress?.({ done: start + batch.length, total: missing.length })
  }
  await declareThrough(db, dayOf(new Date(until.getTime() - DAY)))
}

type Delivery = { externalId: string; read: () => Received }

/** Everything that was sent up to now: webhooks, and for each month one file of measurements and one of what else was told. */
function deliveries(span: Span): Delivery[] {
  const webhooks = arrivals(simulate(span), span).map(({ id, body }) => ({
    externalId: id,
    read: () => readStripe(body, SOURCE),
  }))
  const files = usageByMonth(span).map(({ month, rows }) => {
    const externalId = `usage-${month}`
    return { externalId, read: () => readUsage(externalId, rows) }
  })
  const told = toldByMonth(span).map(({ month, events }) => {
    const externalId = `told-${month}`
    return { externalId, read: () => readTold(externalId, events) }
  })
  return [...webhooks, ...files, ...told]
}

/** A month's facts beside revenue as one delivery, a line each. */
function readTold(externalId: string, events: ObservationEvent[]): Received {
  return {
    externalId,
    kind: 'observations',
    raw: new TextEncoder().encode(events.map((event) => JSON.stringify(event)).join('\n')),
    eventTime: events[0]?.at ?? '1970-01-01T00:00:00.000Z',
    account: null,
    events,
  }
}

/** A month's file as one delivery: its rows name accounts as Stripe does. */
function readUsage(externalId: string, rows: readonly UsageRow[]): Received {
  const day = rows[0]?.day ?? '1970-01-01'
  return {
    externalId,
    kind: 'usage',
    raw: new TextEncoder().encode(usageCsv(rows)),
    eventTime: new Date(`${day}T23:59:59+09:00`).toISOString(),
    account: null,
    events: rows.map((row) => ({
      type: 'usage',
      account: row.account,
      metric: row.metric,
      day: row.day,
      quantity: String(row.quantity),
    })),
  }
}

const door = { tenantId: VENDOR.tenantId, viewer: 'TENANT' } as const

async function createTenant(db: Database): Promise<void> {
  const { tenantId: id, name, timeZone, currency } = VENDOR
  await db.withTenant(door, async (tx) => {
    await tx.tenant.createMany({ data: [{ id, name, timeZone, currency }], skipDuplicates: true })
    await tx.source.createMany({ data: [{ tenantId: id, name: SOURCE, kind: 'STRIPE' }], skipDuplicates: true })
  })
}

/** What the vendor keeps of its revenue, and what its spend is for; said once. */
export async function declareCosts(db: Database, now: Date): Promise<void> {
  const { tenantId } = VENDOR
  await db.withTenant(door, async (tx) => {
    if ((await settingsOf(tx, tenantId, 'costs')).length > 0) return
    const { version } = await tx.tenant.update({
      where: { id: tenantId },
      data: { version: { increment: 1 } },
      select: { version: true },
    })
    const expansionShare = { marketing: '0.15', sales: '0.3', 'customer success': '1' }
    const costs = { grossMargin: '0.78', lag: 1, expansionShare }
    await recordSetting(
      tx,
      { tenantId, version },
      { type: 'costs', at: now.toISOString(), costs, reason: 'As budgeted.' },
    )
  })
}

/** Ids that are in the inbox, and the month the history began with. */
async function deliveredAlready(db: Database): Promise<{ ids: Set<string>; from: Date | null }> {
  const rows = await db.withTenant(door, (tx) =>
    tx.inbox.findMany({
      where: { tenantId: VENDOR.tenantId, source: SOURCE },
      select: { externalId: true, eventTime: true },
      orderBy: { eventTime: 'asc' },
    }),
  )
  const [first] = rows
  const from = first ? new Date(`${dayOf(first.eventTime).slice(0, 7)}-01T00:00:00+09:00`) : null
  return { ids: new Set(rows.map((row) => row.externalId)), from }
}

/** A demo has heard everything up to yesterday, also where nothing happened. */
async function declareThrough(db: Database, day: string): Promise<void> {
  await db.withTenant(door, (tx) =>
    tx.source.updateMany({
      where: { tenantId: VENDOR.tenantId, name: SOURCE, OR: [{ through: null }, { through: { lt: new Date(day) } }] },
      data: { through: new Date(day) },
    }),
  )
}
