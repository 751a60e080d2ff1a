import type { Database } from '@nobishiro/prisma'
import { canonicalJson } from '../../shared/canonical.ts'
import { withoutErased } from '../erased.ts'
import type { IngestEvent } from '../event.ts'
import type { Received } from '../received.ts'
import type { Place } from './runs.ts'

/** Highest version of every object told so far, by its first id. A change is a version of its own: `history:sub_1/2`. */
export type Versions = Map<string, number>

export async function loadVersions(db: Database, { tenantId, source }: Place): Promise<Versions> {
  const rows = await db.withTenant(
    { tenantId, viewer: 'TENANT' },
    (tx) => tx.$queryRaw<{ id: string; version: number }[]>`
      SELECT regexp_replace(external_id, '/[0-9]+$', '') AS id, max(coalesce(substring(external_id FROM '/([0-9]+)$')::int, 1)) AS version
      FROM inbox WHERE tenant_id = ${tenantId} AND source = ${source} AND kind LIKE 'history.%' GROUP BY 1`,
    { timeoutMs: 120_000 },
  )
  return new Map(rows.map(({ id, version }) => [id, version]))
}

const versioned = (id: string, version: number): string => (version === 1 ? id : `${id}/${version}`)

type Row = { external_id: string; status: string; raw: Uint8Array; events: IngestEvent[]; reduced: boolean }

/** Those that say something else than was last told of their object, each as its next version. */
export async function newsOf(
  db: Database,
  { tenantId, source }: Place,
  versions: Versions,
  read: readonly Received[],
): Promise<Received[]> {
  const received = await db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) =>
    withoutErased(tx, { tenantId, source }, read, await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } })),
  )
  const known = received.flatMap(({ externalId }) => {
    const version = versions.get(externalId)
    return version === undefined ? [] : [versioned(externalId, version)]
  })
  const rows =
    known.length === 0
      ? []
      : await db.withTenant(
          { tenantId, viewer: 'TENANT' },
          (tx) => tx.$queryRaw<Row[]>`
            SELECT external_id, status, raw, events, reduced_at IS NOT NULL AS reduced FROM inbox
            WHERE tenant_id = ${tenantId} AND source = ${source} AND external_id = ANY(${known})`,
        )
  const last = new Map(rows.map((row) => [row.external_id, row]))
  const heard = await heardOf(db, { tenantId, source }, received)
  return received.flatMap((item) => {
    const version = versions.get(item.externalId)
    if (version === undefined) return [item]
    const before = last.get(versioned(item.externalId, version))
    const isSame = before && saysTheSame(before, item) && !isOverheard(before, item, heard)
    return isSame ? [] : [nextVersion(item, version + 1)]
  })
}

/** When webhooks last told of the subscriptions of these accounts. */
async function heardOf(
  db: Database,
  { tenantId, source }: Place,
  received: readonly Received[],
): Promise<Map<string, string>> {
  const accounts = received.flatMap(({ kind, account }) =>
    kind === 'history.subscription' && account !== null ? `${source}:${account}` : [],
  )
  if (accounts.length === 0) return new Map()
  const rows = await db.withTenant(
    { tenantId, viewer: 'TENANT' },
    (tx) => tx.$queryRaw<{ id: string; at: string }[]>`
      SELECT event->>'subscription' AS id, max((event->>'at') COLLATE "C") AS at
      FROM inbox CROSS JOIN LATERAL jsonb_array_elements(events) AS event
      WHERE tenant_id = ${tenantId} AND source = ${source} AND account_id = ANY(${accounts}) AND folds AND status = 'POSTED'
        AND kind NOT LIKE 'history.%' AND event->>'type' = 'subscription'
      GROUP BY 1`,
  )
  return new Map(rows.map(({ id, at }) => [id, at]))
}

/** A webhook came since it was told: what holds now has to be told after it, though it is the same as before. */
function isOverheard(before: Row, item: Received, heard: ReadonlyMap<string, string>): boolean {
  const [was, is] = [before.events, item.events].map((events) => events.find((event) => event.type === 'subscription'))
  if (was?.type !== 'subscription' || is?.type !== 'subscription') return false
  const at = heard.get(is.subscription)
  return at !== undefined && at >= was.at && at < is.at
}

/** Later versions of what invoices tell outrank earlier ones; both lie under everything else. */
function nextVersion(item: Received, version: number): Received {
  const events = item.events.map((event) =>
    event.type === 'subscriptionHistory' ? { ...event, rank: version - 1 } : event,
  )
  return { ...item, externalId: versioned(item.externalId, version), events }
}

function saysTheSame(before: Row, item: Received): boolean {
  if (before.status !== 'IGNORED') return contentOf(before.events) === contentOf(item.events)
  return before.reduced || bodyOf(before.raw) === bodyOf(item.raw)
}

/** All but when it was read. */
function contentOf(events: readonly IngestEvent[]): string {
  const said = events.map((event) => {
    if (event.type === 'subscriptionHistory') return { ...event, rank: 0 }
    if (event.type === 'usage') return event
    if (event.type !== 'subscription') return { ...event, at: '' }
    return { ...event, at: '', effectiveAt: event.state.status === 'ENDED' ? event.effectiveAt : '' }
  })
  return canonicalJson(JSON.parse(JSON.stringify(said)))
}

function bodyOf(raw: Uint8Array): string {
  const { asOf: _, ...body } = JSON.parse(Buffer.from(raw).toString('utf8')) as Record<string, never> // our own JSON
  return canonicalJson(body)
}
