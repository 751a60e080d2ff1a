import type { Database, Tx } from '@nobishiro/prisma'
import { closePassedMonths } from '../ledger/close-passed.ts'
import { countsInvoices } from '../ledger/recognition.ts'
import { rulesOf } from '../ledger/rules-store.ts'
import { unsound } from '../ledger/unsound.ts'
import { ExpectedError } from '../shared/errors.ts'
import { apply } from './apply.ts'
import { withoutErased } from './erased.ts'
import { type InboxKey, insertInbox, keepConflicts } from './inbox.ts'
import { unsoundRate } from './rates.ts'
import type { Outcome, Received } from './received.ts'
import { setStraysAside } from './strays.ts'

export type AcceptContext = {
  tenantId: string
  source: string
  clock: () => Date
  /** More of the same history follows: no month closes until it is complete. */
  loading?: boolean
}

/**
 * Stores deliveries once and makes them count, in one transaction: when this resolves they are in the ledger, and when it
 * throws nothing of them is. The same delivery again is a DUPLICATE; the same id with another body is a CONFLICT, kept apart;
 * what cannot count is IGNORED, with the reason.
 */
export function accept(db: Database, context: AcceptContext, delivered: readonly Received[]): Promise<Outcome[]> {
  return db.withTenant({ tenantId: context.tenantId, viewer: 'TENANT' }, (tx) => acceptWithin(tx, context, delivered), {
    timeoutMs: 120_000,
  })
}

/** The same inside a transaction that also keeps something else, such as the answer to be given again. */
export async function acceptWithin(tx: Tx, context: AcceptContext, delivered: readonly Received[]): Promise<Outcome[]> {
  const key = { tenantId: context.tenantId, source: context.source }
  const held = await lockTenant(tx, key)
  const apart = await setStraysAside(
    tx,
    key,
    delivered.map((item) => setAside(item, key.source)),
  )
  const received = await withoutErased(tx, key, apart, held)
  const { first, again } = withinBatch(received)
  const stored = await insertInbox(tx, key, first, null)
  const conflicts = await keepConflicts(tx, key, [...first.filter((item) => !stored.has(item.externalId)), ...again])
  const fresh = await countingNow(
    tx,
    key,
    first.filter((item) => stored.has(item.externalId) && item.ignored === undefined),
  )
  if (fresh.length > 0) await apply(tx, key, fresh)
  await touchSource(tx, key, received, { changed: fresh.length > 0, now: context.clock() })
  if (!context.loading) await closePassedMonths(tx, key.tenantId, context.clock())
  return received.map((item, place) => ({
    ...outcomeOf(item, stored.delete(item.externalId), conflicts.has(item)),
    externalId: delivered[place]?.externalId ?? item.externalId,
  }))
}

/** Where the policy does not count invoices, a delivery that tells of nothing else moves nothing, and makes no version. */
async function countingNow(tx: Tx, { tenantId }: InboxKey, fresh: readonly Received[]): Promise<Received[]> {
  const others = fresh.filter(({ events }) => events.some(({ type }) => type !== 'invoice'))
  return others.length === fresh.length || countsInvoices(await rulesOf(tx, tenantId)) ? [...fresh] : others
}

/** One writer per tenant at a time. Also proves that tenant and source exist. */
export async function lockTenant(tx: Tx, { tenantId, source }: InboxKey): Promise<{ erasures: number }> {
  const [locked] = await tx.$queryRaw<{ erasures: number }[]>`
    SELECT erasures FROM tenant WHERE id = ${tenantId} FOR UPDATE`
  if (!locked) throw new ExpectedError('NOT_FOUND', `Tenant "${tenantId}" does not exist`)
  const known = await tx.source.count({ where: { tenantId, name: source } })
  if (known === 0) throw new ExpectedError('NOT_FOUND', `Tenant "${tenantId}" has no source "${source}"`)
  return locked
}

/** What the ledger cannot hold is kept with the reason and never stops the others. */
function setAside(item: Received, source: string): Received {
  const fault = item.ignored === undefined ? (unsound(item.events) ?? unsoundRate(item.events)) : null
  return fault === null ? item : { ...item, ignored: `${source}: ${fault}` }
}

function withinBatch(received: readonly Received[]): { first: Received[]; again: Received[] } {
  const first = new Map<string, Received>()
  const again: Received[] = []
  for (const item of received) {
    if (first.has(item.externalId)) again.push(item)
    else first.set(item.externalId, item)
  }
  return { first: [...first.values()], again }
}

function outcomeOf(item: Received, isNew: boolean, conflicting: boolean): Outcome {
  const { externalId, ignored } = item
  if (isNew)
    return ignored === undefined
      ? { externalId, outcome: 'POSTED' }
      : { externalId, outcome: 'IGNORED', reason: ignored }
  if (conflicting) {
    return {
      externalId,
      outcome: 'CONFLICT',
      reason: 'the same id arrived before with another body; it was kept apart and does not count',
    }
  }
  return { externalId, outcome: 'DUPLICATE' }
}

/**
 * The source's watermark is its latest event. Facts are as complete as it says, so a delivery that changes nothing else still makes
 * a new version when the watermark reaches another day.
 */
async function touchSource(
  tx: Tx,
  { tenantId, source }: InboxKey,
  received: readonly Received[],
  { changed, now }: { changed: boolean; now: Date },
): Promise<void> {
  const last = received
    .map((item) => item.eventTime)
    .sort()
    .at(-1)
  if (last === undefined) return
  await tx.$executeRaw`
    WITH before AS (
      SELECT (last_event_at AT TIME ZONE time_zone)::date AS day, time_zone FROM source JOIN tenant ON tenant.id = tenant_id
      WHERE tenant_id = ${tenantId} AND source.name = ${source}
    ), moved AS (
      UPDATE source SET last_event_at = greatest(last_event_at, ${last}::timestamptz), last_received_at = ${now}
      WHERE tenant_id = ${tenantId} AND name = ${source}
      RETURNING last_event_at
    )
    UPDATE tenant SET version = version + 1 FROM before, moved
    WHERE id = ${tenantId} AND NOT ${changed} AND before.day IS DISTINCT FROM (moved.last_event_at AT TIME ZONE before.time_zone)::date`
}
