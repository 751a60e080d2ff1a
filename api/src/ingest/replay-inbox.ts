import type { Database, Tx } from '@nobishiro/prisma'
import { applyPolicies } from '../ledger/set-policy.ts'
import { accept } from './accept.ts'
import type { IngestEvent } from './event.ts'
import type { Received } from './received.ts'
import { copySettings } from './settings.ts'

/** Deliveries read and posted at a time. */
const PAGE = 2_000

type Row = {
  external_id: string
  kind: string
  account_id: string | null
  raw: Uint8Array
  events: IngestEvent[]
  event_time: Date
  status: string
  reason: string | null
  body_sha256: Uint8Array
  reduced: boolean
}

const inside = (tenantId: string) => ({ tenantId, viewer: 'TENANT' }) as const

/** Delivers everything a tenant has ever received into an empty database: what follows from the inbox alone. */
export async function replayInbox(
  from: Database,
  into: Database,
  tenantId: string,
  clock: () => Date,
): Promise<number> {
  const { tenant, sources } = await from.withTenant(inside(tenantId), async (tx) => ({
    tenant: await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, omit: { version: true } }),
    sources: await tx.source.findMany({
      where: { tenantId },
      select: { tenantId: true, name: true, kind: true },
      orderBy: { name: 'asc' },
    }),
  }))
  await into.withTenant(inside(tenantId), async (tx) => {
    await tx.tenant.create({ data: tenant })
    await tx.source.createMany({ data: sources })
    await from.withTenant(inside(tenantId), (own) => copySettings(own, tx, tenantId))
    await applyPolicies(tx, tenantId)
  })
  let replayed = 0
  for (const { name: source } of sources) {
    let after = ''
    for (;;) {
      const rows = await from.withTenant(inside(tenantId), (tx) => page(tx, tenantId, source, after))
      const last = rows.at(-1)
      if (!last) break
      await accept(
        into,
        { tenantId, source, clock, loading: true },
        rows.map((row) => received(row, source)),
      )
      after = last.external_id
      replayed += rows.length
    }
  }
  return replayed
}

function page(tx: Tx, tenantId: string, source: string, after: string): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT external_id, kind, account_id, raw, events, event_time, status, reason, body_sha256, reduced_at IS NOT NULL AS reduced
    FROM inbox
    WHERE tenant_id = ${tenantId} AND source = ${source} AND status <> 'STAGED' AND external_id > ${after}
    ORDER BY external_id LIMIT ${PAGE}`
}

function received(row: Row, source: string): Received {
  return {
    externalId: row.external_id,
    kind: row.kind,
    raw: row.raw,
    bodySha256: row.body_sha256,
    isReduced: row.reduced,
    eventTime: row.event_time.toISOString(),
    account: row.account_id === null ? null : row.account_id.slice(source.length + 1),
    events: row.events,
    ...(row.status === 'POSTED' ? {} : { ignored: row.reason ?? 'ignored' }),
  }
}
