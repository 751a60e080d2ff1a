import { type Columns, rowsAs, type Tx } from '@nobishiro/prisma'
import type { CatalogMapping } from './catalog.ts'
import { countsNothing, type History, type Step } from './history.ts'
import { levels } from './levels.ts'
import { committedLevel } from './outlook.ts'
import type { Recognition } from './recognition.ts'
import { type Resumed, type Tail, tailOf } from './tail.ts'

const SUBSCRIPTION: Columns = {
  id: 'text',
  account: 'text',
  source: 'text',
  external: 'text',
  status: 'text',
  currency: 'text',
  started: 'timestamptz',
  ended: 'timestamptz',
  period_start: 'timestamptz',
  period_end: 'timestamptz',
  cancel_at: 'timestamptz',
  trial_end: 'timestamptz',
  committed: 'bigint',
  tail: 'text',
}
const ITEM: Columns = {
  subscription: 'text',
  id: 'text',
  price: 'text',
  product: 'text',
  plan: 'text',
  kind: 'text',
  region: 'text',
  quantity: 'int',
  level: 'bigint',
}

type Rules = { mapping: CatalogMapping; recognition: Recognition }
type Standing = { account: string; history: History; last: Step; startedAt: string; tail: Tail | null }

/**
 * Entities as the fold left them, what people browse, each with where its fold stands. The ledger does not read them. Accounts
 * that were folded from the start have these and no others; of a resumed one only what its news moved is written.
 */
export async function storeSubscriptions(
  tx: Tx,
  tenantId: string,
  { folded, resumed }: { folded: ReadonlyMap<string, History[]>; resumed: ReadonlyMap<string, Resumed> },
  rules: Rules,
): Promise<void> {
  const standing = [...wholeOf(folded), ...movedOf(resumed)]
  const accounts = [...folded.keys()]
  if (accounts.length > 0) {
    const kept = standing.map(({ account, history }) => rowKey(history.subscription, account))
    await tx.$executeRaw`
      DELETE FROM subscription
      WHERE tenant_id = ${tenantId} AND account_id = ANY(${accounts}) AND id || chr(10) || account_id <> ALL(${kept})`
  }
  if (standing.length === 0) return
  await writeSubscriptions(tx, tenantId, standing, rules)
  await writeItems(tx, tenantId, standing, rules)
}

/** A subscription moves with the account that another is merged into. */
const rowKey = (subscription: string, account: string): string => `${subscription}\n${account}`

function wholeOf(folded: ReadonlyMap<string, History[]>): Standing[] {
  return [...folded].flatMap(([account, histories]) => {
    // One that was taken back entirely has no row to say so: its account is always folded from the start.
    const mayResume = histories.every(({ steps, isPlanned }) => steps.length > 0 || isPlanned)
    return histories.flatMap((history) => {
      const [first, last] = [history.steps[0], currentStep(history)]
      if (!first || !last) return []
      return [{ account, history, last, startedAt: first.effectiveAt, tail: mayResume ? tailOf(history) : null }]
    })
  })
}

function movedOf(resumed: ReadonlyMap<string, Resumed>): Standing[] {
  return [...resumed].flatMap(([account, { histories, tails }]) =>
    histories.flatMap((history) => {
      const known = tails.get(history.subscription)
      const [first, last] = [history.steps[0], currentStep(history)]
      if (!first || !last || last === known?.step) return []
      const startedAt = known?.startedAt ?? first.effectiveAt
      return [{ account, history, last, startedAt, tail: tailOf(history, startedAt) }]
    }),
  )
}

