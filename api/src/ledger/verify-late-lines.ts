import type { Tx } from '@nobishiro/prisma'
import type { Problem } from './verify-checks.ts'

/** Lines that restate a closed month and are not marked, or are marked and do not. */
export function lateLineProblems(tx: Tx, tenantId: string): Promise<Problem[]> {
  return tx.$queryRaw<Problem[]>`
    WITH wanted AS (
      SELECT line.id FROM ledger_line line
      WHERE line.tenant_id = ${tenantId}
        AND line.effective_day < (SELECT max(month) + interval '1 month' FROM month_close close
          WHERE close.tenant_id = ${tenantId} AND close.version < line.version)
        AND NOT EXISTS (SELECT FROM recognition_policy policy
          WHERE policy.tenant_id = ${tenantId} AND policy.version = line.version)
    ), found AS (
      SELECT line_id AS id FROM late_line WHERE tenant_id = ${tenantId}
    )
    SELECT 'line ' || id AS "where", CASE WHEN wanted.id IS NULL THEN 'in time' ELSE 'late' END AS expected,
      CASE WHEN found.id IS NULL THEN 'in time' ELSE 'late' END AS found
    FROM wanted FULL JOIN found USING (id) WHERE wanted.id IS NULL OR found.id IS NULL LIMIT 50`
}
