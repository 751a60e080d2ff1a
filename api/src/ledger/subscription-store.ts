import type { Tx } from '@nobishiro/prisma'
import type { CatalogMapping } from './catalog.ts'
import type { History } from './history.ts'
import { levels } from './levels.ts'

/** Entities as the fold left them: what people browse. The ledger does not read them. */
export async function replaceSubscriptions(
  tx: Tx,
  tenantId: string,
  folded: Map<string, History[]>,
  mapping: CatalogMapping,
): Promise<void> {
  const accounts = [...folded.keys()]
  const subscriptions = []
  const items = []
  for (const [account, histories] of folded) {
    for (const { source, subscription, steps } of histories) {
      const first = steps[0]
      const last = steps[steps.length - 1]
      if (!first || !last) continue
      const { status, currency } = last.state
      subscriptions.push({
        id: subscription,
        account,
        source,
        external: subscription.slice(source.length + 1),
        status,
        currency,
        started: first.effectiveAt,
        ended: status === 'ENDED' ? last.effectiveAt : null,
      })
      const amounts = levels(last.state, last.measured)
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
    INSERT INTO subscription (tenant_id, id, account_id, source, external_id, status, currency, started_at, ended_at)
    SELECT ${tenantId}, id, account, source, external, status, currency, started, ended
    FROM json_to_recordset(${JSON.stringify(subscriptions)}::json) AS s
      (id text, account text, source text, external text, status text, currency text, started timestamptz, ended timestamptz)`
  await tx.$executeRaw`
    INSERT INTO subscription_item (tenant_id, subscription_id, id, price_id, product_id, plan_id, kind, region, quantity, level_minor)
    SELECT ${tenantId}, subscription, id, price, product, plan, kind, region, quantity, level
    FROM json_to_recordset(${JSON.stringify(items)}::json) AS i
      (subscription text, id text, price text, product text, plan text, kind text, region text, quantity int, level bigint)`
}
