import type { Tx } from '@nobishiro/prisma'
import { tellClosed } from '../outbox/tell-closed.ts'

/** Local days after a month's end in which corrections still belong to it. */
const GRACE_DAYS = 5

/**
 * Closes the months that every source has passed and that ended long enough ago, at the end of a posting: when a month was closed
 * is recorded, and no question decides it. One row closes the month and all before it.
 */
export async function closePassedMonths(tx: Tx, tenantId: string, now: Date): Promise<void> {
  const closed = await tx.$queryRaw<{ month: string; version: bigint; closed_at: Date }[]>`
    WITH passed AS (
      SELECT tenant.version, (date_trunc('month', least(
          (SELECT min(coalesce(through, (last_event_at AT TIME ZONE time_zone)::date)) FROM source WHERE tenant_id = tenant.id AND kind NOT IN ('PEOPLE', 'RATES')) + 1,
          (${now}::timestamptz AT TIME ZONE time_zone)::date - ${GRACE_DAYS}::int
        )) - interval '1 month')::date AS month
      FROM tenant WHERE id = ${tenantId} AND EXISTS (SELECT FROM account_change WHERE tenant_id = ${tenantId})
    )
    INSERT INTO month_close (tenant_id, version, month, closed_at, by)
    SELECT ${tenantId}, version, month, date_trunc('milliseconds', clock_timestamp()), 'WATERMARK' FROM passed
    WHERE month > coalesce((SELECT max(month) FROM month_close WHERE tenant_id = ${tenantId}), '-infinity')
    RETURNING to_char(month, 'YYYY-MM') AS month, version, closed_at`
  for (const { month, version, closed_at: closedAt } of closed)
    await tellClosed(tx, { tenantId, month, version, closedAt, by: 'WATERMARK' })
}
