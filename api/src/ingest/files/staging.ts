import type { Database } from '@nobishiro/prisma'
import { ExpectedError } from '../../shared/errors.ts'
import type { AcceptContext } from '../accept.ts'
import { discard, publish, stage } from '../import-store.ts'
import type { Received } from '../received.ts'

/** What an import writes: nothing of it counts before `publish`, and after a crash it is there whole or not at all. */
export type Staging = {
  /** Returns the ids that are new; the others are known already. */
  add(received: readonly Received[]): Promise<Set<string>>
  publish(through: string | null): Promise<{ linesAppended: number }>
  discard(): Promise<void>
}

export async function openStaging(
  db: Database,
  context: AcceptContext,
  importId: string,
  kind = 'CSV',
): Promise<Staging> {
  const isOurs = await createSource(db, context, kind)
  let staged = 0
  return {
    add: async (received) => {
      const known = await knownIds(db, context, importId, received)
      const fresh = new Map(
        received.filter(({ externalId }) => !known.has(externalId)).map((item) => [item.externalId, item]),
      )
      const added = fresh.size === 0 ? new Set<string>() : await stage(db, context, importId, [...fresh.values()])
      staged += added.size
      return added
    },
    publish: async (through) => {
      const { appended } = await publish(db, context, importId, staged, through ?? undefined)
      return { linesAppended: appended }
    },
    discard: async () => {
      if (staged > 0) await discard(db, context, importId)
      if (isOurs) await removeSource(db, context)
    },
  }
}

/** Ids that count already, or that this import has staged. */
export async function knownIds(
  db: Database,
  { tenantId, source }: { tenantId: string; source: string },
  importId: string,
  received: readonly { externalId: string }[],
): Promise<Set<string>> {
  const ids = received.map(({ externalId }) => externalId)
  const rows = await db.withTenant(
    { tenantId, viewer: 'TENANT' },
    (tx) => tx.$queryRaw<{ external_id: string }[]>`
    SELECT external_id FROM inbox WHERE tenant_id = ${tenantId} AND source = ${source} AND external_id = ANY(${ids})
      AND (status <> 'STAGED' OR import_id = ${importId})`,
  )
  return new Set(rows.map((row) => row.external_id))
}

/** Time zone of a tenant; refuses a source of another kind. */
export async function checkTarget(
  db: Database,
  { tenantId, source, kind: wanted = 'CSV' }: { tenantId: string; source: string; kind?: string },
): Promise<{ timeZone: string }> {
  const { tenant, kind } = await db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => ({
    tenant: await tx.tenant.findUnique({ where: { id: tenantId }, select: { timeZone: true } }),
    kind: (await tx.source.findUnique({ where: { tenantId_name: { tenantId, name: source } }, select: { kind: true } }))
      ?.kind,
  }))
  if (!tenant) throw new ExpectedError('NOT_FOUND', `There is no tenant "${tenantId}".`)
  if (kind !== undefined && kind !== wanted) {
    throw new ExpectedError(
      'CONFLICT',
      `The source "${source}" is connected to ${kind}. Give the files another name with --source.`,
    )
  }
  return tenant
}

/** True when the source was not there. */
async function createSource(db: Database, { tenantId, source }: AcceptContext, kind: string): Promise<boolean> {
  const { count } = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.source.createMany({ data: [{ tenantId, name: source, kind }], skipDuplicates: true }),
  )
  return count === 1
}

async function removeSource(db: Database, { tenantId, source }: AcceptContext): Promise<void> {
  await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.source.deleteMany({ where: { tenantId, name: source, lastEventAt: null, through: null } }),
  )
}
