import type { Tx } from '@nobishiro/prisma'
import type { ObservationKind } from '../ingest/event.ts'

/** A page of one account's observations, newest first. */
export type ObservationPage = { accountId: string; kind: ObservationKind | null; offset: number; limit: number }

export type ObservationRow = {
  source: string
  kind: ObservationKind
  externalId: string
  day: string
  name: string
  quantity: string | null
  amountMinor: bigint | null
  currency: string | null
  attributes: Record<string, string>
}

type Page = { items: ObservationRow[]; total: number }
type Numbered = ObservationRow & { accountId: string; total: number }

export const pageKey = ({ accountId, kind, offset, limit }: ObservationPage): string =>
  JSON.stringify([accountId, kind, offset, limit])

/** One query for all accounts that ask for the same page of the same kind. */
export async function loadObservations(tx: Tx, tenantId: string, pages: readonly ObservationPage[]): Promise<Page[]> {
  const groups = new Map<string, ObservationPage[]>()
  for (const page of pages) {
    const key = pageKey({ ...page, accountId: '' })
    groups.set(key, [...(groups.get(key) ?? []), page])
  }
  const found = new Map<string, Page>()
  for (const [first, ...more] of groups.values()) {
    if (!first) continue
    for (const row of await query(tx, tenantId, first, [first, ...more])) {
      const key = pageKey({ ...first, accountId: row.accountId })
      const page = found.get(key) ?? { items: [], total: row.total }
      page.items.push(row)
      found.set(key, page)
    }
  }
  return pages.map((page) => found.get(pageKey(page)) ?? { items: [], total: 0 })
}

function query(tx: Tx, tenantId: string, { kind, offset, limit }: ObservationPage, pages: ObservationPage[]) {
  const accounts = [...new Set(pages.map(({ accountId }) => accountId))]
  return tx.$queryRaw<Numbered[]>`
    WITH numbered AS (
      SELECT account_id, source, kind, external_id, day, name, quantity, amount_minor, currency, attributes,
        row_number() OVER (PARTITION BY account_id ORDER BY day DESC, kind, external_id, source) AS place,
        (count(*) OVER (PARTITION BY account_id))::int AS total
      FROM observation WHERE tenant_id = ${tenantId} AND account_id = ANY(${accounts}) AND (${kind}::text IS NULL OR kind = ${kind})
    )
    SELECT account_id AS "accountId", source, kind, external_id AS "externalId", day::text AS day, name,
      trim_scale(quantity)::text AS quantity, amount_minor AS "amountMinor", currency, attributes, total
    FROM numbered WHERE place > ${offset} AND place <= ${offset + limit} ORDER BY account_id, place`
}
