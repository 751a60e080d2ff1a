import type { Tx } from '@nobishiro/prisma'
import { policyName, recognitionFrom } from '../ledger/recognition.ts'
import { type Closed, FIRST_POLICY } from './closed.ts'
import { monthOf } from './month.ts'

type CloseRow = { month: string; version: bigint; closed_at: Date; by: 'PERSON' | 'WATERMARK'; reason: string | null }
type LateRow = {
  account_id: string
  day: string
  version: bigint
  recorded_at: Date
  currency: string
  amount: bigint
  seats: number
  part: string
}

/**
 * Closes and late lines up to a version, or to an instant as well. Both are append-only and versions are committed in their order,
 * so the answer belongs to that version whatever is posted meanwhile.
 */
export async function readClosed(
  tx: Tx,
  { tenantId, version, asOf }: { tenantId: string; version: bigint; asOf: Date | null },
  placeOf: ReadonlyMap<string, number>,
): Promise<Closed> {
  const until = asOf ?? END_OF_TIME
  const [known] = await tx.$queryRaw<{ revision: number; policy: unknown }[]>`
    SELECT revision, policy FROM recognition_policy
    WHERE tenant_id = ${tenantId} AND (version <= ${version} OR ${asOf !== null}) AND recorded_at <= ${until}
    ORDER BY revision DESC LIMIT 1`
  const { revision, policy } = known
    ? { revision: known.revision, policy: policyName(recognitionFrom(known.policy)) }
    : FIRST_POLICY
  const closes = await tx.$queryRaw<CloseRow[]>`
    SELECT month::text, version, closed_at, by, reason FROM month_close
    WHERE tenant_id = ${tenantId} AND (version <= ${version} OR ${asOf !== null}) AND closed_at <= ${until} ORDER BY version, month`
  if (closes.length === 0) return { revision, policy, closes: [], late: [] }
  const rows = await tx.$queryRaw<LateRow[]>`
    SELECT line.account_id, effective_day::text AS day, version, recorded_at, currency, amount_minor AS amount, seats,
      concat_ws(' ', product_id, plan_id, region, strategy) AS part
    FROM late_line JOIN ledger_line line ON line.tenant_id = late_line.tenant_id AND line.id = late_line.line_id
    WHERE late_line.tenant_id = ${tenantId} AND version <= ${version} AND recorded_at <= ${until}
      AND revision = ${revision} ORDER BY line.id`
  return {
    revision,
    policy,
    closes: closes.map(({ month, closed_at, ...close }) => ({ ...close, month: monthOf(month), closedAt: closed_at })),
    late: rows.flatMap(({ account_id, day, recorded_at, amount, ...line }) => {
      const account = placeOf.get(account_id)
      if (account === undefined) return []
      return {
        ...line,
        account,
        month: monthOf(day),
        day: Number(day.slice(8)),
        recordedAt: recorded_at.getTime(),
        amount: Number(amount),
      }
    }),
  }
}

/** Later than anything can be recorded. */
const END_OF_TIME = new Date('9999-12-31T00:00:00Z')
