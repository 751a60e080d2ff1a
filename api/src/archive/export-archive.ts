import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Database, Tx } from '@nobishiro/prisma'
import { ledgerHash } from '../ledger/hash.ts'
import { type ArchiveRecord, FORMAT_VERSION, type Manifest } from './format.ts'
import { newFile } from './new-file.ts'
import { conflictRecords, inboxRecords, mappingRecords, sourceRecords } from './records.ts'

/**
 * Writes everything a tenant has received, and what is needed to post it again, to one file. Deliveries of the tenant wait while
 * it runs, so the file is of one moment. Never overwrites; a file that could not be finished is removed.
 */
export async function exportArchive(
  db: Database,
  { tenantId, clock }: { tenantId: string; clock: () => Date },
  path: string,
): Promise<Manifest> {
  return newFile(path, (file) =>
    db.withTenant(
      { tenantId, viewer: 'TENANT' },
      async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM tenant WHERE id = ${tenantId} FOR UPDATE`
        const manifest = await manifestOf(tx, tenantId, clock())
        await pipeline(Readable.from(lines(tx, tenantId, manifest)), createGzip(), file)
        return manifest
      },
      { timeoutMs: 3_600_000 },
    ),
  )
}

async function manifestOf(tx: Tx, tenantId: string, now: Date): Promise<Manifest> {
  const { id, name, timeZone, currency, fiscalYearStart, rawKeptDays } = await tx.tenant.findUniqueOrThrow({
    where: { id: tenantId },
  })
  return {
    type: 'manifest',
    format: 'nobishiro-archive',
    formatVersion: FORMAT_VERSION,
    exportedAt: now.toISOString(),
    tenant: { id, name, timeZone, currency, fiscalYearStart, rawKeptDays },
    counts: {
      source: await tx.source.count({ where: { tenantId } }),
      mapping: await tx.sourcePrice.count({ where: { tenantId, mapping: 'CONFIRMED' } }),
      inbox: await tx.inbox.count({ where: { tenantId, status: { not: 'STAGED' } } }),
      conflict: await tx.inboxConflict.count({ where: { tenantId } }),
    },
    ledgerHash: await ledgerHash(tx, tenantId),
  }
}

async function* lines(tx: Tx, tenantId: string, manifest: Manifest): AsyncGenerator<string> {
  yield line(manifest)
  for (const read of [sourceRecords, mappingRecords, inboxRecords, conflictRecords])
    for await (const page of read(tx, tenantId)) yield page.map(line).join('')
  yield line({ type: 'end' })
}

const line = (record: ArchiveRecord): string => `${JSON.stringify(record)}\n`
