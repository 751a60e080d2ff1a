import type { Database, Tx } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
import type { AcceptContext } from './accept.ts'

/** How a source fares. */
export type IngestionStatus = {
  source: string
  kind: string
  /** The latest event it has told of, and when it last delivered anything. */
  lastEventAt: Date | null
  lastReceivedAt: Date | null
  /** The day (YYYY-MM-DD) it said it is complete through. */
  through: string | null
  /** Seconds from the latest event to now. */
  lagSeconds: number | null
  posted: number
  ignored: number
  quarantined: number
  /** Ids that arrived with two bodies, on which nobody has decided. */
  conflicts: number
  lastError: string | null
  lastErrorAt: Date | null
}

/** Every source of a tenant, by name. */
export async function ingestionStatus(tx: Tx, tenantId: string, now: Date): Promise<IngestionStatus[]> {
  const rows = await tx.$queryRaw<Omit<IngestionStatus, 'lagSeconds'>[]>`
    WITH other AS (
      SELECT source, count(*)::int AS everything, (count(*) FILTER (WHERE status = 'IGNORED'))::int AS ignored,
        (count(*) FILTER (WHERE status = 'QUARANTINED'))::int AS quarantined
      FROM inbox WHERE tenant_id = ${tenantId} AND status <> 'POSTED' GROUP BY source
    ), stored AS (
      SELECT source, count(*)::int AS count FROM inbox WHERE tenant_id = ${tenantId} GROUP BY source
    ), open AS (
      SELECT source, count(*)::int AS conflicts FROM inbox_conflict
      WHERE tenant_id = ${tenantId} AND resolution IS NULL GROUP BY source
    )
    SELECT source.name AS source, source.kind, source.last_event_at AS "lastEventAt", source.last_received_at AS "lastReceivedAt",
      source.through::text AS through, coalesce(stored.count, 0) - coalesce(other.everything, 0) AS posted,
      coalesce(other.ignored, 0) AS ignored, coalesce(other.quarantined, 0) AS quarantined, coalesce(open.conflicts, 0) AS conflicts,
      source.last_error AS "lastError", source.last_error_at AS "lastErrorAt"
    FROM source LEFT JOIN stored ON stored.source = source.name LEFT JOIN other ON other.source = source.name
      LEFT JOIN open ON open.source = source.name
    WHERE source.tenant_id = ${tenantId} ORDER BY source.name`
  return rows.map((row) => ({
    ...row,
    lagSeconds: row.lastEventAt === null ? null : secondsSince(row.lastEventAt, now),
  }))
}

const secondsSince = (then: Date, now: Date): number => Math.max(0, Math.round((now.getTime() - then.getTime()) / 1000))

const SHOWN = 500

/** Keeps why a delivery was refused, for whoever asks how the source fares. What is not for the caller's eyes is in the log alone. */
export async function noteRefusal(
  db: Database,
  { tenantId, source, clock }: AcceptContext,
  error: unknown,
): Promise<void> {
  const message =
    error instanceof ExpectedError
      ? error.message
      : 'A delivery could not be processed; the log of the server says why.'
  await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.source.updateMany({
      where: { tenantId, name: source },
      data: { lastError: message.slice(0, SHOWN), lastErrorAt: clock() },
    }),
  )
}
