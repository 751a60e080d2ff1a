import { Prisma } from '@nobishiro/prisma'
import { dayOf, firstDayOf, monthOf } from '../facts/month.ts'
import type { KnownMovement } from './known-at.ts'
import type { Reader } from './reader.ts'

type Line = Prisma.LedgerLineGetPayload<object>
type Key = Pick<KnownMovement, 'account' | 'month' | 'day' | 'asOf' | 'members'>

const accountsOf = ({ account, members }: Key): readonly string[] => members ?? [account.id]

/** The net lines of each movement: neither taken back nor taking back. Lines of a service are no MRR and stay out. */
export async function loadLines(read: Reader, tenantId: string, movements: readonly Key[]): Promise<Line[][]> {
  const found = new Map<Key, Line[]>()
  for (const time of new Set(movements.map(({ asOf }) => asOf?.getTime()))) {
    const known = movements.filter(({ asOf }) => asOf?.getTime() === time)
    const lines = await linesKnownAt(read, tenantId, known, time === undefined ? END_OF_TIME : new Date(time))
    known.forEach((movement, index) => {
      found.set(movement, lines[index] ?? [])
    })
  }
  return movements.map((movement) => found.get(movement) ?? [])
}

/** Later than any line can be recorded. */
const END_OF_TIME = new Date('9999-12-31T00:00:00Z')

async function linesKnownAt(read: Reader, tenantId: string, movements: readonly Key[], asOf: Date): Promise<Line[][]> {
  const accounts = [...new Set(movements.flatMap(accountsOf))]
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
        AND line.reverses IS NULL AND line.recorded_at <= ${asOf} AND line.revision = nobishiro_revision(${tenantId}, ${asOf})
        AND NOT EXISTS (
          SELECT FROM ledger_line undo
          WHERE undo.tenant_id = line.tenant_id AND undo.reverses = line.id AND undo.recorded_at <= ${asOf}
        )`
    return tx.ledgerLine.findMany({
      where: { tenantId, id: { in: net.map(({ id }) => id) } },
      orderBy: [{ effectiveAt: 'asc' }, { id: 'asc' }],
    })
  })
  const found = new Map<string, Line[]>()
  for (const line of lines) {
    const day = line.effectiveDay.toISOString().slice(0, 10)
    for (const key of [`${line.accountId}@${monthOf(day)}`, `${line.accountId}@${day}`])
      found.set(key, [...(found.get(key) ?? []), line])
  }
  return movements.map((movement) =>
    accountsOf(movement)
      .flatMap((account) => found.get(`${account}@${whenOf(movement)}`) ?? [])
      .sort((a, b) => a.effectiveAt.getTime() - b.effectiveAt.getTime() || Number(a.id - b.id)),
  )
}

const whenOf = ({ month, day }: Key): string => (day === 0 ? String(month) : dayOf(month, day))
