import type { Database, Tx } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
import { lockTenant } from './accept.ts'
import { apply } from './apply.ts'
import type { IngestEvent } from './event.ts'
import { type InboxKey, insertInbox } from './inbox.ts'
import type { Received } from './received.ts'

export type Resolution = {
  source: string
  externalId: string
  keep: 'first' | 'second'
  reason: string
  /** First digits of the SHA-256 of the other body that is meant, where there are several. */
  body?: string
}

export type Resolved = { externalId: string; keep: 'first' | 'second'; keptAs: string; appended: number }

type Other = {
  sha256: string
  raw: Uint8Array
  kind: string | null
  account: string | null
  events: IngestEvent[] | null
  event_time: Date | null
  ignored: string | null
  reduced: boolean
}

/**
 * Ends a conflict as a person decides, in one transaction. Keeping the second delivers its body as a correction, under an id of its
 * own; the row it replaces stays, and no longer counts. Nothing is deleted, and the ledger takes back what it has to.
 */
export function resolveConflict(
  db: Database,
  { tenantId, clock }: { tenantId: string; clock: () => Date },
  resolution: Resolution,
): Promise<Resolved> {
  const key = { tenantId, source: resolution.source }
  return db.withTenant(
    { tenantId, viewer: 'TENANT' },
    async (tx) => {
      await lockTenant(tx, key)
      const others = await unresolved(tx, key, resolution)
      const current = await countingId(tx, key, resolution.externalId)
      if (resolution.keep === 'first') {
        for (const other of others) await decide(tx, key, { ...resolution, other, keptAs: null, at: clock() })
        return { externalId: resolution.externalId, keep: 'first', keptAs: current, appended: 0 }
      }
      const other = onlyOne(others, resolution)
      const keptAs = await freeId(tx, key, resolution.externalId)
      const correction = received(other, keptAs)
      const withdrawn = await withdraw(tx, key, current, `replaced by ${keptAs}: ${resolution.reason}`)
      await insertInbox(tx, key, [correction], null)
      const counts = correction.ignored === undefined ? [correction] : []
      const { appended } = await apply(tx, key, counts, withdrawn)
      await decide(tx, key, { ...resolution, other, keptAs, at: clock() })
      return { externalId: resolution.externalId, keep: 'second', keptAs, appended }
    },
    { timeoutMs: 3_600_000 },
  )
}

async function unresolved(tx: Tx, key: InboxKey, { externalId, body = '' }: Resolution): Promise<Other[]> {
  const rows = await tx.$queryRaw<(Other & { resolution: string | null })[]>`
    SELECT encode(body_sha256, 'hex') AS sha256, raw, kind, account, events, event_time, ignored, resolution,
      reduced_at IS NOT NULL AS reduced
    FROM inbox_conflict
    WHERE tenant_id = ${key.tenantId} AND source = ${key.source} AND external_id = ${externalId}
      AND starts_with(encode(body_sha256, 'hex'), ${body.toLowerCase()})
    ORDER BY received_at, body_sha256`
  const open = rows.filter((row) => row.resolution === null)
  if (open.length > 0) return open
  const what = `"${externalId}" of source "${key.source}"${body ? ` with a body ${body}…` : ''}`
  if (rows.length > 0) throw new ExpectedError('CONFLICT', `The conflict of ${what} is resolved already.`)
  throw new ExpectedError('NOT_FOUND', `There is no conflict of ${what}. List them with: nobishiro quarantine list`)
}

function onlyOne(others: readonly Other[], { externalId }: Resolution): Other {
  const [other, ...more] = others
  if (other && more.length === 0) return other
  const digests = others.map(({ sha256 }) => sha256.slice(0, 12)).join(', ')
  throw new ExpectedError(
    'INVALID_INPUT',
    `"${externalId}" arrived with several other bodies. Say which with --body: ${digests}`,
  )
}

/** The delivery that counts: as it first came, or the correction that was kept last. */
async function countingId(tx: Tx, { tenantId, source }: InboxKey, externalId: string): Promise<string> {
  const kept = await tx.inboxConflict.findMany({
    where: { tenantId, source, externalId, resolution: 'SECOND' },
    select: { keptAs: true },
  })
  const ids = [externalId, ...kept.flatMap(({ keptAs }) => keptAs ?? [])]
  const row = await tx.inbox.findFirstOrThrow({
    where: { tenantId, source, externalId: { in: ids }, status: { not: 'QUARANTINED' } },
    select: { externalId: true },
  })
  return row.externalId
}

async function freeId(tx: Tx, { tenantId, source }: InboxKey, externalId: string): Promise<string> {
  for (let number = 2; ; number += 1) {
    const id = `${externalId}#${number}`
    if ((await tx.inbox.count({ where: { tenantId, source, externalId: id } })) === 0) return id
  }
}

function received(other: Other, externalId: string): Received {
  const { raw, sha256, kind, account, events, event_time, ignored, reduced } = other
  if (kind === null || events === null || event_time === null) {
    throw new ExpectedError(
      'CONFLICT',
      'The second body was kept by an earlier release, unread. Deliver it once more, then resolve the conflict.',
    )
  }
  const eventTime = event_time.toISOString()
  const body = { raw, bodySha256: Buffer.from(sha256, 'hex'), isReduced: reduced }
  return { externalId, kind, ...body, account, events, eventTime, ...(ignored === null ? {} : { ignored }) }
}

/** The row stays as it came; it no longer counts. Returns what it said. */
async function withdraw(tx: Tx, { tenantId, source }: InboxKey, id: string, reason: string): Promise<IngestEvent[]> {
  const [row] = await tx.$queryRaw<{ events: IngestEvent[] }[]>`
    UPDATE inbox SET status = 'QUARANTINED', reason = ${reason}
    WHERE tenant_id = ${tenantId} AND source = ${source} AND external_id = ${id} RETURNING events`
  const measured = (row?.events ?? []).filter(({ type }) => type === 'usage').length
  const ids = Array.from({ length: measured }, (_, index) => (index === 0 ? id : `${id}#${index}`))
  await tx.usageRecord.deleteMany({ where: { tenantId, source, externalId: { in: ids } } })
  return row?.events ?? []
}

async function decide(
  tx: Tx,
  { tenantId, source }: InboxKey,
  { externalId, other, keep, keptAs, reason, at }: Resolution & { other: Other; keptAs: string | null; at: Date },
): Promise<void> {
  await tx.inboxConflict.update({
    where: {
      tenantId_source_externalId_bodySha256: {
        tenantId,
        source,
        externalId,
        bodySha256: Buffer.from(other.sha256, 'hex'),
      },
    },
    data: { resolution: keep === 'first' ? 'FIRST' : 'SECOND', resolvedAt: at, reason, keptAs },
    select: { externalId: true },
  })
}
