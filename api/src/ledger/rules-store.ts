import type { Tx } from '@nobishiro/prisma'
import { FIRST_RULES, type Rules, recognitionFrom } from './recognition.ts'

/** The policy in force, and the revision that follows it. */
export async function rulesOf(tx: Tx, tenantId: string): Promise<Rules> {
  const row = await tx.recognitionPolicy.findFirst({ where: { tenantId }, orderBy: { revision: 'desc' } })
  return row ? { revision: row.revision, recognition: recognitionFrom(row.policy) } : FIRST_RULES
}

export type PolicyRevision = Rules & { reason: string | null; recordedAt: Date | null }

/** Every revision, the newest first. */
export async function revisionsOf(tx: Tx, tenantId: string): Promise<PolicyRevision[]> {
  const rows = await tx.recognitionPolicy.findMany({ where: { tenantId }, orderBy: { revision: 'desc' } })
  return [
    ...rows.map(({ revision, policy, reason, recordedAt }) => ({
      revision,
      recognition: recognitionFrom(policy),
      reason,
      recordedAt,
    })),
    { ...FIRST_RULES, reason: null, recordedAt: null },
  ]
}
