import type { Database } from '@nobishiro/prisma'
import { parseExternalId } from '../sources/csv/identity.ts'

/** What a source has said before of one row id: its newest version, and the contents that came before it. */
export type Version = { hash: string; at: string; account: string | null; earlier: Set<string> | null }

/** What earlier imports of a source left, usage apart. */
export type Known = {
  /** By kind/id. */
  versions: Map<string, Version>
  /** External ids. */
  accounts: Set<string>
  /** Subscription to account, external ids. */
  accountOf: Map<string, string>
  /** Time of the newest version. */
  latest: string | null
}

const PAGE = 20_000

/** Reads what is known of a source. Memory grows with its accounts and subscriptions, not with their usage. */
export async function loadKnown(
  db: Database,
  { tenantId, source }: { tenantId: string; source: string },
): Promise<Known> {
  const known: Known = { versions: new Map(), accounts: new Set(), accountOf: new Map(), latest: null }
  for (let last: string | null = ''; last !== null; ) {
    const after: string = last
    const rows = await db.withTenant(
      { tenantId, viewer: 'TENANT' },
      (tx) => tx.$queryRaw<StoredRow[]>`
      SELECT external_id, account_id, coalesce(events->0->>'at', '') AS at FROM inbox
      WHERE tenant_id = ${tenantId} AND source = ${source} AND external_id > ${after} AND status = 'POSTED' AND kind <> 'usage'
      ORDER BY external_id LIMIT ${PAGE}`,
    )
    for (const row of rows) add(known, row, source)
    last = rows.length < PAGE ? null : (rows.at(-1)?.external_id ?? null)
  }
  return known
}

type StoredRow = { external_id: string; account_id: string | null; at: string }

function add(known: Known, row: StoredRow, source: string): void {
  const parsed = parseExternalId(row.external_id)
  if (!parsed) return
  const account = row.account_id === null ? null : row.account_id.slice(source.length + 1)
  const version: Version = { hash: parsed.hash, at: row.at, account, earlier: null }
  const key = `${parsed.kind}/${parsed.id}`
  const other = known.versions.get(key)
  const newest = !other || other.at < version.at ? version : other
  if (other) newest.earlier = new Set([...(other.earlier ?? []), other.hash, version.hash])
  known.versions.set(key, newest)
  if (account !== null) known.accounts.add(account)
  if (parsed.kind === 'subscriptions' && newest.account !== null) known.accountOf.set(parsed.id, newest.account)
  if (known.latest === null || known.latest < row.at) known.latest = row.at
}
