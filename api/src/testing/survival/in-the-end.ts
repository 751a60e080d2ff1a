import { connect } from '@nobishiro/prisma'
import { parseExternalId } from '../../ingest/sources/csv/identity.ts'
import { verify } from '../../ledger/verify.ts'
import { type Delivery, TENANT } from './deliveries.ts'

/** What a file says beside its subscriptions. */
const NOT_MRR = ['accounts', 'products', 'prices']

/** A row of a file is known by what it says, too; a delivery names the row. */
function eventOf(externalId: string): string {
  const row = parseExternalId(externalId)
  return row ? `${row.kind}/${row.id}` : externalId
}

/** What the database itself says once no server runs: every event once, a line for each, and a ledger that adds up. */
export async function inTheEnd(
  place: { dataDir: string } | { url: string },
  sent: readonly Delivery[],
): Promise<string[]> {
  const db = await connect(place)
  try {
    const faults = await db.withTenant({ tenantId: TENANT, viewer: 'TENANT' }, async (tx) => {
      const posted = await tx.inbox.findMany({
        where: { status: 'POSTED', kind: { notIn: NOT_MRR } },
        select: { externalId: true },
      })
      const lines = await tx.ledgerLine.findMany({ select: { sourceEvent: true, amountMinor: true } })
      const events = sent.flatMap((delivery) => delivery.events)
      const sum = BigInt(sent.reduce((total, { minor }) => total + minor, 0))
      return [
        ...unlike(
          'events',
          posted.map(({ externalId }) => eventOf(externalId)),
          events,
        ),
        ...unlike(
          'lines',
          lines.map(({ sourceEvent }) => eventOf(sourceEvent)),
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
  const [has, wants] = [new Set(found), new Set(wanted)]
  const [missing, extra] = [wanted.filter((id) => !has.has(id)), found.filter((id) => !wants.has(id))]
  return [
    `${what}: ${found.length} instead of ${wanted.length}; missing ${missing.slice(0, 3)}; not sent ${extra.slice(0, 3)}`,
  ]
}
