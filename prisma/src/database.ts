import type { Prisma, PrismaClient } from '../generated/client/client.ts'
import { allowCopying } from './bulk/rows.ts'
import { deleteTenant } from './delete-tenant.ts'
import { readWhole, type WholeReader } from './whole/read-whole.ts'
import { type WholeWriter, writeWhole } from './whole/write-whole.ts'

/** Who looks: everything of a tenant, or the accounts that are written down under a scope (`scope_account`). */
export type TenantContext =
  | { tenantId: string; viewer: 'TENANT' }
  | { tenantId: string; viewer: 'SCOPE'; scope: string }

export type Tx = Prisma.TransactionClient

export type TransactionOptions = {
  /** Statement and transaction deadline; default 30 s. The embedded engine ignores the statement part. */
  timeoutMs?: number
}

export interface Database {
  readonly engine: 'pglite' | 'postgresql'
  /** The one door: runs `fn` in one transaction that can see this tenant (and the accounts of this scope) and nothing else. */
  withTenant<T>(context: TenantContext, fn: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** Every tenant, for the operator's own commands. */
  tenants(): Promise<{ id: string; name: string }[]>
  /** Tenants with something to send, or whose ledger has moved since their targets were looked at; the longest waiting first. */
  tenantsToTell(due: { now: Date; lookedBefore: Date }): Promise<string[]>
  /**
   * Deletes a tenant and every row of it, for the operator's own command; false where there is none. As the owner of the tables, since the
   * application may take nothing out of the ledger, and still inside row-level security: no other tenant can be met.
   */
  deleteTenant(tenantId: string): Promise<boolean>
  /** Every row of every tenant as of one moment, for the operator's own back-up. Nobody waits for it, but for the embedded engine. */
  readWhole<T>(read: (whole: WholeReader) => Promise<T>): Promise<T>
  /** Fills an empty database from a back-up, in one transaction: what is thrown inside leaves nothing. */
  writeWhole<T>(write: (whole: WholeWriter) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export const APPLICATION_ROLE = 'nobishiro_app'

export function openDoor(engine: Database['engine'], client: PrismaClient, close: () => Promise<void>): Database {
  return {
    engine,
    withTenant: (context, fn, options = {}) => {
      const timeout = options.timeoutMs ?? 30_000
      return client.$transaction(
        async (tx) => {
          // Policies make a statement over many rows look dear to PostgreSQL, which would compile it for longer than it runs.
          await tx.$queryRaw`SELECT
            set_config('role', ${APPLICATION_ROLE}, true),
            set_config('nobishiro.tenant', ${context.tenantId}, true),
            set_config('nobishiro.viewer', ${context.viewer}, true),
            set_config('nobishiro.scope', ${context.viewer === 'SCOPE' ? context.scope : ''}, true),
            set_config('jit', 'off', true),
            set_config('statement_timeout', ${String(timeout)}, true)`
          if (engine === 'postgresql') allowCopying(tx)
          const result = await fn(tx)
          // A swallowed error or a deferred constraint surfaces here, not at a COMMIT that nobody reads.
          await tx.$executeRaw`SET CONSTRAINTS ALL IMMEDIATE`
          return result
        },
        { timeout, maxWait: 60_000 },
      )
    },
    tenants: () =>
      client.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT set_config('role', ${APPLICATION_ROLE}, true), set_config('nobishiro.operator', 'on', true)`
        return tx.tenant.findMany({ select: { id: true, name: true }, orderBy: { id: 'asc' } })
      }),
    tenantsToTell: ({ now, lookedBefore }) =>
      client.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT set_config('role', ${APPLICATION_ROLE}, true), set_config('nobishiro.operator', 'on', true)`
        const rows = await tx.$queryRaw<{ id: string }[]>`
          SELECT tenant_id AS id FROM (
            SELECT tenant_id, min(next_at) AS at FROM webhook_delivery WHERE state = 'PENDING' AND next_at <= ${now} GROUP BY 1
            UNION ALL
            SELECT tenant_id, looked_at FROM webhook_watch JOIN tenant ON tenant.id = tenant_id
            WHERE tenant.version > webhook_watch.version AND looked_at <= ${lookedBefore}
          ) AS waiting GROUP BY 1 ORDER BY min(at) LIMIT 100`
        return rows.map(({ id }) => id)
      }),
    deleteTenant: (tenantId) => client.$transaction((tx) => deleteTenant(tx, tenantId), { timeout: 600_000 }),
    readWhole: (read) => readWhole(client, APPLICATION_ROLE, read),
    writeWhole: (write) => writeWhole(client, APPLICATION_ROLE, write),
    close,
  }
}
