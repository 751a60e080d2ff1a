import type { Tx } from '@nobishiro/prisma'

const DAY = 86_400_000
/** A period of a month renews every month; a contract is longer than the longest one. */
const LONGER_THAN = 32 * DAY
const RUNNING = ['ACTIVE', 'PAST_DUE', 'PAUSED']

/** A subscription whose term ends soon, and what it brings a month. */
export type Renewal = {
  subscription: string
  account: string
  endsAt: Date
  currency: string
  /** MRR in minor units. */
  mrr: bigint
  /** The end is agreed: nothing will renew unless somebody acts. */
  isCancelled: boolean
}

/** Contracts that end after `now` and within so many days, the earliest first. Shorter terms count where their end is agreed. */
export async function renewalsWithin(
  tx: Tx,
  { tenantId, now, days }: { tenantId: string; now: Date; days: number },
): Promise<Renewal[]> {
  const window = { gt: now, lte: new Date(now.getTime() + days * DAY) }
  const rows = await tx.subscription.findMany({
    where: {
      tenantId,
      status: { in: RUNNING },
      OR: [
        { endedAt: window },
        { endedAt: null, cancelAt: window },
        { endedAt: null, cancelAt: null, periodEnd: window },
      ],
    },
    include: { items: { select: { levelMinor: true } } },
  })
  return rows.flatMap(renewalOf).sort(earliestFirst)
}

type Row = {
  id: string
  accountId: string
  currency: string
  endedAt: Date | null
  cancelAt: Date | null
  periodStart: Date | null
  periodEnd: Date | null
  items: { levelMinor: bigint }[]
}

function renewalOf({ id, accountId, currency, endedAt, cancelAt, periodStart, periodEnd, items }: Row): Renewal[] {
  const agreed = endedAt ?? cancelAt
  const term = periodStart && periodEnd ? periodEnd.getTime() - periodStart.getTime() : 0
  const endsAt = agreed ?? (term > LONGER_THAN ? periodEnd : null)
  if (endsAt === null) return []
  const mrr = items.reduce((sum, { levelMinor }) => sum + levelMinor, 0n)
  return [{ subscription: id, account: accountId, endsAt, currency, mrr, isCancelled: agreed !== null }]
}

function earliestFirst(a: Renewal, b: Renewal): number {
  const byTime = a.endsAt.getTime() - b.endsAt.getTime()
  return byTime || (a.subscription < b.subscription ? -1 : 1)
}
