import { createHash } from 'node:crypto'
import { type Columns, rowsAs, type Tx } from '@nobishiro/prisma'
import { isFolded } from './event.ts'
import type { Received } from './received.ts'

export type InboxKey = { tenantId: string; source: string }

/** Rows are written in slices, so that no statement carries more than this many. */
const SLICE = 2_000

/** Stores what is new; returns the ids that were. With `importId` the rows are staged: they do not count yet. */
export async function insertInbox(
  tx: Tx,
  key: InboxKey,
  received: readonly Received[],
  importId: string | null,
): Promise<Set<string>> {
  const stored = new Set<string>()
  for (let start = 0; start < received.length; start += SLICE) {
    const slice = received.slice(start, start + SLICE)
    // Bodies travel as bytes, beside the rows: as text inside JSON they would be most of what the database has to parse.
    const bodies = Buffer.concat(slice.map(({ raw }) => raw))
    let end = 0
    const rows = slice.map((item) => {
      end += item.raw.length
      return inboxRow(key, item, importId, end - item.raw.length + 1)
    })
    const inserted = await tx.$queryRaw<{ external_id: string }[]>`
      INSERT INTO inbox (tenant_id, source, external_id, kind, account_id, body_sha256, raw, events, event_time, folds, status,
        reason, import_id, reduced_at)
      SELECT ${key.tenantId}, ${key.source}, external_id, kind, account_id, decode(sha256, 'base64'),
        substring(${bodies}::bytea FROM first FOR length), events, event_time, folds, status, reason, ${importId}::text,
        CASE WHEN reduced THEN now() END
      FROM ${await rowsAs(tx, 'delivery', DELIVERY, rows)}
      ON CONFLICT (tenant_id, source, external_id) DO UPDATE SET import_id = excluded.import_id,
        events = excluded.events, event_time = excluded.event_time
        WHERE inbox.status = 'STAGED' AND excluded.status = 'STAGED' AND inbox.body_sha256 = excluded.body_sha256
      RETURNING external_id`
    for (const row of inserted) stored.add(row.external_id)
  }
  return stored
}

const DELIVERY: Columns = {
  external_id: 'text',
  kind: 'text',
  account_id: 'text',
  sha256: 'text',
  first: 'int',
  length: 'int',
  events: 'jsonb',
  event_time: 'timestamptz',
  folds: 'boolean',
  status: 'text',
  reason: 'text',
  reduced: 'boolean',
}

/** In the order of DELIVERY; the body begins at `first`, counted from 1. */
function inboxRow(key: InboxKey, item: Received, importId: string | null, first: number) {
  const counts = item.ignored === undefined
  return [
    item.externalId,
    item.kind,
    item.account === null ? null : `${key.source}:${item.account}`,
    bodyHash(item).toString('base64'),
    first,
    item.raw.length,
    counts ? item.events : [],
    item.eventTime,
    counts && item.events.some(isFolded),
    counts ? (importId === null ? 'POSTED' : 'STAGED') : 'IGNORED',
    item.ignored ?? null,
    item.isReduced ?? false,
  ]
}

const bodyHash = ({ raw, bodySha256 }: Received): Buffer =>
  bodySha256 ? Buffer.from(bodySha256) : createHash('sha256').update(raw).digest()

/**
 * Of deliveries whose id is known: those whose body differs are kept apart, with what they say, and returned. A body about which a
 * person has decided is no news.
 */
export async function keepConflicts(tx: Tx, key: InboxKey, known: readonly Received[]): Promise<Set<Received>> {
  if (known.length === 0) return new Set()
  const rows = known.map((item) => ({
    external_id: item.externalId,
    sha256: bodyHash(item).toString('base64'),
    raw: Buffer.from(item.raw).toString('base64'),
    kind: item.kind,
    account: item.account,
    events: item.ignored === undefined ? item.events : [],
    event_time: item.eventTime,
    ignored: item.ignored ?? null,
    reduced: item.isReduced ?? false,
  }))
  const conflicts = await tx.$queryRaw<{ external_id: string; sha256: string }[]>`
    WITH delivered AS (
      SELECT external_id, decode(sha256, 'base64') AS body_sha256, decode(raw, 'base64') AS raw, kind, account, events, event_time, ignored,
        CASE WHEN reduced THEN now() END AS reduced_at
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS row (external_id text, sha256 text, raw text, kind text, account text,
        events jsonb, event_time timestamptz, ignored text, reduced boolean)
    ), differing AS (
      SELECT DISTINCT ON (external_id, body_sha256) delivered.* FROM delivered JOIN inbox USING (external_id)
      WHERE inbox.tenant_id = ${key.tenantId} AND inbox.source = ${key.source} AND inbox.body_sha256 <> delivered.body_sha256
        AND NOT EXISTS (SELECT FROM inbox_conflict conflict
          WHERE conflict.tenant_id = ${key.tenantId} AND conflict.source = ${key.source} AND conflict.resolution IS NOT NULL
            AND conflict.external_id = delivered.external_id AND conflict.body_sha256 = delivered.body_sha256)
    ), kept AS (
      INSERT INTO inbox_conflict AS kept (tenant_id, source, external_id, body_sha256, raw, kind, account, events, event_time, ignored,
        reduced_at)
      SELECT ${key.tenantId}, ${key.source}, external_id, body_sha256, raw, kind, account, events, event_time, ignored, reduced_at
      FROM differing
      ON CONFLICT (tenant_id, source, external_id, body_sha256) DO UPDATE SET kind = excluded.kind, account = excluded.account,
        events = excluded.events, event_time = excluded.event_time, ignored = excluded.ignored
        WHERE kept.events IS NULL
    )
    SELECT external_id, encode(body_sha256, 'base64') AS sha256 FROM differing`
  const differing = new Set(conflicts.map((row) => `${row.external_id} ${row.sha256}`))
  return new Set(known.filter((item) => differing.has(`${item.externalId} ${bodyHash(item).toString('base64')}`)))
}
