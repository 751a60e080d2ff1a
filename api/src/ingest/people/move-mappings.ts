import type { Tx } from '@nobishiro/prisma'
import { confirmPlaces } from '../catalog.ts'
import type { PriceEvent } from '../event.ts'
import type { CorrectionEvent, MappedPrice } from './correction.ts'
import { inForce } from './in-force.ts'
import { readCorrectionEvents } from './read-corrections.ts'

/**
 * True when these corrections say something of the catalogue. Prices whose mapping was taken back stand again where a file put them, or
 * where they are inferred to.
 */
export async function moveMappings(
  tx: Tx,
  tenantId: string,
  corrections: readonly CorrectionEvent[],
): Promise<boolean> {
  if (corrections.length === 0) return false
  const all = await readCorrectionEvents(tx, tenantId)
  const { places } = inForce(all)
  const undone = new Set(corrections.flatMap(({ what }) => (what.kind === 'UNDO' ? what.correction : [])))
  const withdrawn = all.filter(({ correction }) => undone.has(correction)).flatMap(pricesOf)
  const free = withdrawn.filter(({ source, price }) => !places.has(`${source}:${price}`))
  for (const source of new Set(free.map((row) => row.source))) {
    const prices = free.filter((row) => row.source === source).map(({ price }) => price)
    await tx.sourcePrice.updateMany({
      where: { tenantId, source, externalId: { in: prices } },
      data: { mapping: 'INFERRED', productId: null, planId: null, kind: 'LICENCE' },
    })
    await confirmPlaces(tx, { tenantId, source }, await mappedByFiles(tx, tenantId, source, prices))
  }
  return withdrawn.length > 0 || corrections.some((event) => pricesOf(event).length > 0)
}

const pricesOf = ({ what }: CorrectionEvent): MappedPrice[] => (what.kind === 'MAP_CATALOG' ? what.prices : [])

/** Reads the source's inbox once: for a person's undo, not for every delivery. */
async function mappedByFiles(tx: Tx, tenantId: string, source: string, prices: string[]): Promise<PriceEvent[]> {
  const rows = await tx.$queryRaw<{ event: PriceEvent }[]>`
    SELECT DISTINCT ON (event ->> 'price') event
    FROM inbox, jsonb_array_elements(events) AS event
    WHERE tenant_id = ${tenantId} AND source = ${source} AND status = 'POSTED' AND event ->> 'type' = 'price'
      AND jsonb_exists(event, 'mapping') AND event ->> 'price' = ANY(${prices})
    ORDER BY event ->> 'price', received_at DESC, external_id DESC`
  return rows.map(({ event }) => event)
}
