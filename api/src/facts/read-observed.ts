import { Prisma } from '@nobishiro/prisma'

/** Beyond it a limit is none. */
const NO_LIMIT = 1_000_000_000_000

/**
 * What sources told of accounts, as rows (account_id, kind, name, day, currency, amount): charges that do not recur, summed by month;
 * the last word of a month on a limit, a feature, an integration; and how much of a limited metric a month used: the last reading of
 * seats, otherwise what its readings amount to. Readings of a counter say nothing by themselves.
 */
export const observedRows = (observation: Prisma.Sql, usage: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT account_id, 'CHARGE' AS kind, '' AS name, date_trunc('month', day)::date AS day, currency, sum(amount_minor) AS amount
  FROM ${observation} AS observation
  WHERE kind = 'INVOICE_LINE' AND attributes ->> 'recurring' = 'no' AND account_id IS NOT NULL AND amount_minor IS NOT NULL
  GROUP BY 1, 4, 5 HAVING sum(amount_minor) <> 0
  UNION ALL
  SELECT account_id, kind, name, day, '', amount FROM (
    SELECT DISTINCT ON (account_id, kind, name, date_trunc('month', day)) account_id, name, day,
      CASE kind WHEN 'ENTITLEMENT' THEN 'LIMIT' ELSE kind END AS kind,
      CASE kind WHEN 'ENTITLEMENT' THEN CASE WHEN quantity < ${NO_LIMIT} THEN round(quantity) ELSE 0 END
        ELSE (coalesce(attributes ->> 'adopted', attributes ->> 'connected') = 'yes')::int END AS amount
    FROM ${observation} AS observation
    WHERE kind IN ('ENTITLEMENT', 'FEATURE', 'INTEGRATION') AND account_id IS NOT NULL
    ORDER BY account_id, kind, name, date_trunc('month', day), day DESC, seen_at DESC, source COLLATE "C" DESC, external_id COLLATE "C" DESC
  ) AS word
  UNION ALL
  SELECT account_id, 'USE', metric, max(day), '', least(${NO_LIMIT}, round(CASE
      WHEN metric IN ('active_seats', 'assigned_seats') OR max(aggregation) IN ('LAST', 'LAST_EVER')
        THEN (array_agg(quantity ORDER BY day DESC, source COLLATE "C", external_id COLLATE "C" DESC))[1]
      WHEN max(aggregation) = 'MAX' THEN max(quantity)
      WHEN max(aggregation) = 'COUNT' THEN count(*)
      ELSE sum(quantity) END))
  FROM ${usage} AS reading
  WHERE metric IN (SELECT name FROM ${observation} AS observation WHERE kind = 'ENTITLEMENT') AND coalesce(aggregation, 'SUM') <> 'COUNTER'
  GROUP BY account_id, metric, date_trunc('month', day)`

/** Spend by month, category and currency, whoever told it. */
export const spendRows = (observation: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT date_trunc('month', day)::date AS day, name, currency, sum(amount_minor) AS amount
  FROM ${observation} AS observation
  WHERE kind = 'SPEND' AND amount_minor IS NOT NULL
  GROUP BY 1, 2, 3 HAVING sum(amount_minor) <> 0
  ORDER BY 1, name COLLATE "C", currency COLLATE "C"`
