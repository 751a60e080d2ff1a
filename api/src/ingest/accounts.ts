import { type Columns, rowsAs, type Tx } from '@nobishiro/prisma'
import type { AccountEvent, IngestEvent } from './event.ts'
import type { InboxKey } from './inbox.ts'

const SLICE = 10_000

const ACCOUNT: Columns = {
  id: 'text',
  external: 'text',
  name: 'text',
  parent: 'text',
  region: 'text',
  attributes: 'jsonb',
  signed_up_on: 'date',
  seen_at: 'timestamptz',
  deleted_at: 'timestamptz',
}

/**
 * The latest account event wins, and of one instant the one that sorts last, so the order of delivery decides nothing. An account
 * that only subscriptions or usage name exists under its id until something introduces it.
 */
export async function upsertAccounts(tx: Tx, key: InboxKey, events: IngestEvent[]): Promise<void> {
  const introduced = events.filter((event): event is AccountEvent => event.type === 'account')
  await introduce(tx, key, introduced)
  await name(tx, key, new Set(events.flatMap((event) => ('account' in event ? event.account : []))))
}

async function introduce(tx: Tx, key: InboxKey, events: readonly AccountEvent[]): Promise<void> {
  for (let start = 0; start < events.length; start += SLICE) {
    const rows = events.slice(start, start + SLICE).map((event) => accountRow(key, event))
    await tx.$executeRaw`
    INSERT INTO account AS known (tenant_id, id, source, external_id, name, parent_id, region, attributes, signed_up_on, seen_at,
      deleted_at)
    SELECT DISTINCT ON (id) ${key.tenantId}, id, ${key.source}, external, name, parent, region, attributes, signed_up_on, seen_at,
      deleted_at
    FROM ${await rowsAs(tx, 'account_said', ACCOUNT, rows)}
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

/** Anything that introduces an account is later than its name, so one that is there stays as it is. */
async function name(tx: Tx, { tenantId, source }: InboxKey, accounts: ReadonlySet<string>): Promise<void> {
  if (accounts.size === 0) return
  await tx.$executeRaw`
    INSERT INTO account (tenant_id, id, source, external_id, name, seen_at)
    SELECT ${tenantId}, ${`${source}:`} || external, ${source}, external, external, '1970-01-01T00:00:00Z'
    FROM unnest(${[...accounts]}::text[]) AS external
    ON CONFLICT (tenant_id, id) DO NOTHING`
}

const accountRow = ({ source }: InboxKey, event: AccountEvent) => [
  `${source}:${event.account}`,
  event.account,
  event.name ?? event.account,
  event.parent ? `${source}:${event.parent}` : null,
  event.region ?? null,
  event.attributes ?? {},
  event.signedUpOn ?? null,
  event.at,
  event.deleted ? event.at : null,
]
