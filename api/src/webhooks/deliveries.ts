import type { Database, Tx } from '@nobishiro/prisma'
import { note } from '../access/audit.ts'
import { unseal } from '../access/seal.ts'
import { ExpectedError } from '../shared/errors.ts'
import { askedWait, backOff, MOST_ATTEMPTS } from './back-off.ts'
import { purposeOf } from './endpoints.ts'
import type { SendResult } from './send.ts'

/** A delivery that this process has taken: nobody else sends it until its lease is over. */
export type Taken = {
  tenantId: string
  endpointId: string
  eventId: string
  attempts: number
  url: string
  body: string
  /** Those that sign it; none where they were sealed with another secret of the server. */
  secrets: string[]
}

/** Longer than an attempt can take: a process that died gives back what it had taken. */
export const LEASE_MS = 60_000
/** An endpoint that has failed for this long, and never answered since, is disabled. */
export const FAILS_FOR_MS = 5 * 24 * 3_600_000

type Row = Omit<Taken, 'tenantId' | 'secrets'> & {
  secret: Uint8Array
  previous_secret: Uint8Array | null
  previous_until: Date | null
}

/** Takes what is due of a tenant, the longest waiting first and of no endpoint more than its share, and counts the attempt. */
export function takeDue(
  db: Database,
  { tenantId, now, limit, perEndpoint }: { tenantId: string; now: Date; limit: number; perEndpoint: number },
  secret: string,
): Promise<Taken[]> {
  const until = new Date(now.getTime() + LEASE_MS)
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      WITH due AS (
        SELECT delivery.endpoint_id, delivery.event_id FROM webhook_endpoint AS endpoint, LATERAL (
          SELECT endpoint_id, event_id, next_at FROM webhook_delivery
          WHERE tenant_id = ${tenantId} AND endpoint_id = endpoint.id AND state = 'PENDING' AND next_at <= ${now}
          ORDER BY next_at LIMIT ${perEndpoint} FOR UPDATE SKIP LOCKED
        ) AS delivery
        WHERE endpoint.tenant_id = ${tenantId} ORDER BY delivery.next_at LIMIT ${limit}
      ), taken AS (
        UPDATE webhook_delivery AS delivery SET attempts = attempts + 1, next_at = ${until} FROM due
        WHERE delivery.tenant_id = ${tenantId} AND delivery.endpoint_id = due.endpoint_id AND delivery.event_id = due.event_id
        RETURNING delivery.endpoint_id, delivery.event_id, delivery.attempts
      )
      SELECT taken.endpoint_id AS "endpointId", event_id AS "eventId", attempts, url, body, secret, previous_secret, previous_until
      FROM taken
        JOIN webhook_endpoint AS endpoint ON endpoint.tenant_id = ${tenantId} AND endpoint.id = taken.endpoint_id
        JOIN webhook_event AS event ON event.tenant_id = ${tenantId} AND event.id = taken.event_id`
    return rows.map(({ secret: sealed, previous_secret: previous, previous_until: end, ...row }) => {
      const live = previous && end && end > now ? [sealed, previous] : [sealed]
      const secrets = live.flatMap((one) => opened(one, secret, purposeOf(tenantId, row.endpointId)))
      return { tenantId, ...row, secrets }
    })
  })
}

/** One that does not open must not keep the tenant's other endpoints waiting. */
function opened(sealed: Uint8Array, secret: string, purpose: string): string[] {
  try {
    return [unseal(sealed, secret, purpose)]
  } catch {
    return []
  }
}

/** What became of an attempt. `GIVEN_BACK` was not finished: it does not count. */
export type Attempt = { taken: Taken; result: SendResult | 'GIVEN_BACK'; at: Date }

/** Marks attempts of one tenant. Returns the endpoints that this disabled. */
export function mark(db: Database, tenantId: string, attempts: readonly Attempt[]): Promise<string[]> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const disabled: string[] = []
    const delivered = attempts.filter(({ result }) => result !== 'GIVEN_BACK' && isSuccess(result))
    if (delivered.length > 0) await markDelivered(tx, tenantId, delivered)
    for (const { taken, result, at } of attempts) {
      if (result === 'GIVEN_BACK') await giveBack(tx, taken, at)
      else if (!isSuccess(result)) disabled.push(...(await markFailed(tx, taken, result, at)))
    }
    return disabled
  })
}

const isSuccess = ({ status }: SendResult): boolean => status !== null && status >= 200 && status < 300

async function markDelivered(tx: Tx, tenantId: string, delivered: readonly Attempt[]): Promise<void> {
  const rows = delivered.map(({ taken: { endpointId, eventId }, result, at }) => ({
    endpointId,
    eventId,
    status: (result as SendResult).status,
    at: at.toISOString(),
  }))
  await tx.$executeRaw`
    UPDATE webhook_delivery AS delivery SET state = 'DELIVERED', status = said.status, problem = NULL, ended_at = said.at
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS said ("endpointId" text, "eventId" text, status int, at timestamptz)
    WHERE delivery.tenant_id = ${tenantId} AND delivery.endpoint_id = said."endpointId" AND delivery.event_id = said."eventId"`
  const ids = [...new Set(rows.map(({ endpointId }) => endpointId))]
  await tx.webhookEndpoint.updateMany({
    where: { tenantId, id: { in: ids }, failingSince: { not: null } },
    data: { failingSince: null },
  })
}

async function giveBack(tx: Tx, { tenantId, endpointId, eventId, attempts }: Taken, at: Date): Promise<void> {
  await tx.webhookDelivery.updateMany({
    where: { tenantId, endpointId, eventId, state: 'PENDING', attempts },
    data: { nextAt: at, attempts: attempts - 1 },
  })
}

async function markFailed(tx: Tx, taken: Taken, result: SendResult, at: Date): Promise<string[]> {
  const { tenantId, endpointId, eventId, attempts } = taken
  const problem = result.status === null ? result.problem : `answered ${result.status}`
  const isDead = attempts >= MOST_ATTEMPTS || result.status === 410
  const wait = Math.max(askedWait(result.retryAfter, at) ?? 0, backOff(attempts))
  await tx.webhookDelivery.updateMany({
    where: { tenantId, endpointId, eventId, state: 'PENDING', attempts },
    data: isDead
      ? { state: 'DEAD', status: result.status, problem, endedAt: at }
      : { nextAt: new Date(at.getTime() + wait), status: result.status, problem },
  })
  await tx.webhookEndpoint.updateMany({
    where: { tenantId, id: endpointId, failingSince: null },
    data: { failingSince: at },
  })
  if (result.status === 410) return disable(tx, taken, at, 'the receiver answered 410 Gone')
  const endpoint = await tx.webhookEndpoint.findUnique({ where: { tenantId_id: { tenantId, id: endpointId } } })
  if (!endpoint?.failingSince || at.getTime() - endpoint.failingSince.getTime() < FAILS_FOR_MS) return []
  return disable(
    tx,
    taken,
    at,
    `every attempt since ${endpoint.failingSince.toISOString()} failed; the last: ${problem}`,
  )
}

/** Sends nothing more to an endpoint. What waits for it is dead, to be replayed once it is enabled. */
async function disable(tx: Tx, { tenantId, endpointId }: Taken, at: Date, because: string): Promise<string[]> {
  const { count } = await tx.webhookEndpoint.updateMany({
    where: { tenantId, id: endpointId, disabledAt: null },
    data: { disabledAt: at, disabledBecause: because },
  })
  await tx.webhookDelivery.updateMany({
    where: { tenantId, endpointId, state: 'PENDING' },
    data: { state: 'DEAD', problem: 'the endpoint was disabled', endedAt: at },
  })
  if (count === 0) return []
  await note(tx, { tenantId, at, by: 'server', action: 'WEBHOOK_DISABLED', subject: endpointId, detail: { because } })
  return [endpointId]
}

/** A delivery as it stands. */
export type Delivery = {
  endpointId: string
  eventId: string
  type: string
  at: Date
  state: 'PENDING' | 'DELIVERED' | 'DEAD'
  attempts: number
  nextAt: Date
  status: number | null
  problem: string | null
  endedAt: Date | null
}

export type DeliveryFilter = { endpointId?: string | undefined; state?: Delivery['state'] | undefined }

/** A page of deliveries, those of the newest events first. */
export function readDeliveries(
  db: Database,
  tenantId: string,
  { endpointId, state }: DeliveryFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ items: Delivery[]; total: number }> {
  const where = {
    tenantId,
    ...(endpointId === undefined ? {} : { endpointId }),
    ...(state === undefined ? {} : { state }),
  }
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const rows = await tx.webhookDelivery.findMany({
      where,
      omit: { tenantId: true },
      include: { event: { select: { type: true, at: true } } },
      orderBy: [{ event: { at: 'desc' } }, { eventId: 'asc' }, { endpointId: 'asc' }],
      skip: offset,
      take: limit,
    })
    const items = rows.map(({ event, ...row }) => ({ ...row, ...event, state: row.state as Delivery['state'] })) // a check of the table
    return { items, total: await tx.webhookDelivery.count({ where }) }
  })
}

/** Sends dead deliveries of an endpoint anew, one event's or all; returns how many. */
export function replay(
  db: Database,
  { tenantId, now }: { tenantId: string; now: Date },
  { endpointId, eventId }: { endpointId: string; eventId?: string | undefined },
): Promise<number> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const endpoint = await tx.webhookEndpoint.findUnique({ where: { tenantId_id: { tenantId, id: endpointId } } })
    if (!endpoint)
      throw new ExpectedError('NOT_FOUND', `There is no endpoint "${endpointId}" of tenant "${tenantId}".`, 'id')
    if (endpoint.disabledAt)
      throw new ExpectedError(
        'CONFLICT',
        `The endpoint ${endpointId} is disabled: ${endpoint.disabledBecause}. Enable it first.`,
      )
    const { count } = await tx.webhookDelivery.updateMany({
      where: { tenantId, endpointId, state: 'DEAD', ...(eventId === undefined ? {} : { eventId }) },
      data: { state: 'PENDING', attempts: 0, nextAt: now, endedAt: null },
    })
    if (eventId !== undefined && count === 0)
      throw new ExpectedError('NOT_FOUND', `No delivery of the event "${eventId}" to ${endpointId} is dead.`, 'eventId')
    return count
  })
}
