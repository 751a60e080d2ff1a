import type { Database } from '@nobishiro/prisma'
import type { FactsCache } from '../facts/facts-cache.ts'
import { firstDayOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { evaluate } from '../metrics/evaluate.ts'
import { isMetricKey, metricOf } from '../metrics/registry.ts'
import type { MetricSeries } from '../metrics/result.ts'
import { askLink, tell } from '../outbox/tell.ts'
import { readTargets } from '../targets/targets.ts'
import { type Crossing, closedSince, crossingsOf, type Stand } from './crossings.ts'

/** A ledger that moves all the time is looked at no more often. */
export const LOOK_EVERY_MS = 15_000

type Judge = { db: Database; factsCache: FactsCache; now: Date }

/**
 * Looks at a tenant's targets if its ledger has moved since, and tells of those that were crossed: with the metrics' own figures, and once of a metric
 * and month, whichever process looks and however often the figure changes sides afterwards.
 */
export async function judgeTargets({ db, factsCache, now }: Judge, tenantId: string): Promise<void> {
  const context = { tenantId, viewer: 'TENANT' } as const
  const lookedBefore = new Date(now.getTime() - LOOK_EVERY_MS)
  const asked = await db.withTenant(context, async (tx) => {
    const rows = await tx.$queryRaw<{ since: Date; version: bigint }[]>`
      UPDATE webhook_watch SET looked_at = ${now} FROM tenant WHERE tenant_id = ${tenantId} AND tenant.id = tenant_id
        AND looked_at <= ${lookedBefore} AND tenant.version > webhook_watch.version RETURNING since, tenant.version`
    return rows[0] && { ...rows[0], targets: await readTargets(tx, tenantId) }
  })
  if (!asked) return
  const store = asked.targets.length > 0 ? await factsCache.read(context) : undefined
  const found: { crossing: Crossing; series: MetricSeries }[] = []
  if (store) {
    const { targets, since } = asked
    const { closes } = store.closed
    const months = closedSince(closes, since)
    const [first, last] = [months[0], months.at(-1)]
    if (first !== undefined && last !== undefined) {
      const keys = [...new Set(targets.map(({ metric }) => metric))].filter(isMetricKey)
      const range = { start: first - 1, end: last + 1 }
      const all = new Map(
        evaluate(store, { keys, scope: everyAccount(store), now, range }).map((one) => [one.definition.key, one]),
      )
      const crossings = crossingsOf({
        targets: targets.filter(({ metric }) => all.has(metric)),
        closes,
        since,
        better: (metric) => (isMetricKey(metric) ? metricOf(metric).better : 'HIGHER'),
        valueIn: (metric, month) => all.get(metric)?.values.find(({ period }) => period.start === month)?.value ?? null,
      })
      for (const crossing of crossings) found.push({ crossing, series: all.get(crossing.metric) as MetricSeries }) // it was measured
    }
  }
  await db.withTenant(context, async (tx) => {
    for (const { crossing, series } of found) {
      const { metric, now: stand } = crossing
      const about = `target ${metric} ${firstDayOf(stand.month)}`
      const data = dataOf(crossing, series, store?.version ?? asked.version)
      await tell(tx, { tenantId, type: 'target.crossed', at: now, data, about })
    }
    const version = store?.version ?? asked.version
    await tx.$executeRaw`UPDATE webhook_watch SET version = greatest(version, ${version}) WHERE tenant_id = ${tenantId}`
  })
}

function dataOf({ metric, now, before }: Crossing, { unit, currency }: MetricSeries, version: bigint) {
  const month = firstDayOf(now.month)
  const stand = ({ value, target, isMet, month: of }: Stand) => ({ month: firstDayOf(of), value, target, met: isMet })
  return {
    metric,
    unit,
    currency: unit === 'MONEY' ? currency : null,
    ...stand(now),
    previous: stand(before),
    version: String(version),
    links: { evidence: askLink(`{ explain(metric: ${metric}, at: "${month}") { sentence { en ja } reconciles } }`) },
  }
}
