import type { Tx } from '@nobishiro/prisma'
import type { IngestEvent } from '../event.ts'
import type { CorrectionEvent } from './correction.ts'

export const correctionsIn = (events: readonly IngestEvent[]): CorrectionEvent[] =>
  events.filter((event) => event.type === 'correction')

/** An account that so far only a correction names exists under its id until something introduces it: lines may move to it. */
export async function nameAccounts(tx: Tx, tenantId: string, corrections: readonly CorrectionEvent[]): Promise<void> {
  const ids = [...new Set(corrections.flatMap(({ touches }) => touches))]
  if (ids.length === 0) return
  await tx.account.createMany({
    data: ids.map((id) => {
      const [source, externalId] = partsOf(id)
      return { tenantId, id, source, externalId, name: externalId, seenAt: new Date(0) }
    }),
    skipDuplicates: true,
  })
}

/** A source's name has no colon; what it calls things may. */
function partsOf(id: string): [source: string, externalId: string] {
  const colon = id.indexOf(':')
  return [id.slice(0, colon), id.slice(colon + 1)]
}
