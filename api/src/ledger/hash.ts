import { createHash } from 'node:crypto'
import type { Tx } from '@nobishiro/prisma'

/** Hash of what the current lines say, without ids, sequence and recorded time: equal ledgers give equal hashes. */
export async function ledgerHash(tx: Tx, tenantId: string): Promise<string> {
  const rows = await tx.$queryRaw<{ content_key: string }[]>`
    SELECT content_key FROM ledger_line line
    WHERE tenant_id = ${tenantId} AND revision = nobishiro_revision(${tenantId}, 'infinity') AND reverses IS NULL AND NOT EXISTS (
      SELECT FROM ledger_line reversal WHERE reversal.tenant_id = line.tenant_id AND reversal.reverses = line.id)
    ORDER BY content_key COLLATE "C"`
  const hash = createHash('sha256')
  for (const row of rows) hash.update(`${row.content_key}\n`)
  return hash.digest('hex')
}
