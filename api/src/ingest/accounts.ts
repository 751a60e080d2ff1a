import type { Tx } from '@nobishiro/prisma'
import type { AccountEvent, IngestEvent } from './event.ts'
import type { InboxKey } from './inbox.ts'

const SLICE = 5_000

/**
 * The latest account event wins, and of one instant the one that sorts last, so the order of delivery decides nothing. An account
 * that only subscriptions or usage name exists under its id until something introduces it.
 */
export async function upsertAccounts(tx: Tx, key: InboxKey, events: IngestEvent[]): Promise<void> {
  const named = new Set(events.flatMap((event) => ('account' in event ? event.account : [])))
  const introduced = events.filter((event): event is AccountEvent => event.type === 'account')
  const rows = [...introduced, ...[...named].map((account) => ({ account }))].map((event) => accountRow(key, event))
  for (let start = 0; start < rows.length; start += SLICE) {
    await tx.$executeRaw`
      INSERT INTO account AS known (tenant_id, id, source, external_id, name, parent_id, region, attributes, signed_up_on, seen_at,
        deleted_at)
      SELECT DISTINCT ON (id) ${key.tenantId}, id, ${key.source}, external, name, parent, region, attributes, signed_up_on, seen_at,
        deleted_at
      FROM json_to_recordset(${JSON.stringify(rows.slice(start, start + SLICE))}::json) AS row (id text, external text, name text,
        parent text, region text, attributes jsonb, signed_up_on date, seen_at timestamptz, deleted_at timestamptz)
      ORDER BY id, seen_at DESC, (deleted_at IS NOT NULL) DESC, name COLLATE "C" DESC, attributes DESC,
        coalesce(region, '') COLLATE "C" DESC, coalesce(parent, '') COLLATE "C" DESC
      ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, parent_id = excluded.parent_id, region = excluded.region,
        attributes = excluded.attributes, signed_up_on = excluded.signed_up_on, seen_at = excluded.seen_at,
        deleted_at = excluded.deleted_at
      WHERE (known.seen_at, known.deleted_at IS NOT NULL, known.name COLLATE "C", known.attributes,
          coalesce(known.region, '') COLLATE "C", coalesce(known.parent_id, '') COLLATE "C")
        < (excluded.seen_at, excluded.deleted_at IS NOT NULL, excluded.name COLLATE "C", excluded.attributes,
          coalesce(excluded.region, '') COLLATE "C", coalesce(excluded.parent_id, '') COLLATE "C")`
  }
}

/** Without `at` it was only named: anything that introduces it is later. */
function accountRow({ source }: InboxKey, event: Partial<AccountEvent> & { account: string }) {
  return {
    id: `${source}:${event.account}`,
    external: event.account,
    name: event.name ?? event.account,
    parent: event.parent ? `${source}:${event.parent}` : null,
    region: event.region ?? null,
    attributes: event.attributes ?? {},
    signed_up_on: event.signedUpOn ?? null,
    seen_at: event.at ?? '1970-01-01T00:00:00Z',
    deleted_at: event.deleted ? event.at : null,
  }
}
