import type { Tx } from '@nobishiro/prisma'
import type { Corrections } from '../ingest/people/in-force.ts'
import { daysApart, endOf, startOf } from '../ledger/connected.ts'
import { foldAccounts } from '../ledger/fold-accounts.ts'
import type { Checked } from './check.ts'
import { findSubscription } from './find.ts'
import { invalid } from './invalid.ts'
import type { Asked } from './request.ts'

const DEFAULT_GAP = 31
const LARGEST_GAP = 366

/** Two subscriptions of one account, of which the first has ended near the start of the second. */
export async function checkConnection(
  tx: Tx,
  tenantId: string,
  asked: Extract<Asked, { kind: 'CONNECT_SUBSCRIPTIONS' }>,
  corrections: Corrections,
): Promise<Checked> {
  const { gapDays = DEFAULT_GAP } = asked
  if (!Number.isInteger(gapDays) || gapDays < 0 || gapDays > LARGEST_GAP)
    throw invalid('input.gapDays', `input.gapDays is ${gapDays}; accepted: 0 to ${LARGEST_GAP} days.`)
  const [before, after] = [
    await findSubscription(tx, tenantId, asked.old, 'input.old'),
    await findSubscription(tx, tenantId, asked.new, 'input.new'),
  ]
  if (before.id === after.id)
    throw invalid('input.new', `input.new "${after.id}" is the subscription that was replaced.`)
  if (before.accountId !== after.accountId)
    throw invalid(
      'input.new',
      `input.new "${after.id}" belongs to ${after.accountId}, and ${before.id} to ${before.accountId}. Merge the accounts first.`,
    )
  const earlier = corrections.connections.find(({ old }) => old === before.id)
  if (earlier)
    throw invalid('input.old', `input.old "${before.id}" is connected to ${earlier.new} already. Undo that first.`)
  const histories = (await foldAccounts(tx, tenantId, [after.accountId], corrections)).get(after.accountId) ?? []
  const of = (id: string) => histories.find(({ subscription }) => subscription === id)
  const [old, start] = [of(before.id), startOf(of(after.id))]
  const end = old ? endOf(old) : null
  if (end === null)
    throw invalid('input.old', `input.old "${before.id}" has not paid and ended: there is nothing to connect.`)
  if (start === null) throw invalid('input.new', `input.new "${after.id}" has never been paid.`)
  const gap = Math.ceil(daysApart(end.effectiveAt, start))
  if (gap > gapDays)
    throw invalid(
      'input.gapDays',
      `${before.id} ended on ${end.effectiveAt.slice(0, 10)} and ${after.id} started on ${start.slice(0, 10)}: ${gap} days apart; input.gapDays allows ${gapDays}.`,
    )
  const what = { kind: 'CONNECT_SUBSCRIPTIONS', old: before.id, new: after.id, gapDays } as const
  return { what, touches: [after.accountId] }
}
