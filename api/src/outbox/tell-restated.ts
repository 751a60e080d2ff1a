import type { Tx } from '@nobishiro/prisma'
import { toMajor } from '../shared/money.ts'
import { askLink, tell } from './tell.ts'

/** A line that was recorded after a month it counts in was closed. */
export type LateAmount = { account: string; effectiveDay: string; currency: string; amount: bigint }

type Restated = { tenantId: string; version: bigint; recordedAt: Date }

/** That months which were closed say something else, by how much MRR of each currency; what cancels out within a posting is not told. */
export async function tellRestated(
  tx: Tx,
  { tenantId, version, recordedAt }: Restated,
  late: readonly LateAmount[],
): Promise<void> {
  const sums = new Map<string, bigint>()
  for (const { effectiveDay, currency, amount } of late) {
    const key = `${effectiveDay.slice(0, 7)} ${currency}`
    sums.set(key, (sums.get(key) ?? 0n) + amount)
  }
  const changes = [...sums].sort().flatMap(([key, minor]) => {
    const [month, currency] = key.split(' ') as [string, string] // as it was put together
    return minor === 0n ? [] : [{ month: `${month}-01`, currency, mrr: toMajor(minor, currency) }]
  })
  if (changes.length === 0) return
  const lines = askLink(
    '{ restatements(first: 12) { edges { node { month difference { closing { amount currency } } } } } }',
  )
  const data = {
    version: String(version),
    changes,
    accounts: new Set(late.map(({ account }) => account)).size,
    links: { lines },
  }
  await tell(tx, { tenantId, type: 'month.restated', at: recordedAt, data })
}
