import type { Tx } from '@nobishiro/prisma'
import { type CorrectionEvent, PEOPLE } from './correction.ts'
import { type Corrections, inForce } from './in-force.ts'

/** All that people have said, in no order. */
export async function readCorrectionEvents(tx: Tx, tenantId: string): Promise<CorrectionEvent[]> {
  const rows = await tx.$queryRaw<{ events: CorrectionEvent[] }[]>`
    SELECT events FROM inbox WHERE tenant_id = ${tenantId} AND source = ${PEOPLE} AND status = 'POSTED'`
  return rows.flatMap(({ events }) => events).filter(({ type }) => type === 'correction')
}

/** What people have decided and not taken back. */
export async function readCorrections(tx: Tx, tenantId: string): Promise<Corrections> {
  return inForce(await readCorrectionEvents(tx, tenantId))
}
