import type { Database, Tx } from '@nobishiro/prisma'
import { recordSetting, settingsOf } from '../ingest/settings.ts'
import { ExpectedError } from '../shared/errors.ts'
import { type CostRules, costRulesFrom, NO_COST_RULES } from './costs.ts'
import { nextVersion } from './next-version.ts'

/** `since` and `reason` are null while nobody has said anything. */
export type CostsInForce = CostRules & { since: Date | null; reason: string | null }

/** What holds from now on. The decision before stays, and asOf an instant before it reads it. */
export function setCosts(
  db: Database,
  tenantId: string,
  { costs, reason }: { costs: unknown; reason: string },
): Promise<CostsInForce> {
  const rules = costRulesFrom(costs)
  if (reason.trim() === '') throw new ExpectedError('INVALID_INPUT', 'reason is empty: say why.', 'reason')
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const { version, recordedAt: receivedAt } = await nextVersion(tx, tenantId)
    const event = { type: 'costs', at: receivedAt.toISOString(), costs: rules, reason } as const
    await recordSetting(tx, { tenantId, version, receivedAt }, event)
    return { ...rules, since: receivedAt, reason }
  })
}

export async function costsInForce(tx: Tx, tenantId: string): Promise<CostsInForce> {
  const last = (await settingsOf(tx, tenantId, 'costs')).at(-1)
  if (!last) return { ...NO_COST_RULES, since: null, reason: null }
  return { ...costRulesFrom(last.costs), since: new Date(last.at), reason: last.reason }
}
