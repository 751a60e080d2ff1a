import type { Database, Tx } from '@nobishiro/prisma'
import { type Change, note } from '../access/audit.ts'
import { invalidInput } from '../access/invalid-input.ts'
import { PEOPLE } from '../ingest/people/correction.ts'
import { SETTINGS } from '../ingest/settings.ts'
import { ExpectedError } from '../shared/errors.ts'
import { reduceBodies, reduceSecondBodies } from './bodies.ts'
import { lock } from './erase-account.ts'

const DAY_MS = 24 * 3_600_000
const MOST_DAYS = 36_500
const PAGE = 2_000

/** Says for how many days bodies are kept as they came; null keeps them for good. */
export function setRetention(
  db: Database,
  { tenantId, by, now }: Change,
  { days }: { days: number | null },
  { field = 'days' }: { field?: string } = {},
): Promise<{ days: number | null }> {
  if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= MOST_DAYS))
    throw invalidInput(
      field,
      `${field} is ${days}: a whole number of days from 1 to ${MOST_DAYS}, or nothing to keep bodies for good.`,
    )
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    await lock(tx, tenantId)
    const { rawKeptDays: before } = await tx.tenant.findUniqueOrThrow({
      where: { id: tenantId },
      select: { rawKeptDays: true },
    })
    await tx.tenant.update({
      where: { id: tenantId },
      data: { rawKeptDays: days, rawReducedAt: null },
      select: { id: true },
    })
    if (before !== days)
      await note(tx, { tenantId, at: now, by, action: 'RETENTION_SET', subject: 'bodies', detail: { days, before } })
    return { days }
  })
}

export async function retentionOf(
  db: Database,
  tenantId: string,
): Promise<{ days: number | null; reducedAt: Date | null }> {
  const tenant = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.tenant.findUnique({ where: { id: tenantId }, select: { rawKeptDays: true, rawReducedAt: true } }),
  )
  if (!tenant) throw new ExpectedError('NOT_FOUND', `There is no tenant "${tenantId}".`)
  return { days: tenant.rawKeptDays, reducedAt: tenant.rawReducedAt }
}

/** Once a day, whichever process comes first: reduces what the tenant keeps no longer. */
export async function reduceOnceADay(db: Database, tenantId: string, now: Date): Promise<number> {
  const { count } = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.tenant.updateMany({
      where: {
        id: tenantId,
        rawKeptDays: { not: null },
        OR: [{ rawReducedAt: null }, { rawReducedAt: { lte: new Date(now.getTime() - DAY_MS) } }],
      },
      data: { rawReducedAt: now },
    }),
  )
  return count === 0 ? 0 : reduceOld(db, tenantId, now)
}

/**
 * Puts their events in place of the bodies that are older than the tenant keeps them. What people decided stays as they said it, and so
 * do second bodies that were kept unread. Page by page, each a transaction of its own: deliveries go on meanwhile.
 */
export async function reduceOld(db: Database, tenantId: string, now: Date): Promise<number> {
  const { days } = await retentionOf(db, tenantId)
  if (days === null) return 0
  const before = new Date(now.getTime() - days * DAY_MS)
  let reduced = 0
  for (const read of [oldDeliveries, oldConflicts]) {
    for (let after: Place | undefined = ['', '', '']; after !== undefined; ) {
      const place: Place = after
      const rows: Place[] = await db.withTenant(
        { tenantId, viewer: 'TENANT' },
        (tx) => read(tx, tenantId, before, place),
        {
          timeoutMs: 120_000,
        },
      )
      reduced += rows.length
      after = rows.length < PAGE ? undefined : rows.at(-1)
    }
  }
  return reduced
}

/** Source, id, and of second bodies the digest. */
type Place = [source: string, id: string, body: string]

async function oldDeliveries(tx: Tx, tenantId: string, before: Date, [source, id]: Place): Promise<Place[]> {
  const rows = await tx.$queryRaw<{ source: string; id: string }[]>`
    SELECT source, external_id AS id FROM inbox
    WHERE tenant_id = ${tenantId} AND source <> ${SETTINGS} AND source <> ${PEOPLE} AND status <> 'STAGED' AND reduced_at IS NULL
      AND received_at < ${before} AND (source, external_id) > (${source}, ${id})
    ORDER BY source, external_id LIMIT ${PAGE}`
  await reduceBodies(
    tx,
    rows.map((row) => ({ ...row, nameless: false })),
  )
  return rows.map((row): Place => [row.source, row.id, ''])
}

async function oldConflicts(tx: Tx, tenantId: string, before: Date, place: Place): Promise<Place[]> {
  const [source, id, body] = place
  const rows = await tx.$queryRaw<{ source: string; id: string; body: string }[]>`
    SELECT source, external_id AS id, encode(body_sha256, 'hex') AS body FROM inbox_conflict
    WHERE tenant_id = ${tenantId} AND events IS NOT NULL AND reduced_at IS NULL AND received_at < ${before}
      AND (source, external_id, encode(body_sha256, 'hex')) > (${source}, ${id}, ${body})
    ORDER BY source, external_id, encode(body_sha256, 'hex') LIMIT ${PAGE}`
  await reduceSecondBodies(tx, rows)
  return rows.map((row): Place => [row.source, row.id, row.body])
}
