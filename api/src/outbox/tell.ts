import { randomBytes } from 'node:crypto'
import type { Tx } from '@nobishiro/prisma'
import type { EventData, EventType } from './event-types.ts'

export type Told = {
  tenantId: string
  type: EventType | 'webhook.test'
  at: Date
  data: EventData
  /** What is told of once: the same again is not an event. */
  about?: string
  /** This endpoint alone, whatever it listens to; absent means all that listen to the type. */
  endpointId?: string
}

/**
 * Writes an event and its deliveries, in the transaction of what it tells of: sent if that is committed, and not otherwise. Where nobody
 * listens nothing is written. Returns the event's id, which stays the same over all attempts; null where there is none.
 */
export async function tell(tx: Tx, told: Told): Promise<string | null> {
  const { tenantId, type, at, data, about = null, endpointId = null } = told
  const id = `evt_${randomBytes(12).toString('hex')}`
  const body = JSON.stringify({ id, type, timestamp: at.toISOString(), tenant: tenantId, data })
  const written = await tx.$queryRaw<{ id: string }[]>`
    WITH heard AS (
      SELECT id FROM webhook_endpoint WHERE tenant_id = ${tenantId} AND disabled_at IS NULL
        AND CASE WHEN ${endpointId}::text IS NULL THEN ${type} = ANY(events) ELSE id = ${endpointId} END
    ), news AS (
      INSERT INTO webhook_told (tenant_id, about, at) SELECT ${tenantId}, ${about}, ${at}::timestamptz
      WHERE ${about}::text IS NOT NULL AND EXISTS (SELECT FROM heard)
      ON CONFLICT DO NOTHING RETURNING about
    ), event AS (
      INSERT INTO webhook_event (tenant_id, id, type, at, body) SELECT ${tenantId}, ${id}, ${type}, ${at}::timestamptz, ${body}
      WHERE EXISTS (SELECT FROM heard) AND (${about}::text IS NULL OR EXISTS (SELECT FROM news))
      RETURNING id
    ), sent AS (
      INSERT INTO webhook_delivery (tenant_id, endpoint_id, event_id, state, attempts, next_at)
      SELECT ${tenantId}, heard.id, event.id, 'PENDING', 0, ${at}::timestamptz FROM heard, event
    )
    SELECT id FROM event`
  return written[0]?.id ?? null
}

/** Where a question is answered with its evidence: relative to the address of the API, with a key. */
export const askLink = (query: string): string => `/graphql?query=${encodeURIComponent(query)}`
