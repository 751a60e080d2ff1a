import type { Tx } from '@nobishiro/prisma'
import { tellRestated } from '../outbox/tell-restated.ts'
import type { Line } from './lines.ts'

type Posting = {
  tenantId: string
  version: bigint
  recordedAt: Date
  /** First day of the last month that is closed. */
  closedThrough?: string | null
}

/** Remembers which of the lines that a posting appended count in a month that is closed, and tells of them. Mostly there are none. */
export async function markLate(
  tx: Tx,
  { tenantId, version, recordedAt, closedThrough }: Posting,
  { reversals, additions }: { reversals: readonly Line[]; additions: readonly Line[] },
): Promise<void> {
  if (!closedThrough) return
  const month = closedThrough.slice(0, 7)
  const isLate = ({ effectiveDay }: Line) => effectiveDay.slice(0, 7) <= month
  const takenBack = reversals.filter(isLate).map((line) => ({ ...line, amount: -line.amount }))
  const late = [...takenBack, ...additions.filter(isLate)]
  const accounts = new Set(late.map(({ account }) => account))
  if (accounts.size === 0) return
  await tellRestated(tx, { tenantId, version, recordedAt }, late)
  await tx.$executeRaw`
    INSERT INTO late_line (tenant_id, line_id, account_id)
    SELECT tenant_id, id, account_id FROM ledger_line
    WHERE tenant_id = ${tenantId} AND account_id = ANY(${[...accounts]}) AND version = ${version}
      AND effective_day < ${closedThrough}::date + interval '1 month'`
}
