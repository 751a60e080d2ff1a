import type { Tx } from '@nobishiro/prisma'
import type { InboxKey } from './inbox.ts'
import type { Received } from './received.ts'
import { reducedDelivery } from './reduce.ts'
import { settingsOf } from './settings.ts'

/** How often accounts of the tenant were erased, as whoever holds its row knows. */
type Counted = { erasures: number }

/** Accounts that were erased, and when; the inbox says so, before any of their deliveries is posted again. */
export async function erasedAccounts(tx: Tx, tenantId: string): Promise<Map<string, string>> {
  const said = await settingsOf(tx, tenantId, 'erasure')
  return new Map(said.flatMap(({ accounts, at }) => accounts.map((account) => [account, at] as const)))
}

/** Deliveries as they may be stored, one for one: nothing personal of an erased account is written again. */
export async function withoutErased(
  tx: Tx,
  key: InboxKey,
  received: readonly Received[],
  { erasures }: Counted,
): Promise<Received[]> {
  if (erasures === 0) return [...received]
  const erased = new Set((await erasedAccounts(tx, key.tenantId)).keys())
  return received.map((item) => reducedDelivery(key, item, erased))
}

/** Whatever a posting said of them: their rows are without a name. */
export async function keepErased(tx: Tx, tenantId: string, { erasures }: Counted): Promise<void> {
  if (erasures === 0) return
  const erased = await erasedAccounts(tx, tenantId)
  await tx.$executeRaw`
    UPDATE account SET name = '', erased_at = said.at::timestamptz
    FROM unnest(${[...erased.keys()]}::text[], ${[...erased.values()]}::text[]) AS said(id, at)
    WHERE tenant_id = ${tenantId} AND account.id = said.id AND (name <> '' OR erased_at IS NULL)`
}

/** Of a tenant whose inbox was put in place: its settings say what was erased. */
export async function countErasures(tx: Tx, tenantId: string): Promise<void> {
  const { length: erasures } = await settingsOf(tx, tenantId, 'erasure')
  await tx.tenant.update({ where: { id: tenantId }, data: { erasures }, select: { id: true } })
}
