import type { Tx } from '@nobishiro/prisma'

/** One month of one currency, in minor units. Retention compares with the close twelve months before. */
export type MonthSums = {
  /** YYYY-MM */
  month: string
  currency: string
  opening: bigint
  new: bigint
  reactivation: bigint
  expansion: bigint
  contraction: bigint
  churn: bigint
  closing: bigint
  /** MRR of the accounts that paid twelve months before: then, now, and the lesser of the two. */
  cohortOpening: bigint
  cohortClosing: bigint
  cohortKept: bigint
}

const MAX_MONTHS = 600

/** From the first month with a line to the current one. Plain SQL over the ledger, independent of facts and metrics. */
export async function monthSums(tx: Tx, tenant: { id: string; timeZone: string }, now: Date): Promise<MonthSums[]> {
  const rows = await tx.$queryRaw<
    (Record<Exclude<keyof MonthSums, 'month' | 'currency'>, string> & { month: string; currency: string })[]
  >`
    WITH account_month AS (
      SELECT account_id, currency, date_trunc('month', effective_day)::date AS month, sum(amount_minor) AS amount
      FROM ledger_line WHERE tenant_id = ${tenant.id} AND revision = nobishiro_revision(${tenant.id}, 'infinity') GROUP BY 1, 2, 3
    ), bounds AS (
      SELECT min(month) AS first, date_trunc('month', ${now}::timestamptz AT TIME ZONE ${tenant.timeZone})::date AS last FROM account_month
    ), months AS (
      SELECT generate_series(first, last, interval '1 month')::date AS month FROM bounds LIMIT ${MAX_MONTHS}
    ), grid AS (
      SELECT holder.account_id, holder.currency, months.month, coalesce(account_month.amount, 0) AS amount
      FROM (SELECT DISTINCT account_id, currency FROM account_month) AS holder CROSS JOIN months
      LEFT JOIN account_month USING (account_id, currency, month)
    ), closings AS (
      SELECT account_id, currency, month,
        greatest(sum(amount) OVER history, 0) AS closing,
        greatest(coalesce(sum(amount) OVER (history ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0), 0) AS opening,
        greatest(coalesce(sum(amount) OVER (history ROWS BETWEEN UNBOUNDED PRECEDING AND 12 PRECEDING), 0), 0) AS year_ago
      FROM grid WINDOW history AS (PARTITION BY account_id, currency ORDER BY month)
    ), spans AS (
      SELECT *, coalesce(bool_or(closing > 0) OVER (PARTITION BY account_id, currency ORDER BY month
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS paid_before
      FROM closings
    )
    SELECT to_char(month, 'YYYY-MM') AS month, currency,
      sum(opening)::text AS opening, sum(closing)::text AS closing,
      coalesce(sum(closing) FILTER (WHERE opening = 0 AND NOT paid_before), 0)::text AS new,
      coalesce(sum(closing) FILTER (WHERE opening = 0 AND paid_before), 0)::text AS reactivation,
      coalesce(sum(closing - opening) FILTER (WHERE closing > opening AND opening > 0), 0)::text AS expansion,
      coalesce(sum(opening - closing) FILTER (WHERE opening > closing AND closing > 0), 0)::text AS contraction,
      coalesce(sum(opening) FILTER (WHERE closing = 0), 0)::text AS churn,
      coalesce(sum(year_ago), 0)::text AS "cohortOpening",
      coalesce(sum(closing) FILTER (WHERE year_ago > 0), 0)::text AS "cohortClosing",
      coalesce(sum(least(closing, year_ago)) FILTER (WHERE year_ago > 0), 0)::text AS "cohortKept"
    FROM spans GROUP BY month, currency ORDER BY month, currency`
  return rows.map(({ month, currency, ...sums }) => ({
    month,
    currency,
    opening: BigInt(sums.opening),
    new: BigInt(sums.new),
    reactivation: BigInt(sums.reactivation),
    expansion: BigInt(sums.expansion),
    contraction: BigInt(sums.contraction),
    churn: BigInt(sums.churn),
    closing: BigInt(sums.closing),
    cohortOpening: BigInt(sums.cohortOpening),
    cohortClosing: BigInt(sums.cohortClosing),
    cohortKept: BigInt(sums.cohortKept),
  }))
}
