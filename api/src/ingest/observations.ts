import type { Tx } from '@nobishiro/prisma'
import type { IngestEvent, ObservationEvent } from './event.ts'
import type { InboxKey } from './inbox.ts'

const SLICE = 5_000

/** Of one kind and id the latest word counts, and of one instant the one that sorts last: the order of delivery decides nothing. */
export async function upsertObservations(tx: Tx, key: InboxKey, events: readonly IngestEvent[]): Promise<void> {
  const rows = events
    .filter((event): event is ObservationEvent => event.type === 'observation')
    .map((event) => observationRow(key, event))
  for (let start = 0; start < rows.length; start += SLICE) {
    await tx.$executeRaw`
      INSERT INTO observation AS known (tenant_id, source, kind, external_id, account_id, day, name, quantity, amount_minor, currency,
        attributes, seen_at)
      SELECT DISTINCT ON (kind, external) ${key.tenantId}, ${key.source}, kind, external, account, day, name, quantity, amount,
        currency, attributes, seen_at
      FROM json_to_recordset(${JSON.stringify(rows.slice(start, start + SLICE))}::json) AS row (kind text, external text, account text,
        day date, name text, quantity numeric(24,6), amount bigint, currency text, attributes jsonb, seen_at timestamptz)
      ORDER BY kind, external, seen_at DESC,
        concat_ws(E'\\n', account, day::text, name, quantity::text, amount::text, currency, attributes::text) COLLATE "C" DESC
      ON CONFLICT (tenant_id, source, kind, external_id) DO UPDATE SET account_id = excluded.account_id, day = excluded.day,
        name = excluded.name, quantity = excluded.quantity, amount_minor = excluded.amount_minor, currency = excluded.currency,
        attributes = excluded.attributes, seen_at = excluded.seen_at
      WHERE (known.seen_at, concat_ws(E'\\n', known.account_id, known.day::text, known.name, known.quantity::text,
          known.amount_minor::text, known.currency, known.attributes::text) COLLATE "C")
        < (excluded.seen_at, concat_ws(E'\\n', excluded.account_id, excluded.day::text, excluded.name, excluded.quantity::text,
          excluded.amount_minor::text, excluded.currency, excluded.attributes::text) COLLATE "C")`
  }
}

/** As if these had never been said; what the inbox still says of them is told again. */
export async function forgetObservations(
  tx: Tx,
  { tenantId, source }: InboxKey,
  ids: ReadonlySet<string>,
): Promise<void> {
  if (ids.size === 0) return
  await tx.observation.deleteMany({ where: { tenantId, source, externalId: { in: [...ids] } } })
}

/** As if nothing had ever been said of these accounts, external ids. */
export async function forgetObservationsOf(
  tx: Tx,
  { tenantId, source }: InboxKey,
  accounts: readonly string[],
): Promise<void> {
  const accountId = { in: accounts.map((account) => `${source}:${account}`) }
  await tx.observation.deleteMany({ where: { tenantId, source, accountId } })
}

function observationRow({ source }: InboxKey, event: ObservationEvent) {
  const { kind, observation, account, day, name, quantity, amount, currency, attributes, at } = event
  return {
    kind,
    external: observation,
    account: account === undefined ? null : `${source}:${account}`,
    day,
    name,
    quantity: quantity ?? null,
    amount: amount ?? null,
    currency: currency ?? null,
    attributes: attributes ?? {},
    seen_at: at,
  }
}
