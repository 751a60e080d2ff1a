import type { Tx } from '@nobishiro/prisma'
import type { CatalogMapping } from './catalog.ts'
import type { History, Step } from './history.ts'
import { levels } from './levels.ts'
import { committedLevel } from './outlook.ts'
import type { Recognition } from './recognition.ts'

/** Entities as the fold left them: what people browse. The ledger does not read them. */
export async function replaceSubscriptions(
  tx: Tx,
  tenantId: string,
  folded: Map<string, History[]>,
  { mapping, recognition }: { mapping: CatalogMapping; recognition: Recognition },
): Promise<void> {
  const accounts = [...folded.keys()]
  const subscriptions = []
  const items = []
  for (const [account, histories] of folded) {
    for (const history of histories) {
      const { source, subscription, steps } = history
      const first = steps[0]
      const last = currentStep(history)
      if (!first || !last) continue
      const { status, currency, period, scheduled, trialEnd } = last.state
      const end = steps.at(-1)
      const ended = end?.state.status === 'ENDED' ? end.effectiveAt : null
      subscriptions.push({
        id: subscription,
        account,
        source,
        external: subscription.slice(source.length + 1),
        status,
        currency,
        started: first.effectiveAt,
        ended,
        period_start: period?.start ?? null,
        period_end: period?.end ?? null,
        cancel_at: scheduled?.find(({ state }) => state.status === 'ENDED')?.effectiveAt ?? null,
        trial_end: trialEnd ?? null,
        committed: String(ended === null ? committedLevel(last, recognition) : 0n),
      })
      const amounts = last.lapsed ? [] : levels(last.state, last.measured, recognition)
      for (const [index, item] of last.state.items.entries()) {
        const { product, plan, kind } = mapping.resolve(source, item.product, item.price)
        items.push({
          id: item.item,
          subscription,
          price: item.price,
          product,
          plan,
          kind,
          region: item.region ?? '',
          quantity: item.quantity,
          level: String(kind === 'SERVICE' ? 0n : (amounts[index] ?? 0n)),
        })
      }
    }
  }
  await tx.$executeRaw`DELETE FROM subscription WHERE tenant_id = ${tenantId} AND account_id = ANY(${accounts})`
  await tx.$executeRaw`
    INSERT INTO subscription (tenant_id, id, account_id, source, external_id, status, currency, started_at, ended_at, period_start,
      period_end, cancel_at, trial_end, committed_minor)
    SELECT ${tenantId}, id, account, source, external, status, currency, started, ended, period_start, period_end, cancel_at, trial_end,
      committed
    FROM json_to_recordset(${JSON.stringify(subscriptions)}::json) AS s
      (id text, account text, source text, external text, status text, currency text, started timestamptz, ended timestamptz,
        period_start timestamptz, period_end timestamptz, cancel_at timestamptz, trial_end timestamptz, committed bigint)`
  await tx.$executeRaw`
    INSERT INTO subscription_item (tenant_id, subscription_id, id, price_id, product_id, plan_id, kind, region, quantity, level_minor)
    SELECT ${tenantId}, subscription, id, price, product, plan, kind, region, quantity, level
    FROM json_to_recordset(${JSON.stringify(items)}::json) AS i
      (subscription text, id text, price text, product text, plan text, kind text, region text, quantity int, level bigint)`
}

/** What it is, as its source last said: an end that lay ahead then has not come, however late it is read. */
function currentStep({ steps, prospects }: History): Step | undefined {
  const last = steps.at(-1)
  const told = prospects.at(-1)
  if (last?.state.status !== 'ENDED' || !told || told.until !== undefined) return last
  const isAhead = told.ahead.some(({ effectiveAt }) => effectiveAt === last.effectiveAt)
  return (isAhead && steps.findLast(({ state }) => state.status !== 'ENDED')) || last
}
