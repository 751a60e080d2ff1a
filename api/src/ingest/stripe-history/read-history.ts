import type { Database } from '@nobishiro/prisma'
import { ExpectedError } from '../../shared/errors.ts'
import { accept } from '../accept.ts'
import type { Received } from '../received.ts'
import {
  type EntityKind,
  entityReceived,
  idOf,
  subscriptionIdOf,
  subscriptionReceived,
} from '../sources/stripe/history/received.ts'
import type { HistoryReader } from './reader.ts'
import { type HistoryReport, reportOf } from './report.ts'
import { beginning, ending, type HistoryRun, openRun, reachedOf } from './runs.ts'
import { count, noTally, storedTally, type Tally } from './tally.ts'
import { loadVersions, newsOf, type Versions } from './told.ts'

/** Objects delivered in one transaction. A run that is stopped reads at most the last batch again. */
const BATCH = 100
const SUBSCRIPTION_BATCH = 25
/** Subscriptions whose invoices are asked for at a time. */
const AT_ONCE = 8

export type HistoryDependencies = {
  db: Database
  clock: () => Date
  onProgress?: (step: { file: string; rows: number }) => void
}

export type HistoryRequest = {
  tenantId: string
  source: string
  since: string | null
  dryRun: boolean
  /** As of when; now where the source is read live. */
  asOf?: string
  reader: (run: HistoryRun) => HistoryReader
}

type Objects = Map<string, Record<string, unknown>>
type Asked = Map<string, Promise<unknown>>

type Reading = {
  dependencies: HistoryDependencies
  request: HistoryRequest
  run: HistoryRun
  reader: HistoryReader
  versions: Versions
  tally: Tally
  isBegun: boolean
  added: number
}

/**
 * Reads a vendor's history, batch by batch, each delivered as a webhook would be. Stopped anywhere it goes on with the next call, as
 * of the same instant, and ends in the same ledger. What was told before and has not changed is not told again.
 */
export async function readHistory(dependencies: HistoryDependencies, request: HistoryRequest): Promise<HistoryReport> {
  const { db, clock } = dependencies
  const now = request.asOf ?? secondBefore(clock())
  const run = await inside(dependencies, request, (tx) => openRun(tx, request, { now, since: request.since }))
  if (run.isResumed && run.since !== request.since) throw otherSince(run)
  const versions = await loadVersions(db, request)
  const reader = request.reader(run)
  const reading: Reading = {
    dependencies,
    request,
    run,
    reader,
    versions,
    tally: noTally(),
    isBegun: run.isResumed,
    added: 0,
  }
  await readEntities(reading, 'product', reader.products())
  const known = await readKnown(reading)
  await readEntities(reading, 'customer', reader.customers(await reached(reading, 'history.customer')))
  await readSubscriptions(reading, known)
  await readEntities(reading, 'schedule', reader.schedules())
  await finish(reading)
  return report(reading)
}

async function report({ dependencies, request, run, added, tally }: Reading): Promise<HistoryReport> {
  const { tenantId, source, dryRun } = request
  const tenant = await inside(dependencies, request, (tx) => tx.tenant.findUniqueOrThrow({ where: { id: tenantId } }))
  const isPart = run.isResumed && run.number === 1 && !dryRun
  const told = { tenant: tenantId, source, dryRun, resumed: run.isResumed, asOf: run.asOf, since: run.since, added }
  return reportOf(told, isPart ? await storedTally(dependencies.db, request) : tally, tenant.timeZone)
}

/** Webhooks say whole seconds: what happens in this one comes after what is read now. */
const secondBefore = (now: Date): string => new Date(Math.floor(now.getTime() / 1000) * 1000 - 1000).toISOString()

const inside = <T>(
  { db }: HistoryDependencies,
  { tenantId }: HistoryRequest,
  work: Parameters<typeof db.withTenant<T>>[1],
) => db.withTenant({ tenantId, viewer: 'TENANT' }, work)

const otherSince = ({ since }: HistoryRun) =>
  new ExpectedError(
    'CONFLICT',
    `A run that was stopped began ${since === null ? 'without --since' : `with --since ${since}`}. Finish it in the same way first.`,
  )

async function readEntities(reading: Reading, kind: EntityKind, objects: AsyncIterable<unknown>): Promise<void> {
  for await (const batch of inBatches(objects, BATCH))
    await deliver(
      reading,
      batch.map((object) => entityReceived(object, kind, momentOf(reading))),
    )
}

