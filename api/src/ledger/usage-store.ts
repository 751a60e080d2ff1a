import type { Tx } from '@nobishiro/prisma'
import type { Corrections } from '../ingest/people/in-force.ts'
import type { History } from './history.ts'
import { isMetered, metricsOf } from './measure-usage.ts'
import { closedBy } from './month.ts'
import type { Reading } from './month-usage.ts'
import type { Recognition } from './recognition.ts'
import { withUsage } from './usage-steps.ts'

/** Histories of accounts with what their metered items bring; those of accounts without any come back as they are. */
export async function addUsage(
  tx: Tx,
  tenantId: string,
  folded: Map<string, History[]>,
  { corrections, recognition }: { corrections: Corrections; recognition: Recognition },
): Promise<Map<string, History[]>> {
  const meters = metersOf(folded)
  if (meters.length === 0) return folded
  const metrics = [...new Set(meters.map(({ metric }) => metric))]
  const accounts = [...new Set(meters.map(({ account }) => account))]
  const sources = [...new Set(meters.map(({ source }) => source))]
  const { timeZone } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { timeZone: true } })
  const closed = new Map<string, ReadonlyMap<string, number>>()
  for (const source of sources) closed.set(source, await closedMonths(tx, tenantId, source, metrics))
  const readings = await readingsOf(tx, tenantId, accounts, { metrics, corrections })
  const result = new Map(folded)
  for (const account of accounts) {
    const history = folded.get(account) ?? []
    const known = closed.get(history[0]?.source ?? '') ?? new Map()
    result.set(
      account,
      withUsage(history, { readings: readings.get(account) ?? [], closed: known }, { timeZone, recognition }),
    )
  }
  return result
}

export type Meter = { account: string; source: string; metric: string }

/** The metrics that price anything in these histories. */
export function metersOf(folded: ReadonlyMap<string, readonly History[]>): Meter[] {
  const meters = new Map<string, Meter>()
  for (const [account, histories] of folded) {
    for (const { source, steps } of histories) {
      const items = steps.flatMap(({ state }) => state.items.filter(isMetered))
      for (const metric of items.flatMap(metricsOf))
        meters.set(JSON.stringify([account, metric]), { account, source, metric })
    }
  }
  return [...meters.values()]
}

/**
 * Up to which month each metric of a source is known: the one that its latest reading closes, whoever's it is. A day that lies ahead
 * of the delivery that tells of it closes nothing, so that one wrong date cannot end everybody's usage.
 */
export async function closedMonths(
  tx: Tx,
  tenantId: string,
  source: string,
  metrics: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ metric: string; day: string }[]>`
    SELECT metric, latest.day::text AS day FROM unnest(${[...metrics]}::text[]) AS metric, LATERAL (
      SELECT day FROM usage_record record
      WHERE tenant_id = ${tenantId} AND source = ${source} AND record.metric = metric.metric
        AND day <= (reported_at AT TIME ZONE 'UTC')::date + 1
      ORDER BY day DESC LIMIT 1
    ) AS latest`
  return new Map(rows.map(({ metric, day }) => [metric, closedBy(day)]))
}

type Row = Omit<Reading, 'at' | 'reportedAt'> & { account: string; at: Date | null; reportedAt: Date }

/** Readings of these accounts and of those merged into them. */
async function readingsOf(
  tx: Tx,
  tenantId: string,
  accounts: string[],
  { metrics, corrections }: { metrics: string[]; corrections: Corrections },
) {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT account_id AS account, metric, subscription, item, day::text AS day, at, mode, aggregation, quantity::text AS quantity,
      coalesce(reported_at, 'epoch') AS "reportedAt", event_id AS event, external_id AS id
    FROM usage_record WHERE tenant_id = ${tenantId} AND account_id = ANY(${accounts.flatMap(corrections.membersOf)})
      AND metric = ANY(${metrics})`
  const readings = new Map<string, Reading[]>()
  for (const { account, at, reportedAt, ...row } of rows) {
    const reading = { ...row, at: at?.toISOString() ?? null, reportedAt: reportedAt.toISOString() }
    const root = corrections.rootOf(account)
    const known = readings.get(root)
    if (known) known.push(reading)
    else readings.set(root, [reading])
  }
  return readings
}

/** Which metrics price something of each account, or of the one it was merged into, so that usage finds the accounts whose MRR it moves. */
export async function storeMeters(
  tx: Tx,
  tenantId: string,
  folded: ReadonlyMap<string, readonly History[]>,
  corrections: Corrections,
) {
  const accounts = [...folded.keys()].flatMap(corrections.membersOf)
  await tx.$executeRaw`DELETE FROM account_meter WHERE tenant_id = ${tenantId} AND account_id = ANY(${accounts})`
  const meters = metersOf(folded).flatMap((meter) =>
    corrections.membersOf(meter.account).map((account) => ({ ...meter, account })),
  )
  if (meters.length === 0) return
  await tx.$executeRaw`
    INSERT INTO account_meter (tenant_id, account_id, source, metric)
    SELECT ${tenantId}, account, source, metric
    FROM json_to_recordset(${JSON.stringify(meters)}::json) AS meter (account text, source text, metric text)`
}
