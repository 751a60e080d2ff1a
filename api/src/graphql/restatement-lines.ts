import { Prisma } from '@nobishiro/prisma'
import { firstDayOf, type Month } from '../facts/month.ts'
import type { Membership } from './membership.ts'
import type { Reader } from './reader.ts'

/** A closed month whose late lines are asked for, as known at a version and an instant of the ledger. */
export type LateKey = { month: Month; currency: string; closeVersion: bigint; version: bigint; until: Date }
export type LatePageKey = LateKey & { offset: number; limit: number }
export type LatePage = { items: Prisma.LedgerLineGetPayload<object>[]; total: number }

/** Pages of what was recorded after each month was closed and counts in it, in the order of recording. */
export async function loadLatePages(
  read: Reader,
  tenantId: string,
  { isSeen }: Membership,
  keys: readonly LatePageKey[],
): Promise<LatePage[]> {
  return read(async (tx) => {
    const found = await tx.$queryRaw<{ place: number; id: bigint; total: bigint }[]>`
      SELECT key.place, page.id, page.total
      FROM json_to_recordset(${asRows(keys)}::json) AS key (place int, "end" date, currency text, after bigint, version bigint,
          until timestamptz, "offset" int, "limit" int),
        LATERAL (
          SELECT line.id, count(*) OVER () AS total
          FROM late_line JOIN ledger_line line ON line.tenant_id = late_line.tenant_id AND line.id = late_line.line_id
          WHERE late_line.tenant_id = ${tenantId} AND line.version > key.after AND line.version <= key.version
            AND line.recorded_at <= key.until AND line.effective_day < key.end AND line.currency = key.currency
            AND line.revision = nobishiro_revision(${tenantId}, key.until) AND ${isSeen(Prisma.sql`line.account_id`)}
          ORDER BY line.id OFFSET key.offset LIMIT key.limit
        ) AS page`
    const lines = await tx.ledgerLine.findMany({ where: { tenantId, id: { in: found.map(({ id }) => id) } } })
    const byId = new Map(lines.map((line) => [line.id, line]))
    return keys.map((_, index) => {
      const rows = found.filter(({ place }) => place === index)
      return { items: rows.flatMap(({ id }) => byId.get(id) ?? []), total: Number(rows[0]?.total ?? 0) }
    })
  })
}

/** What those lines add up to, read from the ledger itself and not from the lines that were marked. */
export async function loadLateTotals(
  read: Reader,
  tenantId: string,
  { isSeen }: Membership,
  keys: readonly LateKey[],
): Promise<bigint[]> {
  const bounds = [...new Set(keys.map(({ closeVersion }) => closeVersion + 1n))].sort((a, b) => (a < b ? -1 : 1))
  const last = keys.reduce((most, { month }) => Math.max(most, month), 0)
  const { version = 0n, until = new Date(0) } = keys[0] ?? {}
  const sums = await read(
    (tx) => tx.$queryRaw<{ month: string; currency: string; reached: number; amount: bigint }[]>`
      SELECT date_trunc('month', effective_day)::date::text AS month, currency,
        width_bucket(version, ${bounds.map(String)}::text[]::bigint[]) AS reached, sum(amount_minor)::bigint AS amount
      FROM ledger_line
      WHERE tenant_id = ${tenantId} AND version >= ${bounds[0] ?? 0n} AND version <= ${version} AND recorded_at <= ${until}
        AND effective_day < ${firstDayOf(last + 1)}::date AND revision = nobishiro_revision(${tenantId}, ${until}) AND ${isSeen(Prisma.sql`account_id`)}
        AND NOT EXISTS (SELECT FROM recognition_policy policy
          WHERE policy.tenant_id = ${tenantId} AND policy.version = ledger_line.version)
      GROUP BY 1, 2, 3`,
  )
  return keys.map(({ month, currency, closeVersion }) => {
    const reached = bounds.indexOf(closeVersion + 1n) + 1
    const end = firstDayOf(month + 1)
    return sums
      .filter((sum) => sum.currency === currency && sum.reached >= reached && sum.month < end)
      .reduce((total, { amount }) => total + amount, 0n)
  })
}

function asRows(keys: readonly LatePageKey[]): string {
  const rows = keys.map(({ month, currency, closeVersion, version, until, offset, limit }, place) => ({
    place,
    end: firstDayOf(month + 1),
    currency,
    after: String(closeVersion),
    version: String(version),
    until,
    offset,
    limit,
  }))
  return JSON.stringify(rows)
}
