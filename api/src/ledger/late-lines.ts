import type { Tx } from '@nobishiro/prisma'
import type { Line } from './lines.ts'

type Posting = {
  tenantId: string
  version: bigint
  /** First day of the last month that is closed. */
  closedThrough?: string | null
}

/** Remembers which of the lines that a posting appended count in a month that is closed. Mostly there are none. */
export async function markLate(
  tx: Tx,
  { tenantId, version, closedThrough }: Posting,
  appended: readonly Line[],
): Promise<void> {
  if (!closedThrough) return
  const month = closedThrough.slice(0, 7)
  const accounts = new Set(appended.flatMap((line) => (line.effectiveDay.slice(0, 7) <= month ? line.account : [])))
  if (accounts.size === 0) return
  await tx.$executeRaw`
    INSERT INTO late_line (tenant_id, line_id, account_id)
    SELECT tenant_id, id, account_id FROM ledger_line
    WHERE tenant_id = ${tenantId} AND account_id = ANY(${[...accounts]}) AND version = ${version}
      AND effective_day < ${closedThrough}::date + interval '1 month'`
}
