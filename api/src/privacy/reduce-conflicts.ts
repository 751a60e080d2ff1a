import type { Tx } from '@nobishiro/prisma'
import type { IngestEvent } from '../ingest/event.ts'
import { ERASED_REASON, quoted, reducedEvents } from '../ingest/reduce.ts'
import { reduceSecondBodies } from './bodies.ts'
import { bySource } from './reduce-inbox.ts'

type Row = { external_id: string; body: string; events: IngestEvent[] | null }

/** Second bodies that are of these accounts, as `reduceInbox` does with the first: whether a person has decided or not. */
export async function reduceConflicts(tx: Tx, tenantId: string, erased: ReadonlySet<string>): Promise<number> {
  let reduced = 0
  for (const [source, accounts] of bySource(erased)) {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT external_id, encode(body_sha256, 'hex') AS body, events FROM inbox_conflict
      WHERE tenant_id = ${tenantId} AND source = ${source} AND (account = ANY(${accounts})
        OR EXISTS (SELECT FROM jsonb_array_elements(events) AS event WHERE event ->> 'account' = ANY(${accounts}))
        OR ((account IS NULL OR coalesce(events, '[]') = '[]') AND EXISTS (
          SELECT FROM unnest(${accounts.map(quoted)}::text[]) AS word WHERE position(convert_to(word, 'UTF8') IN raw) > 0)))`
    const kept = rows.map((row) => ({ ...row, events: row.events && reducedEvents(source, row.events, erased) }))
    await tx.$executeRaw`
      UPDATE inbox_conflict AS known SET events = CASE WHEN known.events IS NOT NULL THEN row.events END,
        reason = CASE WHEN known.reason IS NOT NULL THEN ${ERASED_REASON} END,
        ignored = CASE WHEN known.ignored IS NOT NULL THEN ${ERASED_REASON} END
      FROM json_to_recordset(${JSON.stringify(kept)}::json) AS row (external_id text, body text, events jsonb)
      WHERE known.tenant_id = ${tenantId} AND known.source = ${source} AND known.external_id = row.external_id
        AND known.body_sha256 = decode(row.body, 'hex')`
    await reduceSecondBodies(
      tx,
      kept.map(({ external_id: id, body }) => ({ source, id, body })),
    )
    reduced += rows.length
  }
  return reduced
}
