import type { Tx } from '@nobishiro/prisma'
import { sha256 } from '../shared/canonical.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { ArchiveRecord, ConflictRecord, InboxRecord, MappingRecord, SourceRecord } from './format.ts'

/** Puts records where they were, without making them count yet. */
export async function writeRecords(tx: Tx, tenantId: string, records: readonly ArchiveRecord[]): Promise<void> {
  const of = <T extends ArchiveRecord['type']>(type: T) =>
    records.filter((record): record is Extract<ArchiveRecord, { type: T }> => record.type === type)
  await writeSources(tx, tenantId, of('source'))
  await writeMappings(tx, tenantId, of('mapping'))
  await writeInbox(tx, tenantId, of('inbox'))
  await writeConflicts(tx, tenantId, of('conflict'))
}

async function writeSources(tx: Tx, tenantId: string, records: readonly SourceRecord[]): Promise<void> {
  const data = records.map(({ type: _, through, ...row }) => ({
    tenantId,
    ...row,
    through: through === null ? null : new Date(through),
  }))
  await tx.source.createMany({ data })
}

/** Their prices say nothing of their own, so whatever the inbox says of them wins; where they stand is confirmed. */
async function writeMappings(tx: Tx, tenantId: string, records: readonly MappingRecord[]): Promise<void> {
  if (records.length === 0) return
  const seenAt = new Date('1969-01-01T00:00:00Z')
  await tx.product.createMany({
    data: records.map(({ product: { id, name } }) => ({ tenantId, id, name })),
    skipDuplicates: true,
  })
  await tx.plan.createMany({
    data: records.map(({ product, plan }) => ({ tenantId, ...plan, productId: product.id })),
    skipDuplicates: true,
  })
  await tx.sourcePrice.createMany({
    data: records.map((row) => ({
      tenantId,
      source: row.source,
      externalId: row.price,
      productExternalId: row.sourceProduct,
      nickname: row.nickname,
      lookupKey: row.lookupKey,
      currency: row.currency,
      price: row.pricing as object, // as it was stored
      kind: row.kind,
      seenAt,
      productId: row.product.id,
      planId: row.plan.id,
      mapping: 'CONFIRMED',
    })),
  })
}

async function writeInbox(tx: Tx, tenantId: string, records: readonly InboxRecord[]): Promise<void> {
  if (records.length === 0) return
  for (const record of records) checkBody(record)
  await tx.$executeRaw`
    INSERT INTO inbox (tenant_id, source, external_id, kind, account_id, body_sha256, raw, events, event_time, folds, status, reason,
      import_id, received_at, reduced_at)
    SELECT ${tenantId}, source, "externalId", kind, "accountId", decode(sha256, 'hex'),
      CASE WHEN "reducedAt" IS NULL THEN decode(raw, 'base64') ELSE convert_to(events::text, 'UTF8') END, events, "eventTime", folds,
      status, reason, "importId", "receivedAt", "reducedAt"
    FROM json_to_recordset(${JSON.stringify(records)}::json) AS row (source text, "externalId" text, kind text, "accountId" text,
      sha256 text, raw text, events jsonb, "eventTime" timestamptz, folds boolean, status text, reason text, "importId" text,
      "receivedAt" timestamptz, "reducedAt" timestamptz)`
}

async function writeConflicts(tx: Tx, tenantId: string, records: readonly ConflictRecord[]): Promise<void> {
  if (records.length === 0) return
  for (const record of records) checkBody(record)
  await tx.$executeRaw`
    INSERT INTO inbox_conflict (tenant_id, source, external_id, body_sha256, raw, received_at, kind, account, events, event_time, ignored,
      resolution, resolved_at, reason, kept_as, reduced_at)
    SELECT ${tenantId}, source, "externalId", decode(sha256, 'hex'),
      CASE WHEN "reducedAt" IS NULL THEN decode(raw, 'base64')
        WHEN json_typeof(events) = 'null' THEN '[]' ELSE convert_to(events::jsonb::text, 'UTF8') END, "receivedAt", kind, account,
      CASE WHEN json_typeof(events) = 'null' THEN NULL ELSE events::jsonb END, "eventTime", ignored, resolution, "resolvedAt", reason,
      "keptAs", "reducedAt"
    FROM json_to_recordset(${JSON.stringify(records)}::json) AS row (source text, "externalId" text, sha256 text, raw text,
      "receivedAt" timestamptz, kind text, account text, events json, "eventTime" timestamptz, ignored text, resolution text,
      "resolvedAt" timestamptz, reason text, "keptAs" text, "reducedAt" timestamptz)`
}

function checkBody({ source, externalId, raw, sha256: digest, reducedAt }: InboxRecord | ConflictRecord): void {
  if (reducedAt !== null && raw === '') return
  if (sha256(Buffer.from(raw, 'base64')) === digest) return
  throw new ExpectedError(
    'CONFLICT',
    `The archive is damaged: the body of ${externalId} of source ${source} does not fit its SHA-256.`,
  )
}
