import type { Store } from '../facts/column-store.ts'
import { everyAccount } from '../facts/scope.ts'
import { accountFacts } from '../metrics/account-list.ts'
import { evaluate } from '../metrics/evaluate.ts'
import { evaluateGroups, MOST_GROUPS } from '../metrics/evaluate-groups.ts'
import type { MetricKey } from '../metrics/registry.ts'
import { strategyMix } from '../metrics/strategy-mix.ts'
import type { Rows } from './duck.ts'
import { FIRST, MONTHS, REGIONS } from './large-tenant.ts'

/** One question of a dashboard, asked of the store and, in SQL over the same change points, of DuckDB. */
export type Question = { name: string; ours: (store: Store, now: Date) => Rows; sql: string }

const RANGE = { start: FIRST, end: FIRST + MONTHS }
const REGION = 'US'

/** Numerators, and denominators where there are any, month by month. */
function series(store: Store, now: Date, keys: readonly MetricKey[], region?: string): Rows {
  const where = region === undefined ? undefined : { region: [region] }
  const found = evaluate(store, { scope: everyAccount(store), now, keys, range: RANGE, where })
  return Array.from({ length: MONTHS }, (_, month) =>
    found.flatMap(({ values }) => {
      const { numerator, denominator } = values[month]!
      return [numerator, denominator].flatMap((term) => (term ? [String(term.minor ?? term.value)] : []))
    }),
  )
}

const closings = `WITH by_month AS (SELECT account, month, sum(amount) AS amount FROM change GROUP BY ALL),
  closing AS (SELECT account, month, amount, sum(amount) OVER w AS closing FROM by_month WINDOW w AS (PARTITION BY account ORDER BY month)),
  moved AS (SELECT *, closing - amount AS opening,
    coalesce(max(closing) OVER (PARTITION BY account ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) > 0 AS paid
    FROM closing)`

const retention = (
  filter: string,
) => `WITH months AS (SELECT unnest(range(${FIRST}, ${FIRST + MONTHS}))::INTEGER AS month),
  by_month AS (SELECT account, month, sum(amount) AS amount FROM change ${filter} GROUP BY ALL),
  grid AS (SELECT account, month, coalesce(amount, 0) AS amount
    FROM (SELECT DISTINCT account FROM by_month) CROSS JOIN months LEFT JOIN by_month USING (account, month)),
  closing AS (SELECT account, month, sum(amount) OVER (PARTITION BY account ORDER BY month) AS closing FROM grid),
  span AS (SELECT month, closing, coalesce(lag(closing, 12) OVER (PARTITION BY account ORDER BY month), 0) AS opening FROM closing)
  SELECT coalesce(sum(closing) FILTER (opening > 0), 0)::BIGINT, coalesce(sum(opening), 0)::BIGINT,
    coalesce(sum(least(closing, opening)) FILTER (opening > 0), 0)::BIGINT, coalesce(sum(opening), 0)::BIGINT
  FROM span GROUP BY month ORDER BY month`

/** MRR, and what NRR divides, by plan and month. */
function byPlan(store: Store, now: Date): Rows {
  const query = { scope: everyAccount(store), now, range: RANGE, by: [{ kind: 'PLAN' as const }] }
  const measures = [{ key: 'mrr' as const }, { key: 'nrr' as const }]
  const found = evaluateGroups(store, { ...query, measures, limit: { first: MOST_GROUPS, others: 'REFUSED' } })
  return store.plans.ids.flatMap((id, plan) => {
    const series = found.map(({ groups }) => groups.find(({ keys }) => keys[0]?.value === id))
    return Array.from({ length: series[0] ? MONTHS : 0 }, (_, month) => {
      const [mrr, nrr] = series.map((group) => group!.values[month]!)
      const terms = [mrr!.numerator, nrr!.numerator, nrr!.denominator]
      return [String(plan), ...terms.map((term) => String(term?.minor))]
    })
  })
}

