import type { Tx } from '@nobishiro/prisma'

/** A column-wise part of what a tenant's facts are made of; the columns are JSON arrays of the same length. */
export type SnapshotPart = {
  part: 'tenant' | 'source' | 'account' | 'plan' | 'change' | 'usage'
  columns: string[]
}

/**
 * Reads everything in one statement, and a statement sees one state of the database: version, accounts and change points
 * belong together without locks. Rows travel as columns in chunks, which costs a fraction of one object per row. Accounts
 * and plans are named by their places in the account and plan parts.
 */
export function readSnapshot(tx: Tx, tenantId: string): Promise<SnapshotPart[]> {
  return tx.$queryRaw<SnapshotPart[]>`
    WITH
      account_place AS (
        SELECT id, name, region, attributes, row_number() OVER (ORDER BY id COLLATE "C") - 1 AS place
        FROM account WHERE tenant_id = ${tenantId}
      ),
      plan_place AS (
        SELECT id, product_id, row_number() OVER (ORDER BY id COLLATE "C") - 1 AS place,
          NOT EXISTS (
            SELECT FROM source_price WHERE tenant_id = ${tenantId} AND plan_id = plan.id AND mapping = 'INFERRED'
          ) AS confirmed
        FROM plan WHERE tenant_id = ${tenantId}
      )
    SELECT 'tenant' AS part, ARRAY[json_build_array(version::text, currency, time_zone)::text] AS columns
      FROM tenant WHERE id = ${tenantId}
    UNION ALL
    SELECT 'source', ARRAY[json_agg(through)::text, json_agg(last_event_at)::text] FROM source WHERE tenant_id = ${tenantId}
    UNION ALL
    SELECT 'account', ARRAY[json_agg(id ORDER BY place)::text, json_agg(name ORDER BY place)::text,
        json_agg(region ORDER BY place)::text, json_agg(attributes ORDER BY place)::text]
      FROM account_place
    UNION ALL
    SELECT 'plan', ARRAY[json_agg(id ORDER BY place)::text, json_agg(product_id ORDER BY place)::text,
        json_agg(confirmed ORDER BY place)::text]
      FROM plan_place
    UNION ALL
    SELECT 'change', ARRAY[json_agg(account_place.place)::text, json_agg(day - date '1970-01-01')::text,
        json_agg(plan_place.place)::text, json_agg(change.region)::text, json_agg(currency)::text,
        json_agg(strategy)::text, json_agg(amount_minor)::text, json_agg(seats)::text]
      FROM account_change AS change
        JOIN account_place ON account_place.id = account_id
        LEFT JOIN plan_place ON plan_place.id = plan_id
      WHERE change.tenant_id = ${tenantId}
      GROUP BY account_place.place / 4096
    UNION ALL
    SELECT 'usage', ARRAY[json_agg(place)::text, json_agg(day - date '1970-01-01')::text, json_agg(metric)::text,
        json_agg(round(quantity))::text]
      FROM (
        SELECT DISTINCT ON (account_id, metric, date_trunc('month', day)) account_id, metric, day, quantity
        FROM usage_record
        WHERE tenant_id = ${tenantId} AND metric IN ('assigned_seats', 'active_seats')
        ORDER BY account_id, metric, date_trunc('month', day), day DESC, source, external_id DESC
      ) AS last_of_month
        JOIN account_place ON account_place.id = account_id`
}
