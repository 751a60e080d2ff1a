import type { Database, Tx } from '@nobishiro/prisma'
import { recordSetting, settingsOf } from '../ingest/settings.ts'
import { canonicalJson } from '../shared/canonical.ts'
import { ExpectedError } from '../shared/errors.ts'
import { refuseUncovered } from './invoices/uncovered-store.ts'
import { type NextVersion, nextVersion } from './next-version.ts'
import { rebuild } from './post.ts'
import { countsInvoices, type Rules, recognitionFrom } from './recognition.ts'
import { type PolicyRevision, rulesOf } from './rules-store.ts'

/** `policy` as somebody said it: what is missing is as in the default, and what no policy can say is refused. */
export type PolicyChange = { policy: unknown; reason: string }
export type PolicySet = PolicyRevision & { version: bigint; lines: number }

/**
 * Puts another policy into force, in one transaction: the whole ledger is posted again as a new revision. The lines of the one
 * before stay, and asOf an instant before the change reads them. Refused where it counts invoices and some are not told.
 */
export function setPolicy(
  db: Database,
  { tenantId, now }: { tenantId: string; now: Date },
  { policy, reason }: PolicyChange,
): Promise<PolicySet> {
  const recognition = recognitionFrom(policy)
  if (reason.trim() === '') throw new ExpectedError('INVALID_INPUT', 'reason is empty: say why.', 'reason')
  return db.withTenant(
    { tenantId, viewer: 'TENANT' },
    async (tx) => {
      const next = await nextVersion(tx, tenantId)
      const before = await rulesOf(tx, tenantId)
      if (canonicalJson(before.recognition) === canonicalJson(recognition))
        throw new ExpectedError('CONFLICT', `This policy is in force already, as revision ${before.revision}.`)
      const event = { type: 'recognitionPolicy', at: now.toISOString(), policy: recognition, reason } as const
      await recordSetting(tx, { tenantId, version: next.version }, event)
      const rules = { revision: before.revision + 1, recognition }
      if (countsInvoices(rules)) await refuseUncovered(tx, tenantId, now)
      await storeRules(tx, next, rules, reason)
      const { appended } = await rebuild(tx, { ...next, rules })
      return { ...rules, reason, recordedAt: next.recordedAt, version: next.version, lines: appended }
    },
    { timeoutMs: 3_600_000 },
  )
}

/** The policies of an inbox that is about to be posted: only the last one has lines. */
export async function applyPolicies(tx: Tx, tenantId: string): Promise<void> {
  for (const [index, { policy, reason }] of (await settingsOf(tx, tenantId, 'recognitionPolicy')).entries())
    await storeRules(
      tx,
      await nextVersion(tx, tenantId),
      { revision: index + 2, recognition: recognitionFrom(policy) },
      reason,
    )
}

async function storeRules(tx: Tx, next: NextVersion, { revision, recognition }: Rules, reason: string): Promise<void> {
  const { tenantId, version, recordedAt } = next
  await tx.recognitionPolicy.create({ data: { tenantId, revision, policy: recognition, reason, version, recordedAt } })
}
