import type { Tx } from '@nobishiro/prisma'
import type { ConflictRecord, InboxRecord, MappingRecord, SourceRecord } from './format.ts'

/** Rows in memory at a time. */
const PAGE = 1_000

const instant = (date: Date): string => date.toISOString()
const maybe = (date: Date | null): string | null => date?.toISOString() ?? null
type Body = { raw: Uint8Array; bodySha256: Uint8Array; receivedAt: Date; reducedAt: Date | null }
const bytes = ({ raw, bodySha256, receivedAt, reducedAt }: Body) => ({
  sha256: Buffer.from(bodySha256).toString('hex'),
  raw: reducedAt === null ? Buffer.from(raw).toString('base64') : '',
  receivedAt: instant(receivedAt),
  reducedAt: maybe(reducedAt),
})

/** Sources without their secrets. */
export async function* sourceRecords(tx: Tx, tenantId: string): AsyncGenerator<SourceRecord[]> {
  const rows = await tx.source.findMany({ where: { tenantId }, omit: { secret: true }, orderBy: { name: 'asc' } })
  yield rows.map(({ name, kind, through, lastEventAt, createdAt }) => ({
    type: 'source',
    name,
    kind,
    through: through?.toISOString().slice(0, 10) ?? null,
    lastEventAt: maybe(lastEventAt),
    createdAt: instant(createdAt),
  }))
}

/** Where people or mapping files put prices. */
export async function* mappingRecords(tx: Tx, tenantId: string): AsyncGenerator<MappingRecord[]> {
  yield await tx.$queryRaw<MappingRecord[]>`
    SELECT 'mapping' AS type, price.source, price.external_id AS price, price.product_external_id AS "sourceProduct", price.nickname,
      price.lookup_key AS "lookupKey", price.currency, price.price AS pricing, price.kind,
      json_build_object('id', product.id, 'name', product.name) AS product,
      json_build_object('id', plan.id, 'name', plan.name, 'rank', plan.rank) AS plan
    FROM source_price price
    JOIN product ON product.tenant_id = price.tenant_id AND product.id = price.product_id
    JOIN plan ON plan.tenant_id = price.tenant_id AND plan.id = price.plan_id
    WHERE price.tenant_id = ${tenantId} AND price.mapping = 'CONFIRMED' ORDER BY price.source, price.external_id`
}

type InboxRow = Omit<InboxRecord, 'type' | 'sha256' | 'raw' | 'receivedAt' | 'reducedAt' | 'eventTime'> &
  Body & { eventTime: Date }

/** What is staged does not count, and is left out. */
export async function* inboxRecords(tx: Tx, tenantId: string): AsyncGenerator<InboxRecord[]> {
  for (let [source, id] = ['', '']; ; ) {
    const rows = await tx.$queryRaw<InboxRow[]>`
      SELECT source, external_id AS "externalId", kind, account_id AS "accountId", events, event_time AS "eventTime", folds, status,
        reason, import_id AS "importId", body_sha256 AS "bodySha256", raw, received_at AS "receivedAt",
        reduced_at AS "reducedAt"
      FROM inbox WHERE tenant_id = ${tenantId} AND status <> 'STAGED' AND (source, external_id) > (${source}, ${id})
      ORDER BY source, external_id LIMIT ${PAGE}`
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(({ bodySha256, raw, receivedAt, reducedAt, eventTime, ...row }) => ({
      type: 'inbox',
      ...row,
      eventTime: instant(eventTime),
      ...bytes({ raw, bodySha256, receivedAt, reducedAt }),
    }))
    source = last.source
    id = last.externalId
  }
}

export async function* conflictRecords(tx: Tx, tenantId: string): AsyncGenerator<ConflictRecord[]> {
  for (let skip = 0; ; skip += PAGE) {
    const rows = await tx.inboxConflict.findMany({
      where: { tenantId },
      orderBy: [{ source: 'asc' }, { externalId: 'asc' }, { bodySha256: 'asc' }],
      skip,
      take: PAGE,
    })
    if (rows.length === 0) return
    yield rows.map(({ tenantId: _, bodySha256, raw, receivedAt, reducedAt, eventTime, resolvedAt, ...row }) => ({
      type: 'conflict',
      ...row,
      events: row.events as ConflictRecord['events'], // written by us alone
      resolution: row.resolution as ConflictRecord['resolution'], // CHECK constraint
      eventTime: maybe(eventTime),
      resolvedAt: maybe(resolvedAt),
      ...bytes({ raw, bodySha256, receivedAt, reducedAt }),
    }))
  }
}