async function writeSubscriptions(
  tx: Tx,
  tenantId: string,
  standing: readonly Standing[],
  { recognition }: Rules,
): Promise<void> {
  const rows = standing.map((row) => subscriptionRow(row, recognition))
  const written = await tx.$executeRaw`
    INSERT INTO subscription AS known (tenant_id, id, account_id, source, external_id, status, currency, started_at, ended_at,
      period_start, period_end, cancel_at, trial_end, committed_minor, tail)
    SELECT ${tenantId}, id, account, source, external, status, currency, started, ended, period_start, period_end, cancel_at, trial_end,
      committed, tail
    FROM ${await rowsAs(tx, 'standing', SUBSCRIPTION, rows)}
    ON CONFLICT (tenant_id, id) DO UPDATE SET status = excluded.status, currency = excluded.currency,
      started_at = excluded.started_at, ended_at = excluded.ended_at, period_start = excluded.period_start,
      period_end = excluded.period_end, cancel_at = excluded.cancel_at, trial_end = excluded.trial_end,
      committed_minor = excluded.committed_minor, tail = excluded.tail
      WHERE known.account_id = excluded.account_id`
  if (written !== standing.length) throw new Error('A subscription belongs to another account already')
}

function subscriptionRow({ account, history, last, startedAt, tail }: Standing, recognition: Recognition) {
  const { source, subscription, steps } = history
  const { status, currency, period, scheduled, trialEnd } = last.state
  const end = steps[steps.length - 1]
  const ended = end?.state.status === 'ENDED' ? end.effectiveAt : null
  return [
    subscription,
    account,
    source,
    subscription.slice(source.length + 1),
    status,
    currency,
    startedAt,
    ended,
    period?.start ?? null,
    period?.end ?? null,
    scheduled?.find(({ state }) => state.status === 'ENDED')?.effectiveAt ?? null,
    trialEnd ?? null,
    ended === null ? committedLevel(history, last, recognition) : 0n,
    tail && JSON.stringify(tail),
  ]
}

async function writeItems(
  tx: Tx,
  tenantId: string,
  standing: readonly Standing[],
  { mapping, recognition }: Rules,
): Promise<void> {
  const rows = standing.flatMap(({ history: { source, subscription }, last }) => {
    const { state, measured } = last
    const amounts = countsNothing(last) ? [] : levels(state, measured, recognition)
    return state.items.map((item, index) => {
      const { product, plan, kind } = mapping.resolve(source, item.product, item.price)
      const level = kind === 'SERVICE' ? 0n : (amounts[index] ?? 0n)
      return [subscription, item.item, item.price, product, plan, kind, item.region ?? '', item.quantity, level]
    })
  })
  const items = await rowsAs(tx, 'item', ITEM, rows)
  const subscriptions = standing.map(({ history }) => history.subscription)
  await tx.$executeRaw`
    DELETE FROM subscription_item WHERE tenant_id = ${tenantId} AND subscription_id = ANY(${subscriptions})
      AND (subscription_id, id) NOT IN (SELECT item.subscription, item.id FROM ${items})`
  await tx.$executeRaw`
    INSERT INTO subscription_item AS known (tenant_id, subscription_id, id, price_id, product_id, plan_id, kind, region, quantity, level_minor)
    SELECT ${tenantId}, subscription, id, price, product, plan, kind, region, quantity, level FROM ${items}
    ON CONFLICT (tenant_id, subscription_id, id) DO UPDATE SET price_id = excluded.price_id, product_id = excluded.product_id,
      plan_id = excluded.plan_id, kind = excluded.kind, region = excluded.region, quantity = excluded.quantity,
      level_minor = excluded.level_minor
    WHERE (known.price_id, known.product_id, known.plan_id, known.kind, known.region, known.quantity, known.level_minor)
      IS DISTINCT FROM (excluded.price_id, excluded.product_id, excluded.plan_id, excluded.kind, excluded.region, excluded.quantity,
        excluded.level_minor)`
}

/** What it is, as its source last said: an end that lay ahead then has not come, however late it is read. */
function currentStep({ steps, prospects }: History): Step | undefined {
  const last = steps.at(-1)
  const told = prospects.at(-1)
  if (last?.state.status !== 'ENDED' || !told || told.until !== undefined) return last
  const isAhead = told.ahead.some(({ effectiveAt }) => effectiveAt === last.effectiveAt)
  return (isAhead && steps.findLast(({ state }) => state.status !== 'ENDED')) || last
}