export const questions: readonly Question[] = [
  {
    name: 'waterfall of 36 months by kind',
    ours: (store, now) => series(store, now, ['new', 'expansion', 'reactivation', 'contraction', 'churn']),
    sql: `${closings} SELECT
      coalesce(sum(closing) FILTER (opening = 0 AND NOT paid), 0)::BIGINT, coalesce(sum(closing - opening) FILTER (opening > 0 AND closing > opening), 0)::BIGINT,
      coalesce(sum(closing) FILTER (opening = 0 AND paid), 0)::BIGINT, coalesce(sum(opening - closing) FILTER (closing > 0 AND closing < opening), 0)::BIGINT,
      coalesce(sum(opening) FILTER (closing = 0), 0)::BIGINT
      FROM moved GROUP BY month ORDER BY month`,
  },
  {
    name: 'NRR and GRR of every month',
    ours: (store, now) => series(store, now, ['nrr', 'grr']),
    sql: retention(''),
  },
  {
    name: 'the same of one region',
    ours: (store, now) => series(store, now, ['nrr', 'grr'], REGION),
    sql: retention(`WHERE region = ${REGIONS.indexOf(REGION)}`),
  },
  {
    name: 'MRR and NRR of every month by plan',
    ours: byPlan,
    sql: `WITH months AS (SELECT unnest(range(${FIRST}, ${FIRST + MONTHS}))::INTEGER AS month),
      by_month AS (SELECT plan, account, month, sum(amount) AS amount FROM change GROUP BY ALL),
      grid AS (SELECT plan, account, month, coalesce(amount, 0) AS amount
        FROM (SELECT DISTINCT plan, account FROM by_month) CROSS JOIN months LEFT JOIN by_month USING (plan, account, month)),
      closing AS (SELECT plan, account, month, sum(amount) OVER (PARTITION BY plan, account ORDER BY month) AS closing FROM grid),
      span AS (SELECT plan, month, closing,
        coalesce(lag(closing, 12) OVER (PARTITION BY plan, account ORDER BY month), 0) AS opening FROM closing)
      SELECT plan, sum(closing)::BIGINT, coalesce(sum(closing) FILTER (opening > 0), 0)::BIGINT, coalesce(sum(opening), 0)::BIGINT
      FROM span GROUP BY plan, month ORDER BY plan, month`,
  },
  {
    name: 'expansion by strategy, 36 months',
    ours: (store, now) => {
      const { strategies } = strategyMix(store, { scope: everyAccount(store), now, range: RANGE })
      return Array.from({ length: MONTHS }, (_, month) => strategies.map(({ minor }) => String(minor[month])))
    },
    sql: `${closings}, grew AS (SELECT account, month FROM moved WHERE opening > 0 AND closing > opening),
      parts AS (SELECT month, strategy, sum(amount) AS amount FROM change JOIN grew USING (account, month) GROUP BY ALL)
      SELECT ${Array.from({ length: 7 }, (_, code) => `coalesce(sum(amount) FILTER (strategy = ${code}), 0)::BIGINT`).join(', ')}
      FROM (SELECT unnest(range(${FIRST}, ${FIRST + MONTHS}))::INTEGER AS month) LEFT JOIN parts USING (month) GROUP BY month ORDER BY month`,
  },
  {
    name: 'seats of every month',
    ours: (store, now) => series(store, now, ['seats']),
    sql: `SELECT (sum(sum(seats)) OVER (ORDER BY month))::BIGINT FROM change GROUP BY month ORDER BY month`,
  },
  {
    name: 'top 50 accounts by expansion of 12 months',
    ours: (store, now) =>
      accountFacts(store, {
        scope: everyAccount(store),
        now,
        orderBy: { field: 'EXPANSION' },
        limit: 50,
      }).items.map(({ account }) => [String(account.index)]),
    sql: `${closings} SELECT account FROM moved WHERE opening > 0 AND closing > opening AND month >= ${FIRST + MONTHS - 12}
      GROUP BY account ORDER BY sum(closing - opening) DESC, account LIMIT 50`,
  },
]
