import type pg from 'pg'
import { divide } from '../metrics/decimal.ts'

/**
 * Questions that are asked of the API and of an endpoint written by hand. Where that reads tables made for it, `write` fills them from the API's
 * own answer.
 */
type Raw<Data> = {
  /** What is measured. */
  query: string
  /** The same question of all there is, which fills the tables. */
  everything: string
  write: (client: pg.ClientBase, data: Data) => Promise<void>
  read: (pool: pg.Pool) => Promise<Data>
}

const RANGE = '{ start: "2025-11-01", end: "2026-11-01" }'
type Value = { period: { start: string }; value: string; reason: string | null; completeness: string }
type Series = { definition: { key: string }; values: Value[] }
type Metrics = { metrics: Series[] }
const metricsQuery = `{ metrics(keys: [nrr, grr], range: ${RANGE}) { definition { key } values { period { start } value reason completeness } } }`

const metrics: Raw<Metrics> = {
  query: metricsQuery,
  everything: metricsQuery,
  async write(client, data) {
    await client.query(
      'CREATE TABLE raw_metric (place int, key text, start text, value text, reason text, completeness text, PRIMARY KEY (key, start))',
    )
    for (const [place, { definition, values }] of data.metrics.entries())
      for (const { period, value, reason, completeness } of values)
        await client.query('INSERT INTO raw_metric VALUES ($1, $2, $3, $4, $5, $6)', [
          ...[place, definition.key, period.start],
          ...[value, reason, completeness],
        ])
  },
  async read(pool) {
    const { rows } = await pool.query<Omit<Value, 'period'> & { key: string; start: string }>({
      name: 'metrics',
      text: 'SELECT key, start, value, reason, completeness FROM raw_metric WHERE key = ANY($1) ORDER BY place, start',
      values: [['nrr', 'grr']],
    })
    const found = new Map<string, Series>()
    for (const { key, start, ...value } of rows) {
      const metric = found.get(key) ?? { definition: { key }, values: [] }
      metric.values.push({ period: { start }, ...value })
      found.set(key, metric)
    }
    return { metrics: [...found.values()] }
  },
}

/** The same answer worked out by SQL over the change points, as nobody has kept it. */
const workedOut: Raw<Metrics> = {
  query: metricsQuery,
  everything: metricsQuery,
  write: async () => {},
  async read(pool) {
    const { rows } = await pool.query<Record<'start' | 'opening' | 'retained' | 'kept', string>>({
      name: 'retention',
      text: RETENTION,
      values: ['2025-11-01', '2026-10-01'],
    })
    const series = (key: string, numerator: 'retained' | 'kept'): Series => ({
      definition: { key },
      values: rows.map(({ start, opening, ...terms }) => ({
        period: { start },
        value: divide(BigInt(terms[numerator]), BigInt(opening)),
        reason: null,
        completeness: 'COMPLETE',
      })),
    })
    return { metrics: [series('nrr', 'retained'), series('grr', 'kept')] }
  },
}

const RETENTION = `
  WITH month AS (SELECT generate_series($1::date, $2::date, interval '1 month')::date AS start),
  by_month AS (
    SELECT account_id, date_trunc('month', day)::date AS start, sum(amount_minor) AS amount
    FROM account_change WHERE tenant_id = 'bench' GROUP BY 1, 2
  ),
  span AS (
    SELECT month.start, sum(amount) AS closing,
      coalesce(sum(amount) FILTER (WHERE by_month.start <= month.start - interval '1 year'), 0) AS opening
    FROM month JOIN by_month ON by_month.start <= month.start GROUP BY month.start, account_id
  )
  SELECT start::text, sum(opening)::text AS opening, sum(closing) FILTER (WHERE opening > 0)::text AS retained,
    sum(least(closing, opening)) FILTER (WHERE opening > 0)::text AS kept
  FROM span GROUP BY start ORDER BY start`

type Movement = { month: string; kind: string; amount: { minor: string }; closing: { minor: string } }
type Account = { id: string; name: string; region: string | null; movements: { edges: { node: Movement }[] } }
type Accounts = { accounts: { edges: { node: Account }[] } }
const accountsQuery = (first: number) =>
  `{ accounts(first: ${first}) { edges { node { id name region movements(first: 5) { edges { node { month kind amount { minor } closing { minor } } } } } } } }`

const accounts: Raw<Accounts> = {
  query: accountsQuery(50),
  everything: accountsQuery(500),
  async write(client, data) {
    await client.query('CREATE TABLE raw_account (place int PRIMARY KEY, id text, name text, region text)')
    await client.query(
      'CREATE TABLE raw_movement (account text, month text, kind text, amount bigint, closing bigint, PRIMARY KEY (account, month))',
    )
    for (const [
      place,
      {
        node: { movements, ...account },
      },
    ] of data.accounts.edges.entries()) {
      await client.query('INSERT INTO raw_account VALUES ($1, $2, $3, $4)', [
        ...[place, account.id],
        ...[account.name, account.region],
      ])
      for (const {
        node: { month, kind, amount, closing },
      } of movements.edges)
        await client.query('INSERT INTO raw_movement VALUES ($1, $2, $3, $4, $5)', [
          ...[account.id, month, kind],
          ...[amount.minor, closing.minor],
        ])
    }
  },
  async read(pool) {
    const { rows } = await pool.query<Omit<Account, 'movements'>>({
      name: 'accounts',
      text: 'SELECT id, name, region FROM raw_account ORDER BY place LIMIT $1',
      values: [50],
    })
    const moved = await pool.query({
      name: 'movements',
      text: 'SELECT account, month, kind, amount, closing FROM raw_movement WHERE account = ANY($1) ORDER BY account, month DESC',
      values: [rows.map(({ id }) => id)],
    })
    const movements = new Map<string, { node: Movement }[]>(rows.map(({ id }) => [id, []]))
    for (const { account, month, kind, amount, closing } of moved.rows)
      movements.get(account)?.push({ node: { month, kind, amount: { minor: amount }, closing: { minor: closing } } })
    const edges = rows.map((row) => ({ node: { ...row, movements: { edges: movements.get(row.id) ?? [] } } }))
    return { accounts: { edges } }
  },
}

export const RAW = { metrics, workedOut, accounts }
export type RawName = keyof typeof RAW
export const isRawName = (name: string): name is RawName => Object.hasOwn(RAW, name)
