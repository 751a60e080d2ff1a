import type { Database, Tx } from '@nobishiro/prisma'
import { type UnknownTerm, unknownTerms } from './unknown-terms.ts'

/** The same id delivered with two bodies. */
export type Conflict = {
  source: string
  externalId: string
  /** Kinds as the source names them; null where the first release kept it. */
  kind: string
  otherKind: string | null
  /** Hex SHA-256 of the body that counts unless a person decides otherwise, and of the other one. */
  firstSha256: string
  secondSha256: string
  firstReceivedAt: Date
  secondReceivedAt: Date
  /** FIRST or SECOND, when a person has decided. */
  resolution: 'FIRST' | 'SECOND' | null
  resolvedAt: Date | null
  reason: string | null
  keptAs: string | null
}

/** Deliveries that do not count, of one kind and for one reason. */
export type IgnoredGroup = { source: string; kind: string; reason: string; count: number; last: Date }
export type Ignored = { source: string; externalId: string; kind: string; reason: string; eventTime: Date }

export type Quarantine = {
  conflicts: Conflict[]
  ignored: IgnoredGroup[]
  /** What deliveries that count name and nothing tells. */
  unknown: UnknownTerm[]
  deliveries?: Ignored[]
}

/** What was delivered and does not count. `all` adds what is resolved, and every ignored delivery. */
export function listQuarantine(
  db: Database,
  { tenantId, all = false }: { tenantId: string; all?: boolean },
): Promise<Quarantine> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => ({
    conflicts: await conflictsOf(tx, tenantId, all),
    ignored: await ignoredGroups(tx, tenantId),
    unknown: await unknownTerms(tx, tenantId),
    ...(all ? { deliveries: await ignoredDeliveries(tx, tenantId) } : {}),
  }))
}

const conflictsOf = (tx: Tx, tenantId: string, all: boolean): Promise<Conflict[]> => tx.$queryRaw`
  SELECT conflict.source, conflict.external_id AS "externalId", inbox.kind, conflict.kind AS "otherKind",
    encode(inbox.body_sha256, 'hex') AS "firstSha256", encode(conflict.body_sha256, 'hex') AS "secondSha256",
    inbox.received_at AS "firstReceivedAt", conflict.received_at AS "secondReceivedAt",
    conflict.resolution, conflict.resolved_at AS "resolvedAt", conflict.reason, conflict.kept_as AS "keptAs"
  FROM inbox_conflict conflict JOIN inbox USING (tenant_id, source, external_id)
  WHERE conflict.tenant_id = ${tenantId} AND (${all} OR conflict.resolution IS NULL)
  ORDER BY conflict.received_at, conflict.source, conflict.external_id, conflict.body_sha256`

const ignoredGroups = (tx: Tx, tenantId: string): Promise<IgnoredGroup[]> => tx.$queryRaw`
  SELECT source, kind, coalesce(reason, '') AS reason, count(*)::int AS count, max(event_time) AS last
  FROM inbox WHERE tenant_id = ${tenantId} AND status = 'IGNORED'
  GROUP BY source, kind, coalesce(reason, '') ORDER BY count(*) DESC, source, kind, reason`

const ignoredDeliveries = (tx: Tx, tenantId: string): Promise<Ignored[]> => tx.$queryRaw`
  SELECT source, external_id AS "externalId", kind, coalesce(reason, '') AS reason, event_time AS "eventTime"
  FROM inbox WHERE tenant_id = ${tenantId} AND status = 'IGNORED' ORDER BY event_time, source, external_id`