/**
 * Prices are delivered like the others, and kept: subscriptions and lines name them by id. So are coupons. Webhooks may name both
 * alone later.
 */
async function readKnown(reading: Reading): Promise<Objects> {
  const known: Objects = new Map()
  const keep = (object: unknown) => known.set(idOf(object), object as Record<string, unknown>) // Stripe lists objects
  for await (const batch of inBatches(reading.reader.prices(), BATCH)) {
    batch.forEach(keep)
    await deliver(
      reading,
      batch.map((price) => entityReceived(price, 'price', momentOf(reading))),
    )
  }
  for await (const batch of inBatches(reading.reader.coupons(), BATCH)) {
    batch.forEach(keep)
    await deliver(
      reading,
      batch.map((coupon) => entityReceived(coupon, 'coupon', momentOf(reading))),
    )
  }
  return known
}

async function readSubscriptions(reading: Reading, known: Objects): Promise<void> {
  const { reader } = reading
  const pending = new Map<string, unknown[]>()
  for await (const item of reader.pendingItems()) {
    const id = subscriptionIdOf(item)
    if (id !== undefined) pending.set(id, [...(pending.get(id) ?? []), item])
  }
  const asked: Asked = new Map()
  for await (const batch of inBatches(
    reader.subscriptions(await reached(reading, 'history.subscription')),
    SUBSCRIPTION_BATCH,
  )) {
    const received = await eachOf(batch, async (object) => {
      const invoices = await reader.invoicesOf(idOf(object))
      await learnPrices(reading, known, asked, invoices)
      return subscriptionReceived(
        { object, invoices, pending: pending.get(idOf(object)) ?? [] },
        known,
        momentOf(reading),
      )
    })
    await deliver(reading, received.flat())
  }
}

/** Prices made for one subscription alone are not listed everywhere; what lines name and nothing shows is asked for once. */
async function learnPrices(
  { reader }: Reading,
  known: Objects,
  asked: Asked,
  invoices: readonly unknown[],
): Promise<void> {
  const named = new Set<string>()
  JSON.stringify(invoices, (name, value) => {
    if (name === 'price' && typeof value === 'string' && !known.has(value)) named.add(value)
    return value
  })
  for (const id of named) {
    const answer = asked.get(id) ?? reader.price(id)
    asked.set(id, answer)
    const price = await answer
    if (price !== undefined) known.set(id, price as Record<string, unknown>) // an object by its id
  }
}

/** In order, some at a time. */
async function eachOf<T, R>(list: readonly T[], work: (entry: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let start = 0; start < list.length; start += AT_ONCE)
    done.push(...(await Promise.all(list.slice(start, start + AT_ONCE).map(work))))
  return done
}

const momentOf = ({ request: { source }, run: { asOf, since } }: Reading) => ({ source, asOf, since })

/** Lists come newest first, so a first run that was stopped goes on from the oldest that it delivered. */
async function reached({ dependencies, request, run }: Reading, kind: string): Promise<string> {
  if (!run.isResumed || run.number > 1) return run.asOf
  return (await inside(dependencies, request, (tx) => reachedOf(tx, request, kind))) ?? run.asOf
}

async function deliver(reading: Reading, received: readonly Received[]): Promise<void> {
  const { dependencies, request, run, versions, tally } = reading
  const { db, clock, onProgress } = dependencies
  const news = await newsOf(db, request, versions, received)
  for (const item of received) count(tally, item)
  const name = `${received[0]?.kind.replace('history.', '')}s`
  onProgress?.({ file: name, rows: tally.read.get(name) ?? 0 })
  reading.added += news.length
  if (news.length === 0 || request.dryRun) return
  const first = reading.isBegun ? [] : [beginning(run)]
  await accept(db, { ...request, clock, loading: true }, [...first, ...news])
  reading.isBegun = true
}

/** The watermark moves. A later run that found nothing new leaves nothing else. */
async function finish({ dependencies: { db, clock }, request, run, isBegun }: Reading): Promise<void> {
  if (request.dryRun) return
  const marks =
    run.before && !isBegun
      ? [ending(run.before, run.asOf)]
      : [...(isBegun ? [] : [beginning(run)]), ending(run, run.asOf)]
  await accept(db, { ...request, clock }, marks)
}

async function* inBatches(objects: AsyncIterable<unknown>, size: number): AsyncGenerator<unknown[]> {
  let batch: unknown[] = []
  for await (const object of objects) {
    batch.push(object)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
