import type { Tx } from '@nobishiro/prisma'
import type { Applied } from './apply.ts'
import type { UsageEvent } from './event.ts'
import type { InboxKey } from './inbox.ts'

/** Quantities as measured; the delivery's id makes them count once. */
export async function insertUsage(tx: Tx, key: InboxKey, applied: readonly Applied[]): Promise<void> {
  const rows = applied.flatMap(({ externalId, events }) =>
    events
      .filter((event): event is UsageEvent => event.type === 'usage')
      .map((event, index) => ({
        external: index === 0 ? externalId : `${externalId}#${index}`,
        account: `${key.source}:${event.account}`,
        metric: event.metric,
        day: event.day,
        quantity: event.quantity,
      })),
  )
  for (let start = 0; start < rows.length; start += 5_000) {
    await tx.$executeRaw`
      INSERT INTO usage_record (tenant_id, source, external_id, account_id, metric, day, quantity)
      SELECT ${key.tenantId}, ${key.source}, external, account, metric, day, quantity
      FROM json_to_recordset(${JSON.stringify(rows.slice(start, start + 5_000))}::json) AS row
        (external text, account text, metric text, day date, quantity numeric)
      ON CONFLICT DO NOTHING`
  }
}
