import { Prisma } from '@nobishiro/prisma'
import { firstDayOf, monthOf } from '../facts/month.ts'
import type { Movement } from '../metrics/result.ts'
import type { Reader } from './reader.ts'

type Line = Prisma.LedgerLineGetPayload<object>
type Key = Pick<Movement, 'account' | 'month'>

/** The net lines of each movement: neither taken back nor taking back. Lines of a service are no MRR and stay out. */
export async function loadLines(read: Reader, tenantId: string, movements: readonly Key[]): Promise<Line[][]> {
  const accounts = [...new Set(movements.map(({ account }) => account.id))]
  const months = movements.map(({ month }) => month)
  const from = firstDayOf(Math.min(...months))
  const until = firstDayOf(Math.max(...months) + 1)
  const lines = await read(async (tx) => {
    const net = await tx.$queryRaw<{ id: bigint }[]>`
      SELECT line.id
      FROM ledger_line line
      WHERE line.tenant_id = ${tenantId}
        AND line.account_id IN (${Prisma.join(accounts)})
        AND line.effective_day >= ${from}::date AND line.effective_day < ${until}::date
        AND line.strategy IS NOT NULL
        AND line.reverses IS NULL
        AND NOT EXISTS (SELECT FROM ledger_line undo WHERE undo.tenant_id = line.tenant_id AND undo.reverses = line.id)`
    return tx.ledgerLine.findMany({
      where: { tenantId, id: { in: net.map(({ id }) => id) } },
      orderBy: [{ effectiveAt: 'asc' }, { id: 'asc' }],
    })
  })
  const found = new Map<string, Line[]>()
  for (const line of lines) {
    const key = `${line.accountId}@${monthOf(line.effectiveDay.toISOString())}`
    found.set(key, [...(found.get(key) ?? []), line])
  }
  return movements.map(({ account, month }) => found.get(`${account.id}@${month}`) ?? [])
}
