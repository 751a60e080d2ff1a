import type { Database, Tx } from '@nobishiro/prisma'

/** What is noted of who may look in, and of what is kept of persons. Sessions note themselves: their rows are never deleted. */
export const AUDIT_ACTIONS = [
  'KEY_CREATED',
  'KEY_ROTATED',
  'KEY_REVOKED',
  'SESSIONS_REVOKED',
  'DOCUMENTS_REGISTERED',
  'DOCUMENT_REMOVED',
  'ACCOUNTS_SHARED',
  'ACCOUNTS_UNSHARED',
  'WEBHOOK_CREATED',
  'WEBHOOK_SECRET_ROTATED',
  'WEBHOOK_DELETED',
  'WEBHOOK_DISABLED',
  'WEBHOOK_ENABLED',
  'ACCOUNT_ERASED',
  'ACCOUNT_EXPORTED',
  'RETENTION_SET',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** `by` is `key:` with the id of the key that did it, or the program of ours: `cli`, `demo`, `server`. Secrets are never part of `detail`. */
export type Noted = {
  tenantId: string
  at: Date
  by: string
  action: AuditAction
  /** Id of what it was done to; of shares, the partner. */
  subject: string
  detail?: Record<string, string | number | null | string[]>
}

export type AuditEntry = { id: bigint; at: Date; by: string; action: AuditAction; subject: string; detail: object }

/** Who changes something about access, of which tenant, and when. */
export type Change = { tenantId: string; by: string; now: Date }

/** Adds to the log, in the transaction of what is noted: neither is without the other. */
export async function note(tx: Tx, { detail = {}, ...noted }: Noted): Promise<void> {
  await tx.auditEntry.create({ data: { ...noted, detail }, select: { id: true } })
}

/** A page of the log, the newest first. */
export function readAudit(
  db: Database,
  tenantId: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ items: AuditEntry[]; total: number }> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const items = await tx.auditEntry.findMany({
      where: { tenantId },
      omit: { tenantId: true },
      orderBy: { id: 'desc' },
      skip: offset,
      take: limit,
    })
    return { items: items as AuditEntry[], total: await tx.auditEntry.count({ where: { tenantId } }) } // as note wrote them
  })
}
