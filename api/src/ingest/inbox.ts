import { createHash } from 'node:crypto'
import type { Tx } from '@nobishiro/prisma'
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
    const rows = received.slice(start, start + SLICE).map((item) => inboxRow(key, item, importId))
    const inserted = await tx.$queryRaw<{ external_id: string }[]>`
      INSERT INTO inbox (tenant_id, source, external_id, kind, account_id, body_sha256, raw, events, event_time, folds, status,
        reason, import_id)
      SELECT ${key.tenantId}, ${key.source}, external_id, kind, account_id, decode(sha256, 'base64'), decode(raw, 'base64'),
        events, event_time, folds, status, reason, ${importId}::text
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS row (external_id text, kind text, account_id text, sha256 text,
        raw text, events jsonb, event_time timestamptz, folds boolean, status text, reason text)
      ON CONFLICT (tenant_id, source, external_id) DO UPDATE SET import_id = excluded.import_id,
        events = excluded.events, event_time = excluded.event_time
        WHERE inbox.status = 'STAGED' AND excluded.status = 'STAGED' AND inbox.body_sha256 = excluded.body_sha256
      RETURNING external_id`
    for (const row of inserted) stored.add(row.external_id)
  }
  return stored
}

function inboxRow(key: InboxKey, item: Received, importId: string | null) {
  return {
    external_id: item.externalId,
    kind: item.kind,
    account_id: item.account === null ? null : `${key.source}:${item.account}`,
    sha256: bodyHash(item).toString('base64'),
    raw: Buffer.from(item.raw).toString('base64'),
    events: item.ignored === undefined ? item.events : [],
    event_time: item.eventTime,
    folds:
      item.ignored === undefined &&
      item.events.some((event) => event.type === 'subscription' || event.type === 'subscriptionHistory'),
    status: item.ignored !== undefined ? 'IGNORED' : importId === null ? 'POSTED' : 'STAGED',
    reason: item.ignored ?? null,
  }
}

const bodyHash = (item: Received): Buffer => createHash('sha256').update(item.raw).digest()

/** Of deliveries whose id is known: those whose body differs are kept apart, and returned. */
export async function keepConflicts(tx: Tx, key: InboxKey, known: readonly Received[]): Promise<Set<Received>> {
  if (known.length === 0) return new Set()
  const rows = known.map((item) => ({
    external_id: item.externalId,
    sha256: bodyHash(item).toString('base64'),
    raw: Buffer.from(item.raw).toString('base64'),
  }))
  const conflicts = await tx.$queryRaw<{ external_id: string; sha256: string }[]>`
    WITH delivered AS (
      SELECT external_id, decode(sha256, 'base64') AS body_sha256, decode(raw, 'base64') AS raw
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS row (external_id text, sha256 text, raw text)
    ), differing AS (
      SELECT delivered.* FROM delivered JOIN inbox USING (external_id)
      WHERE inbox.tenant_id = ${key.tenantId} AND inbox.source = ${key.source} AND inbox.body_sha256 <> delivered.body_sha256
    ), kept AS (
      INSERT INTO inbox_conflict (tenant_id, source, external_id, body_sha256, raw)
      SELECT ${key.tenantId}, ${key.source}, external_id, body_sha256, raw FROM differing
      ON CONFLICT DO NOTHING
    )
    SELECT external_id, encode(body_sha256, 'base64') AS sha256 FROM differing`
  const differing = new Set(conflicts.map((row) => `${row.external_id} ${row.sha256}`))
  return new Set(known.filter((item) => differing.has(`${item.externalId} ${bodyHash(item).toString('base64')}`)))
}
