import type { Tx } from '@nobishiro/prisma'
import { minorDigits } from '../shared/money.ts'

type Sum =
  | 'opening'
  | 'new'
  | 'reactivation'
  | 'expansion'
  | 'contraction'
  | 'churn'
  | 'fx'
  | 'closing'
  | 'cohortOpening'
  | 'cohortClosing'
  | 'cohortKept'

/** One month of all accounts in the tenant's currency, in minor units; null where a rate is missing for it. */
export type ReportingMonth = { month: string; currency: string } & Record<Sum, bigint | null>

const MAX_MONTHS = 600
/** Decimals of a factor: far beyond where a half could be mistaken for its neighbour. */
const PLACES = 100

type Tenant = { id: string; timeZone: string; currency: string }

/**
 * The waterfall and the retention terms of a tenant with several currencies, account by account: movements at the rates of the
 * previous close, retention at those of its opening. Plain SQL over the ledger and the rates, independent of facts and metrics; nothing
 * for a tenant that only has its own currency.
 */
export async function reportingMonths(tx: Tx, tenant: Tenant, now: Date): Promise<ReportingMonth[]> {
  const lines = await tx.ledgerLine.findMany({
    where: { tenantId: tenant.id },
    distinct: ['currency'],
    select: { currency: true },
  })
  const foreign = lines.map(({ currency }) => currency).filter((currency) => currency !== tenant.currency)
  if (foreign.length === 0) return []
  const scales = foreign.map((currency) => ({ currency, digits: minorDigits(currency) }))
  const rows = await tx.$queryRaw<({ month: string } & Record<Sum, string | null>)[]>`
    WITH foreign_currency AS (
      SELECT currency, digits FROM json_to_recordset(${JSON.stringify(scales)}::json) AS scale (currency text, digits int)
    ), account_month AS (
      SELECT account_id, currency, date_trunc('month', effective_day)::date AS month, sum(amount_minor) AS amount
      FROM ledger_line WHERE tenant_id = ${tenant.id} AND revision = nobishiro_revision(${tenant.id}, 'infinity') GROUP BY 1, 2, 3
    ), today AS (
      SELECT (${now}::timestamptz AT TIME ZONE ${tenant.timeZone})::date AS day
    ), bounds AS (
      SELECT min(month) AS first, date_trunc('month', (SELECT day FROM today))::date AS last FROM account_month
    ), months AS (
      SELECT generate_series(first, last, interval '1 month')::date AS month FROM bounds LIMIT ${MAX_MONTHS}
    ), closes AS (
      SELECT month, least((month + interval '1 month')::date - 1, (SELECT day FROM today)) AS day
      FROM (SELECT month FROM months UNION SELECT (first - interval '1 month')::date FROM bounds) AS known
    ), factors AS (
      SELECT closes.month, currency,
        round(best.rate::numeric * 10::numeric ^ ${minorDigits(tenant.currency)}::int, ${PLACES}) / (best.per::numeric * 10::numeric ^ digits) AS factor
      FROM closes CROSS JOIN foreign_currency CROSS JOIN LATERAL (
        SELECT rate, per FROM exchange_rate
        WHERE tenant_id = ${tenant.id} AND exchange_rate.currency = foreign_currency.currency
          AND exchange_rate.day BETWEEN closes.day - 7 AND closes.day
        ORDER BY exchange_rate.day DESC, said_at DESC, rate COLLATE "C" DESC, per COLLATE "C" DESC, source COLLATE "C" DESC LIMIT 1
      ) AS best
      UNION ALL SELECT month, ${tenant.currency}, 1 FROM closes
    ), grid AS (
      SELECT holder.account_id, holder.currency, months.month, coalesce(account_month.amount, 0) AS amount
      FROM (SELECT DISTINCT account_id, currency FROM account_month) AS holder CROSS JOIN months
      LEFT JOIN account_month USING (account_id, currency, month)
    ), held AS (
      SELECT account_id, currency, month, (month - interval '1 month')::date AS before, (month - interval '12 months')::date AS year_before,
        greatest(sum(amount) OVER history, 0) AS closing,
        greatest(coalesce(sum(amount) OVER (history ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0), 0) AS opening,
        greatest(coalesce(sum(amount) OVER (history ROWS BETWEEN UNBOUNDED PRECEDING AND 12 PRECEDING), 0), 0) AS year_ago
      FROM grid WINDOW history AS (PARTITION BY account_id, currency ORDER BY month)
    ), valued AS (
      SELECT account_id, held.month,
        bool_or(opening > 0) AS paid, bool_or(closing > 0) AS pays, bool_or(year_ago > 0) AS in_cohort, bool_or(opening <> closing) AS moves,
        CASE WHEN bool_or(opening > 0 AND previous.factor IS NULL) THEN NULL ELSE sum(opening * coalesce(previous.factor, 0)) END AS opening,
        CASE WHEN bool_or(closing > 0 AND previous.factor IS NULL) THEN NULL ELSE sum(closing * coalesce(previous.factor, 0)) END AS unmoved,
        CASE WHEN bool_or(closing > 0 AND own.factor IS NULL) THEN NULL ELSE sum(closing * coalesce(own.factor, 0)) END AS closing,
        CASE WHEN bool_or(year_ago > 0 AND earlier.factor IS NULL) THEN NULL ELSE sum(year_ago * coalesce(earlier.factor, 0)) END AS year_ago,
        CASE WHEN bool_or(closing > 0 AND earlier.factor IS NULL) THEN NULL ELSE sum(closing * coalesce(earlier.factor, 0)) END AS year_on
      FROM held
        LEFT JOIN factors AS own ON own.currency = held.currency AND own.month = held.month
        LEFT JOIN factors AS previous ON previous.currency = held.currency AND previous.month = held.before
        LEFT JOIN factors AS earlier ON earlier.currency = held.currency AND earlier.month = held.year_before
      GROUP BY account_id, held.month
    ), whole AS (
      SELECT account_id, month, paid, pays, in_cohort, moves, parts.*,
        coalesce(bool_or(pays) OVER (PARTITION BY account_id ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS paid_before
      FROM valued CROSS JOIN LATERAL (
        SELECT max(rounded) FILTER (WHERE name = 'opening') AS opening, max(rounded) FILTER (WHERE name = 'unmoved') AS unmoved,
          max(rounded) FILTER (WHERE name = 'closing') AS closing, max(rounded) FILTER (WHERE name = 'year_ago') AS year_ago,
          max(rounded) FILTER (WHERE name = 'year_on') AS year_on
        FROM (
          SELECT name, CASE WHEN abs(exact - floor(exact) - 0.5) < 1e-60 THEN floor(exact) + mod(floor(exact), 2) ELSE floor(exact + 0.5) END AS rounded
          FROM (VALUES ('opening', opening), ('unmoved', unmoved), ('closing', closing), ('year_ago', year_ago), ('year_on', year_on))
            AS value (name, exact)
        ) AS each
      ) AS parts
    ), moved AS (
      SELECT *, CASE WHEN moves THEN unmoved - opening ELSE 0 END AS change,
        CASE WHEN moves THEN closing - unmoved ELSE closing - opening END AS fx,
        moves AND paid AND pays AND (unmoved IS NULL OR opening IS NULL) AS unknown
      FROM whole
    )
    SELECT to_char(month, 'YYYY-MM') AS month,
      CASE WHEN bool_or(opening IS NULL) THEN NULL ELSE sum(opening) END::text AS opening,
      CASE WHEN bool_or(closing IS NULL) THEN NULL ELSE sum(closing) END::text AS closing,
      CASE WHEN bool_or(fx IS NULL) THEN NULL ELSE sum(fx) END::text AS fx,
      CASE WHEN bool_or(NOT paid AND pays AND NOT paid_before AND change IS NULL) THEN NULL
        ELSE coalesce(sum(change) FILTER (WHERE NOT paid AND pays AND NOT paid_before), 0) END::text AS new,
      CASE WHEN bool_or(NOT paid AND pays AND paid_before AND change IS NULL) THEN NULL
        ELSE coalesce(sum(change) FILTER (WHERE NOT paid AND pays AND paid_before), 0) END::text AS reactivation,
      CASE WHEN bool_or(unknown) THEN NULL ELSE coalesce(sum(change) FILTER (WHERE paid AND pays AND change > 0), 0) END::text AS expansion,
      CASE WHEN bool_or(unknown) THEN NULL ELSE coalesce(-sum(change) FILTER (WHERE paid AND pays AND change < 0), 0) END::text AS contraction,
      CASE WHEN bool_or(paid AND NOT pays AND change IS NULL) THEN NULL
        ELSE coalesce(-sum(change) FILTER (WHERE paid AND NOT pays), 0) END::text AS churn,
      CASE WHEN bool_or(in_cohort AND year_ago IS NULL) THEN NULL ELSE coalesce(sum(year_ago) FILTER (WHERE in_cohort), 0) END::text AS "cohortOpening",
      CASE WHEN bool_or(in_cohort AND year_on IS NULL) THEN NULL ELSE coalesce(sum(year_on) FILTER (WHERE in_cohort), 0) END::text AS "cohortClosing",
      CASE WHEN bool_or(in_cohort AND (year_on IS NULL OR year_ago IS NULL)) THEN NULL
        ELSE coalesce(sum(least(year_on, year_ago)) FILTER (WHERE in_cohort), 0) END::text AS "cohortKept"
    FROM moved GROUP BY month ORDER BY month`
  const whole = (text: string | null) => (text === null ? null : BigInt(text))
  return rows.map((row) => ({
    month: row.month,
    currency: tenant.currency,
    opening: whole(row.opening),
    new: whole(row.new),
    reactivation: whole(row.reactivation),
    expansion: whole(row.expansion),
    contraction: whole(row.contraction),
    churn: whole(row.churn),
    fx: whole(row.fx),
    closing: whole(row.closing),
    cohortOpening: whole(row.cohortOpening),
    cohortClosing: whole(row.cohortClosing),
    cohortKept: whole(row.cohortKept),
  }))
}

type Broken = { where: string; expected: string; found: string }

/** Months whose movements and rates do not lead from opening to closing, or that do not open where the one before closed. */
export function reportingProblems(months: readonly ReportingMonth[]): Broken[] {
  return months.flatMap((month, index) => {
    const { opening, closing, fx, contraction, churn } = month
    const gains = [opening, month.new, month.reactivation, month.expansion, fx]
    const losses = [contraction, churn]
    const broken: Broken[] = []
    const where = `${month.month} ${month.currency}`
    if (![...gains, ...losses, closing].includes(null)) {
      const total = (values: readonly (bigint | null)[]) =>
        values.reduce<bigint>((sum, value) => sum + (value ?? 0n), 0n)
      const expected = total(gains) - total(losses)
      if (expected !== closing) broken.push({ where, expected: String(expected), found: String(closing) })
    }
    const before = index === 0 ? 0n : months[index - 1]?.closing
    if (before !== null && opening !== null && before !== opening)
      broken.push({ where: `${where} opening`, expected: String(before), found: String(opening) })
    return broken
  })
}
