import type { Tx } from '@nobishiro/prisma'
import type { OutlookPoint } from './outlook.ts'
import type { PostContext } from './post.ts'

export type OutlookRow = Omit<OutlookPoint, 'amount'> & { account: string; amount: bigint }

/** Appends what makes the sums of these accounts say exactly the points that are wanted. */
export async function moveOutlook(
  tx: Tx,
  { tenantId, version, recordedAt }: PostContext,
  wanted: ReadonlyMap<string, readonly OutlookPoint[]>,
): Promise<void> {
  const moves = new Map<string, OutlookRow>()
  const add = (row: OutlookRow, sign: 1n | -1n) => {
    const { account, day, kind, product, plan, region, currency } = row
    const key = JSON.stringify([account, day, kind, product, plan, region, currency])
    const known = moves.get(key) ?? { ...row, amount: 0n }
    known.amount += sign * row.amount
    moves.set(key, known)
  }
  for (const row of await outlookSums(tx, tenantId, [...wanted.keys()])) add(row, -1n)
  for (const [account, points] of wanted) for (const point of points) add({ account, ...point }, 1n)
  const rows = [...moves.values()].filter(({ amount }) => amount !== 0n)
  for (let start = 0; start < rows.length; start += 5_000) {
    const chunk = rows.slice(start, start + 5_000).map((row) => ({ ...row, amount: String(row.amount) }))
    await tx.$executeRaw`
      INSERT INTO account_outlook (tenant_id, account_id, day, kind, product_id, plan_id, region, currency, amount_minor, version,
        recorded_at)
      SELECT ${tenantId}, account, day, kind, product, plan, region, currency, amount, ${version}, ${recordedAt}
      FROM json_to_recordset(${JSON.stringify(chunk)}::json) AS point (account text, day date, kind text, product text, plan text,
        region text, currency text, amount bigint)`
  }
}

/** What stands beside MRR of these accounts, by day and place. */
export const outlookSums = (tx: Tx, tenantId: string, accounts: string[]): Promise<OutlookRow[]> => tx.$queryRaw<
  OutlookRow[]
>`
  SELECT account_id AS account, day::text AS day, kind, product_id AS product, plan_id AS plan, region, currency,
    sum(amount_minor)::bigint AS amount
  FROM account_outlook WHERE tenant_id = ${tenantId} AND account_id = ANY(${accounts})
  GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(amount_minor) <> 0`
