import type { Database } from '@nobishiro/prisma'
import { closePassedMonths } from '../ledger/close-passed.ts'
import { ExpectedError } from '../shared/errors.ts'
import { type AcceptContext, lockTenant } from './accept.ts'
import { type Applied, apply } from './apply.ts'
import { withoutErased } from './erased.ts'
import { insertInbox } from './inbox.ts'
import type { Received } from './received.ts'

const door = ({ tenantId }: { tenantId: string }) => ({ tenantId, viewer: 'TENANT' }) as const

/** Puts one chunk of an import into the inbox without making it count. Returns the ids that are new. */
export function stage(
  db: Database,
  context: AcceptContext,
  importId: string,
  received: readonly Received[],
): Promise<Set<string>> {
  return db.withTenant(
    door(context),
    async (tx) => {
      const held = await lockTenant(tx, context)
      return insertInbox(tx, context, await withoutErased(tx, context, received, held), importId)
    },
    { timeoutMs: 120_000 },
  )
}

/**
 * Makes the whole import count, in one transaction: after a crash it is there entirely or not at all.
 * `expected` is the number of rows staged; `through` declares the source complete up to the end of that day.
 */
export function publish(
  db: Database,
  context: AcceptContext,
  importId: string,
  expected: number,
  through?: string,
): Promise<{ appended: number }> {
  return db.withTenant(
    door(context),
    async (tx) => {
      const { tenantId, source } = context
      await lockTenant(tx, context)
      const staged = await tx.$queryRaw<
        { external_id: string; account_id: string | null; events: Applied['events'] }[]
      >`
        UPDATE inbox SET status = 'POSTED', received_at = clock_timestamp() WHERE tenant_id = ${tenantId} AND source = ${source} AND import_id = ${importId}
          AND status = 'STAGED'
        RETURNING external_id, account_id, events`
      if (staged.length !== expected) {
        throw new ExpectedError(
          'CONFLICT',
          `Another import of the same rows is running: ${expected} rows were staged, ${staged.length} are left. Run the import again.`,
        )
      }
      const applied = staged.map((row) => ({
        externalId: row.external_id,
        account: row.account_id === null ? null : row.account_id.slice(source.length + 1),
        events: row.events,
      }))
      const { appended } = applied.length > 0 ? await apply(tx, context, applied) : { appended: 0 }
      await tx.$executeRaw`
        UPDATE source SET last_received_at = ${context.clock()}, last_event_at = (SELECT max(event_time) FROM inbox
          WHERE tenant_id = ${tenantId} AND source = ${source} AND status <> 'STAGED') WHERE tenant_id = ${tenantId} AND name = ${source}`
      if (through !== undefined) {
        await tx.$executeRaw`UPDATE source SET through = greatest(through, ${through}::date) WHERE tenant_id = ${tenantId} AND name = ${source}`
      }
      await closePassedMonths(tx, tenantId, context.clock())
      return { appended }
    },
    { timeoutMs: 3_600_000 },
  )
}

/** Takes back what an import has staged. */
export async function discard(db: Database, context: { tenantId: string }, importId: string): Promise<void> {
  await db.withTenant(door(context), async (tx) => {
    await tx.inbox.deleteMany({ where: { tenantId: context.tenantId, importId, status: 'STAGED' } })
  })
}

/** At start: removes what imports that died have left. On a server shared by processes, only what is hours old. */
export function recover(db: Database, tenantId: string, clock: () => Date): Promise<number> {
  const before = db.engine === 'pglite' ? clock() : new Date(clock().getTime() - 6 * 3_600_000)
  return db.withTenant(
    door({ tenantId }),
    (tx) =>
      tx.$executeRaw`DELETE FROM inbox WHERE tenant_id = ${tenantId} AND status = 'STAGED' AND received_at <= ${before}`,
  )
}
