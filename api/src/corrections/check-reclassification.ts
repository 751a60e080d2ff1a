import type { Tx } from '@nobishiro/prisma'
import type { Corrections } from '../ingest/people/in-force.ts'
import { STRATEGIES } from '../ledger/strategy.ts'
import type { Checked } from './check.ts'
import { findAccount } from './find.ts'
import { invalid, shorten } from './invalid.ts'
import type { Asked } from './request.ts'

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

/** A month of an account in which it grew or shrank, with parts that can be renamed. */
export async function checkReclassification(
  tx: Tx,
  tenantId: string,
  asked: Extract<Asked, { kind: 'RECLASSIFY_MOVEMENT' }>,
  { rootOf, isExcluded }: Corrections,
): Promise<Checked> {
  const { month, to } = asked
  if (!MONTH.test(month))
    throw invalid('input.month', `input.month is "${shorten(month)}"; expected a month like 2026-03.`)
  for (const [field, strategy] of [['to', to], ...(asked.from ?? []).map((one) => ['from', one])] as const)
    if (!STRATEGIES.some((known) => known === strategy))
      throw invalid(
        `input.${field}`,
        `input.${field} is "${shorten(strategy ?? '')}"; accepted: ${STRATEGIES.join(', ')}.`,
      )
  const account = await findAccount(tx, tenantId, asked.account, 'input.account')
  if (rootOf(account) !== account)
    throw invalid('input.account', `input.account "${account}" was merged into ${rootOf(account)}. Name that one.`)
  if (isExcluded(account))
    throw invalid('input.account', `input.account "${account}" is excluded: it has no movements.`)
  const from = asked.from && asked.from.length > 0 ? [...new Set(asked.from)].sort() : null
  const parts = await partsOf(tx, tenantId, account, month)
  if (parts.length === 0) throw invalid('input.month', `input.month: ${account} did not change in ${month}.`)
  if (parts.every(({ opening, closing }) => opening <= 0n || closing <= 0n))
    throw invalid(
      'input.month',
      `input.month: ${account} started or ended in ${month}; only growth and shrinkage carry strategies.`,
    )
  const there = [...new Set(parts.map(({ strategy }) => strategy))].sort()
  if (!there.some((strategy) => strategy !== to && (from === null || from.includes(strategy))))
    throw invalid(
      'input.from',
      `input.from: ${account} has no part to rename in ${month}; its parts are ${there.join(', ')}.`,
    )
  return { what: { kind: 'RECLASSIFY_MOVEMENT', account, month, from, to }, touches: [account] }
}

/** What changed in a month by strategy, with opening and closing of its currency. */
function partsOf(tx: Tx, tenantId: string, account: string, month: string) {
  return tx.$queryRaw<{ strategy: string; opening: bigint; closing: bigint }[]>`
    WITH known AS (
      SELECT strategy, currency, amount_minor, day < ${`${month}-01`}::date AS before
      FROM account_change
      WHERE tenant_id = ${tenantId} AND account_id = ${account} AND day < ${`${month}-01`}::date + interval '1 month'
    ), level AS (
      SELECT currency, coalesce(sum(amount_minor) FILTER (WHERE before), 0)::bigint AS opening, sum(amount_minor)::bigint AS closing
      FROM known GROUP BY currency
    )
    SELECT DISTINCT strategy, opening, closing FROM known JOIN level USING (currency) WHERE NOT before AND strategy <> ''`
}
