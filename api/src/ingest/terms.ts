import type { Tx } from '@nobishiro/prisma'
import type { IngestEvent } from './event.ts'
import type { InboxKey } from './inbox.ts'
import { type CouponTerm, type DiscountTerm, lacksTiers, type PriceTerm, priceTermId, type TermName } from './term.ts'

type Said = TermName & { at: string; whole: boolean; content: PriceTerm | DiscountTerm | CouponTerm }

/** What these events tell of prices, discounts and coupons, which other events may name by id alone. */
export function termsIn(events: readonly IngestEvent[]): Said[] {
  return events.flatMap((event): Said[] => {
    if (event.type === 'price') {
      const { price, product, pricing, at } = event
      const said = { kind: 'PRICE', at, whole: !lacksTiers(pricing), content: { product, pricing } } as const
      return ['', pricing.currency].map((currency) => ({ ...said, id: priceTermId(price, currency) }))
    }
    if (event.type === 'discount') {
      const { type: _, discount: id, at, ...content } = event
      return [{ kind: 'DISCOUNT', id, at, whole: content.terms !== undefined, content }]
    }
    if (event.type !== 'coupon') return []
    return [{ kind: 'COUPON', id: event.coupon, at: event.at, whole: true, content: { terms: event.terms } }]
  })
}

/**
 * Keeps what is told in full, and names what is new or otherwise than before. What is whole wins, of what is as whole the latest, and
 * of one instant what sorts last: the order of delivery decides nothing.
 */
export async function learnTerms(tx: Tx, key: InboxKey, events: readonly IngestEvent[]): Promise<TermName[]> {
  const said = latestOfEach(termsIn(events))
  if (said.length === 0) return []
  return tx.$queryRaw<TermName[]>`
    WITH said AS (
      SELECT DISTINCT ON (kind, id) kind, id, content, whole, at
      FROM json_to_recordset(${JSON.stringify(said)}::json) AS row (kind text, id text, content jsonb, whole boolean, at timestamptz)
      ORDER BY kind, id, whole DESC, at DESC, content::text COLLATE "C" DESC
    ), before AS (
      SELECT known.kind, known.external_id AS id, known.content FROM source_term known
        JOIN said ON known.kind = said.kind AND known.external_id = said.id
      WHERE known.tenant_id = ${key.tenantId} AND known.source = ${key.source}
    ), kept AS (
      INSERT INTO source_term AS known (tenant_id, source, kind, external_id, content, is_whole, seen_at)
      SELECT ${key.tenantId}, ${key.source}, kind, id, content, whole, at FROM said
      ON CONFLICT (tenant_id, source, kind, external_id) DO UPDATE SET content = excluded.content, is_whole = excluded.is_whole,
        seen_at = excluded.seen_at
        WHERE (known.is_whole, known.seen_at, known.content::text COLLATE "C")
          < (excluded.is_whole, excluded.seen_at, excluded.content::text COLLATE "C")
      RETURNING kind, external_id AS id, content
    )
    SELECT kept.kind, kept.id FROM kept LEFT JOIN before USING (kind, id) WHERE before.content IS DISTINCT FROM kept.content`
}

/** Payloads repeat their prices: of those that say the same, the latest stands for all. */
function latestOfEach(said: readonly Said[]): Said[] {
  const latest = new Map<string, Said>()
  for (const term of said) {
    const { at, ...rest } = term
    // Instants that are not written alike are entries of their own: the database tells which is later.
    const key = JSON.stringify([at.endsWith('Z') ? at.length : at, rest])
    const known = latest.get(key)
    if (!known || known.at < at) latest.set(key, term)
  }
  return [...latest.values()]
}

/** As if nothing had told of them. */
export async function forgetTerms(tx: Tx, key: InboxKey, names: readonly TermName[]): Promise<void> {
  if (names.length === 0) return
  await tx.$executeRaw`
    DELETE FROM source_term known USING json_to_recordset(${JSON.stringify(names)}::json) AS term (kind text, id text)
    WHERE known.tenant_id = ${key.tenantId} AND known.source = ${key.source} AND known.kind = term.kind AND known.external_id = term.id`
}
