import type { Tx } from '@nobishiro/prisma'
import { localDay } from '../shared/local-day.ts'
import type { Applied } from './apply.ts'
import type { UsageEvent } from './event.ts'
import type { InboxKey } from './inbox.ts'

/** Quantities as measured; the delivery's id makes them count once. */
export async function insertUsage(tx: Tx, key: InboxKey, applied: readonly Applied[], timeZone: string): Promise<void> {
  const rows = applied.flatMap(({ externalId, events }) =>
    events
      .filter((event): event is UsageEvent => event.type === 'usage')
      .map((event, index) => ({
        external: index === 0 ? externalId : `${externalId}#${index}`,
        event: externalId,
        account: `${key.source}:${event.account}`,
        metric: event.metric,
        day: event.at === undefined ? event.day : localDay(new Date(event.at), timeZone),
        quantity: event.quantity,
        at: event.at ?? null,
        subscription: event.subscription ?? null,
        item: event.item ?? null,
        aggregation: event.aggregation ?? null,
        mode: event.mode ?? 'ADD',
      })),
  )
  for (let start = 0; start < rows.length; start += 5_000) {
    await tx.$executeRaw`
      INSERT INTO usage_record (tenant_id, source, external_id, account_id, metric, day, quantity, event_id, reported_at, at,
        subscription, item, aggregation, mode)
      SELECT ${key.tenantId}, ${key.source}, external, account, metric, day, quantity,
        CASE WHEN inbox.account_id = account THEN event END, event_time, at, subscription, item, aggregation, mode
      FROM json_to_recordset(${JSON.stringify(rows.slice(start, start + 5_000))}::json) AS row
        (external text, account text, metric text, day date, quantity numeric, event text, at timestamptz, subscription text,
          item text, aggregation text, mode text)
        LEFT JOIN inbox ON tenant_id = ${key.tenantId} AND source = ${key.source} AND external_id = event
      ON CONFLICT DO NOTHING`
  }
}
