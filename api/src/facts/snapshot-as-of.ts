import { Prisma, type Tx } from '@nobishiro/prisma'
import { observedRows, spendRows } from './read-observed.ts'
import { type SnapshotPart, saidPart } from './snapshot.ts'

/**
 * The same parts as they were known at an instant: lines recorded by then, accounts as introduced by then, usage received by then.
 * Nothing that arrives later changes the answer.
 */
export function readSnapshotAsOf(tx: Tx, tenantId: string, asOf: Date): Promise<SnapshotPart[]> {
  return tx.$queryRaw<SnapshotPart[]>`
    WITH
      received AS MATERIALIZED (
        SELECT source, external_id, account_id, event_time, events FROM inbox
        WHERE tenant_id = ${tenantId} AND status IN ('POSTED', 'IGNORED') AND received_at <= ${asOf}
      ),
      line AS MATERIALIZED (
        SELECT account_id, effective_day, product_id, plan_id, region, currency, coalesce(strategy, '') AS strategy,
          amount_minor, seats, version
        FROM ledger_line WHERE tenant_id = ${tenantId} AND recorded_at <= ${asOf} AND revision = nobishiro_revision(${tenantId}, ${asOf})
      ),
      beside AS MATERIALIZED (
        SELECT account_id, day, product_id, plan_id, region, currency, kind, amount_minor, version
        FROM account_outlook WHERE tenant_id = ${tenantId} AND recorded_at <= ${asOf}
      ),
      told AS MATERIALIZED (
        SELECT DISTINCT ON (source, kind, external_id) * FROM (
          SELECT source, event ->> 'kind' AS kind, event ->> 'observation' AS external_id, source || ':' || (event ->> 'account') AS account_id,
            (event ->> 'day')::date AS day, event ->> 'name' AS name, (event ->> 'quantity')::numeric(24,6) AS quantity,
            (event ->> 'amount')::bigint AS amount_minor, event ->> 'currency' AS currency, coalesce(event -> 'attributes', '{}') AS attributes,
            (event ->> 'at')::timestamptz AS seen_at
          FROM received, jsonb_array_elements(events) AS event WHERE event ->> 'type' = 'observation'
        ) AS said
        ORDER BY source, kind, external_id, seen_at DESC,
          concat_ws(E'\\n', account_id, day::text, name, quantity::text, amount_minor::text, currency, attributes::text) COLLATE "C" DESC
      ),
      introduced AS (
        SELECT DISTINCT ON (id) source || ':' || (event ->> 'account') AS id, event ->> 'name' AS name, event ->> 'region' AS region,
          coalesce(event -> 'attributes', '{}') AS attributes, (event ->> 'signedUpOn')::date AS signed_up_on
        FROM received, jsonb_array_elements(events) AS event
        WHERE event ->> 'type' = 'account'
        ORDER BY id, (event ->> 'at')::timestamptz DESC, (event ->> 'deleted') IS NOT NULL DESC, event ->> 'name' COLLATE "C" DESC,
          attributes DESC, coalesce(event ->> 'region', '') COLLATE "C" DESC
      ),
      account_place AS MATERIALIZED (
        SELECT id, CASE WHEN erased_at IS NULL THEN coalesce(introduced.name, account.external_id) ELSE '' END AS name, introduced.region, coalesce(introduced.attributes, '{}') AS attributes,
          introduced.signed_up_on,
          (row_number() OVER (ORDER BY id COLLATE "C") - 1)::int AS place
        FROM account LEFT JOIN introduced USING (id)
        WHERE account.tenant_id = ${tenantId}
          AND (introduced.id IS NOT NULL OR EXISTS (SELECT FROM line WHERE line.account_id = account.id)
            OR EXISTS (SELECT FROM beside WHERE beside.account_id = account.id))
      ),
      plan_place AS MATERIALIZED (
        SELECT id, product_id, (row_number() OVER (ORDER BY id COLLATE "C") - 1)::int AS place,
          NOT EXISTS (
            SELECT FROM source_price WHERE tenant_id = ${tenantId} AND plan_id = known.id AND mapping = 'INFERRED'
          ) AS confirmed
        FROM (
          SELECT DISTINCT ON (plan_id) plan_id AS id, product_id
          FROM (SELECT plan_id, product_id, version FROM line UNION ALL SELECT plan_id, product_id, version FROM beside) AS held
          ORDER BY plan_id, version DESC
        ) AS known
      ),
      point AS (
        SELECT account_id, effective_day AS day, plan_id, region, currency, strategy, sum(amount_minor) AS amount, sum(seats) AS seats
        FROM line GROUP BY 1, 2, product_id, 3, 4, 5, 6 HAVING sum(amount_minor) <> 0 OR sum(seats) <> 0
      )
    SELECT 'tenant' AS part, json_build_array((SELECT coalesce(max(version), 0)::text FROM line), currency, time_zone, fiscal_year_start, erasures)::text AS c1,
        NULL AS c2, NULL AS c3, NULL AS c4, NULL AS c5, NULL AS c6, NULL AS c7, NULL AS c8
      FROM tenant WHERE id = ${tenantId}
    UNION ALL
    SELECT 'source', json_agg(through)::text, json_agg(last_event_at)::text, NULL, NULL, NULL, NULL, NULL, NULL
      FROM (
        SELECT (SELECT max(event_time) FROM received WHERE received.source = source.name) AS last_event_at,
          CASE WHEN NOT EXISTS (
            SELECT FROM inbox WHERE inbox.tenant_id = ${tenantId} AND inbox.source = source.name AND received_at > ${asOf}
          ) THEN through END AS through
        FROM source WHERE tenant_id = ${tenantId} AND kind NOT IN ('PEOPLE', 'RATES') AND created_at <= ${asOf}
      ) AS watermark
    UNION ALL
    SELECT 'account', json_agg(id ORDER BY place)::text, json_agg(name ORDER BY place)::text,
        json_agg(region ORDER BY place)::text, json_agg(attributes ORDER BY place)::text, json_agg(signed_up_on ORDER BY place)::text,
        NULL, NULL, NULL
      FROM account_place
    UNION ALL
    SELECT 'plan', json_agg(id ORDER BY place)::text, json_agg(product_id ORDER BY place)::text,
        json_agg(confirmed ORDER BY place)::text, NULL, NULL, NULL, NULL, NULL
      FROM plan_place
    UNION ALL
    SELECT 'change', array_agg(account_place.place)::text, array_agg(day - date '1970-01-01')::text,
        array_agg(plan_place.place)::text, array_agg(amount)::text, array_agg(point.seats)::text,
        json_agg(point.region)::text, json_agg(currency)::text, json_agg(strategy)::text
      FROM point
        JOIN account_place ON account_place.id = account_id
        JOIN plan_place ON plan_place.id = plan_id
      GROUP BY account_place.place / 4096
    UNION ALL
    SELECT 'outlook', array_agg(account_place.place)::text, array_agg(day - date '1970-01-01')::text,
        array_agg(plan_place.place)::text, array_agg(amount)::text, json_agg(outlook.region)::text, json_agg(currency)::text,
        json_agg(kind)::text, NULL
      FROM (
        SELECT account_id, day, plan_id, region, currency, kind, sum(amount_minor) AS amount
        FROM beside
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(amount_minor) <> 0
      ) AS outlook
        JOIN account_place ON account_place.id = account_id
        LEFT JOIN plan_place ON plan_place.id = plan_id
      GROUP BY account_place.place / 4096
    UNION ALL
    SELECT 'usage', array_agg(place)::text, array_agg(day - date '1970-01-01')::text, array_agg(round(quantity))::text,
        json_agg(metric)::text, NULL, NULL, NULL, NULL
      FROM (
        SELECT DISTINCT ON (account_id, metric, date_trunc('month', day)) account_id, metric, day, quantity
        FROM ${usageBy(tenantId)} AS reading
        WHERE metric IN ('assigned_seats', 'active_seats')
        ORDER BY account_id, metric, date_trunc('month', day), day DESC, source, external_id DESC
      ) AS last_of_month
        JOIN account_place ON account_place.id = account_id
    UNION ALL
    SELECT 'observed', array_agg(account_place.place)::text, array_agg(day - date '1970-01-01')::text, array_agg(amount)::text,
        json_agg(kind)::text, json_agg(known.name)::text, json_agg(currency)::text, NULL, NULL
      FROM (${observedRows(Prisma.sql`told`, usageBy(tenantId))}) AS known
        JOIN account_place ON account_place.id = account_id
      GROUP BY account_place.place / 4096
    UNION ALL
    SELECT 'spend', array_agg(day - date '1970-01-01')::text, json_agg(name)::text, array_agg(amount)::text, json_agg(currency)::text,
        NULL, NULL, NULL, NULL
      FROM (${spendRows(Prisma.sql`told`)}) AS spent
    UNION ALL
    SELECT 'costs', (
        SELECT events -> 0 -> 'costs' FROM received WHERE source = '(settings)' AND events -> 0 ->> 'type' = 'costs'
        ORDER BY external_id DESC LIMIT 1
      )::text, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    UNION ALL
    SELECT 'rate', json_agg(currency)::text, json_agg(day)::text, json_agg(rate)::text, json_agg(per)::text, NULL, NULL, NULL, NULL
      FROM (
        SELECT DISTINCT ON (currency, day) currency, day, rate, per
        FROM (
          SELECT source, event ->> 'currency' AS currency, (event ->> 'day')::date AS day, event ->> 'rate' AS rate, event ->> 'per' AS per,
            (event ->> 'at')::timestamptz AS said_at
          FROM received, jsonb_array_elements(events) AS event WHERE event ->> 'type' = 'rate'
        ) AS said
        ORDER BY currency, day, said_at DESC, rate COLLATE "C" DESC, per COLLATE "C" DESC, source COLLATE "C" DESC
      ) AS last_word
    UNION ALL
    ${saidPart(tenantId, SAID)}`
}

/** Readings of the deliveries that had been received. */
const usageBy = (tenantId: string): Prisma.Sql => Prisma.sql`(
  SELECT * FROM usage_record
  WHERE tenant_id = ${tenantId} AND (source, split_part(external_id, '#', 1)) IN (SELECT source, split_part(external_id, '#', 1) FROM received)
)`

/** What was received by then. */
const SAID = Prisma.sql`
  SELECT account_id, (event ->> 'at')::timestamptz AS said_at, coalesce(event -> 'attributes', '{}') AS attributes
  FROM received, jsonb_array_elements(events) AS event
  WHERE event ->> 'type' = 'account' AND source || ':' || (event ->> 'account') = account_id`
