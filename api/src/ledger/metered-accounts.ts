import type { Tx } from '@nobishiro/prisma'
import type { IngestEvent, UsageEvent } from '../ingest/event.ts'
import { closedMonths } from './usage-store.ts'

/**
 * Accounts whose MRR these readings may move: those of which they are, where the metric prices something, and everyone with a
 * metric of which another month is closed now. `store` writes the readings.
 */
export async function meteredAccounts(
  tx: Tx,
  { tenantId, source }: { tenantId: string; source: string },
  { come, withdrawn }: { come: readonly IngestEvent[]; withdrawn: readonly IngestEvent[] },
  store: () => Promise<void>,
): Promise<string[]> {
  const [added, taken] = [usageOf(come), usageOf(withdrawn)]
  const named = [...new Set([...added, ...taken].map(({ metric }) => metric))]
  const metrics = named.length > 0 ? await pricing(tx, tenantId, source, named) : []
  if (metrics.length === 0) {
    await store()
    return []
  }
  const before = await closedMonths(tx, tenantId, source, metrics)
  await store()
  const after = await closedMonths(tx, tenantId, source, metrics)
  // What was withdrawn is gone already: it may have been what closed a month.
  const moved = metrics.filter(
    (metric) => before.get(metric) !== after.get(metric) || taken.some((event) => event.metric === metric),
  )
  const accounts = [...new Set([...added, ...taken].map(({ account }) => `${source}:${account}`))]
  const rows = await tx.$queryRaw<{ account_id: string }[]>`
    SELECT DISTINCT account_id FROM account_meter
    WHERE tenant_id = ${tenantId} AND source = ${source} AND metric = ANY(${metrics})
      AND (account_id = ANY(${accounts}) OR metric = ANY(${moved}))`
  return rows.map(({ account_id }) => account_id)
}

const usageOf = (events: readonly IngestEvent[]): UsageEvent[] =>
  events.filter((event): event is UsageEvent => event.type === 'usage')

async function pricing(tx: Tx, tenantId: string, source: string, named: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ metric: string }[]>`
    SELECT metric FROM unnest(${named}::text[]) AS metric
    WHERE EXISTS (SELECT FROM account_meter meter
      WHERE meter.tenant_id = ${tenantId} AND meter.source = ${source} AND meter.metric = metric.metric)`
  return rows.map(({ metric }) => metric)
}
