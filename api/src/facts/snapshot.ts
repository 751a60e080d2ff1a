import { Prisma, type Tx } from '@nobishiro/prisma'
import { observedRows, spendRows } from './read-observed.ts'

/** A column-wise part of what a tenant's facts are made of; the columns are arrays of the same length, as text. */
export type SnapshotPart = {
  part:
    | 'tenant'
    | 'source'
    | 'account'
    | 'plan'
    | 'change'
    | 'outlook'
    | 'usage'
    | 'observed'
    | 'spend'
    | 'costs'
    | 'rate'
    | 'said'
} & Record<'c1' | 'c2' | 'c3' | 'c4' | 'c5' | 'c6' | 'c7' | 'c8', string | null>

/**
 * Reads everything in one statement, and a statement sees one state of the database: version, accounts and change points
 * belong together without locks. Rows travel as columns in chunks, numbers as `{1,2}` and texts as JSON, which costs a
 * fraction of one object per row. Accounts and plans are named by their places in the account and plan parts.
 */
export function readSnapshot(tx: Tx, tenantId: string): Promise<SnapshotPart[]> {
  return tx.$queryRaw<SnapshotPart[]>`
    WITH
      account_place AS MATERIALIZED (
        SELECT id, name, region, attributes, signed_up_on, (row_number() OVER (ORDER BY id COLLATE "C") - 1)::int AS place
        FROM account WHERE tenant_id = ${tenantId}
      ),
      plan_place AS MATERIALIZED (
        SELECT id, product_id, (row_number() OVER (ORDER BY id COLLATE "C") - 1)::int AS place,
          NOT EXISTS (
            SELECT FROM source_price WHERE tenant_id = ${tenantId} AND plan_id = plan.id AND mapping = 'INFERRED'
          ) AS confirmed
        FROM plan WHERE tenant_id = ${tenantId}
      )
    SELECT 'tenant' AS part, json_build_array(version::text, currency, time_zone, fiscal_year_start, erasures)::text AS c1, NULL AS c2, NULL AS c3,
        NULL AS c4, NULL AS c5, NULL AS c6, NULL AS c7, NULL AS c8
      FROM tenant WHERE id = ${tenantId}
    UNION ALL
    SELECT 'source', json_agg(through)::text, json_agg(last_event_at)::text, NULL, NULL, NULL, NULL, NULL, NULL
      FROM source WHERE tenant_id = ${tenantId} AND kind NOT IN ('PEOPLE', 'RATES')
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
        array_agg(plan_place.place)::text, array_agg(amount_minor)::text, array_agg(seats)::text,
        json_agg(change.region)::text, json_agg(currency)::text, json_agg(strategy)::text
      FROM account_change AS change
        JOIN account_place ON account_place.id = account_id
        LEFT JOIN plan_place ON plan_place.id = plan_id
      WHERE change.tenant_id = ${tenantId}
      GROUP BY account_place.place / 4096
    UNION ALL
    SELECT 'outlook', array_agg(account_place.place)::text, array_agg(day - date '1970-01-01')::text,
        array_agg(plan_place.place)::text, array_agg(amount)::text, json_agg(outlook.region)::text, json_agg(currency)::text,
        json_agg(kind)::text, NULL
      FROM (
        SELECT account_id, day, plan_id, region, currency, kind, sum(amount_minor) AS amount
        FROM account_outlook WHERE tenant_id = ${tenantId}
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
        FROM usage_record
        WHERE tenant_id = ${tenantId} AND metric IN ('assigned_seats', 'active_seats')
        ORDER BY account_id, metric, date_trunc('month', day), day DESC, source, external_id DESC
      ) AS last_of_month
        JOIN account_place ON account_place.id = account_id
    UNION ALL
    SELECT 'observed', array_agg(account_place.place)::text, array_agg(day - date '1970-01-01')::text, array_agg(amount)::text,
        json_agg(kind)::text, json_agg(told.name)::text, json_agg(currency)::text, NULL, NULL
      FROM (${observedRows(Prisma.sql`(SELECT * FROM observation WHERE tenant_id = ${tenantId})`, Prisma.sql`(SELECT * FROM usage_record WHERE tenant_id = ${tenantId})`)}) AS told
        JOIN account_place ON account_place.id = account_id
      GROUP BY account_place.place / 4096
    UNION ALL
    SELECT 'spend', array_agg(day - date '1970-01-01')::text, json_agg(name)::text, array_agg(amount)::text, json_agg(currency)::text,
        NULL, NULL, NULL, NULL
      FROM (${spendRows(Prisma.sql`(SELECT * FROM observation WHERE tenant_id = ${tenantId})`)}) AS spent
    UNION ALL
    SELECT 'costs', (
        SELECT events -> 0 -> 'costs' FROM inbox WHERE tenant_id = ${tenantId} AND source = '(settings)' AND kind = 'costs'
        ORDER BY external_id DESC LIMIT 1
      )::text, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    UNION ALL
    SELECT 'rate', json_agg(currency)::text, json_agg(day)::text, json_agg(rate)::text, json_agg(per)::text, NULL, NULL, NULL, NULL
      FROM (
        SELECT DISTINCT ON (currency, day) currency, day, rate, per
        FROM exchange_rate
        WHERE tenant_id = ${tenantId}
        ORDER BY currency, day, said_at DESC, rate COLLATE "C" DESC, per COLLATE "C" DESC, source COLLATE "C" DESC
      ) AS last_word
    UNION ALL
    ${saidPart(tenantId, Prisma.sql`SELECT account_id, said_at, attributes FROM account_attributes WHERE tenant_id = ${tenantId}`)}`
}

/**
 * The attributes of accounts from which local day on, of what is `said` of them (account_id, said_at, attributes): of one day the latest word
 * counts. Only of those of which they were not always the same, so few that they are named by id.
 */
export const saidPart = (tenantId: string, said: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT 'said' AS part, json_agg(account_id ORDER BY account_id, day)::text AS c1,
      array_agg(day - date '1970-01-01' ORDER BY account_id, day)::text AS c2, json_agg(attributes ORDER BY account_id, day)::text AS c3,
      NULL AS c4, NULL AS c5, NULL AS c6, NULL AS c7, NULL AS c8
    FROM (
      SELECT *, count(*) OVER (PARTITION BY account_id) AS words
      FROM (
        SELECT *, lag(attributes) OVER (PARTITION BY account_id ORDER BY day) AS before
        FROM (
          SELECT DISTINCT ON (account_id, day) account_id, day, attributes
          FROM (
            SELECT account_id, said_at, attributes,
              (said_at AT TIME ZONE (SELECT time_zone FROM tenant WHERE id = ${tenantId}))::date AS day
            FROM (${said}) AS said
          ) AS dated
          ORDER BY account_id, day, said_at DESC, attributes DESC
        ) AS by_day
      ) AS one_by_one
      WHERE before IS DISTINCT FROM attributes
    ) AS different
    WHERE words > 1`

/** The columns of each part of a name. */
export function columnsOf(parts: readonly SnapshotPart[], name: SnapshotPart['part']): unknown[][] {
  return parts
    .filter(({ part }) => part === name)
    .map(({ c1, c2, c3, c4, c5, c6, c7, c8 }) => [c1, c2, c3, c4, c5, c6, c7, c8].map(parse))
}

function parse(column: string | null): unknown[] {
  if (column === null) return []
  return JSON.parse(column.startsWith('{') ? `[${column.slice(1, -1).replaceAll('NULL', 'null')}]` : column)
}
