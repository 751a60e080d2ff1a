import { connect } from '@nobishiro/prisma'
import { verify } from '../../ledger/verify.ts'
import { type Delivery, TENANT } from './deliveries.ts'

/** What the database itself says once no server runs: every event once, a line for each, and a ledger that adds up. */
export async function inTheEnd(
  place: { dataDir: string } | { url: string },
  sent: readonly Delivery[],
): Promise<string[]> {
  const db = await connect(place)
  try {
    const faults = await db.withTenant({ tenantId: TENANT, viewer: 'TENANT' }, async (tx) => {
      const posted = await tx.inbox.findMany({ where: { status: 'POSTED' }, select: { externalId: true } })
      const lines = await tx.ledgerLine.findMany({ select: { sourceEvent: true, amountMinor: true } })
      const events = sent.flatMap((delivery) => delivery.events)
      const sum = BigInt(sent.reduce((total, { minor }) => total + minor, 0))
      return [
        ...unlike(
          'events',
          posted.map(({ externalId }) => externalId),
          events,
        ),
        ...unlike(
          'lines',
          lines.map(({ sourceEvent }) => sourceEvent),
          events,
        ),
        ...unlike('MRR', [String(lines.reduce((total, { amountMinor }) => total + amountMinor, 0n))], [String(sum)]),
        ...unlike('conflicts', [String(await tx.inboxConflict.count())], ['0']),
      ]
    })
    const { ok, checks } = await verify(db, TENANT, new Date())
    return ok
      ? faults
      : [...faults, `verify: ${JSON.stringify(checks.flatMap(({ problems }) => problems).slice(0, 3))}`]
  } finally {
    await db.close()
  }
}

function unlike(what: string, found: readonly string[], wanted: readonly string[]): string[] {
  if (found.toSorted().join() === wanted.toSorted().join()) return []
  const [missing, extra] = [wanted.filter((id) => !found.includes(id)), found.filter((id) => !wanted.includes(id))]
  return [
    `${what}: ${found.length} instead of ${wanted.length}; missing ${missing.slice(0, 3)}; not sent ${extra.slice(0, 3)}`,
  ]
}
