import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import type { Database, Tx } from '@nobishiro/prisma'
import { lockTenant } from '../ingest/accept.ts'
import { type Applied, apply } from '../ingest/apply.ts'
import { countErasures } from '../ingest/erased.ts'
import { applyCloses } from '../ledger/close-month.ts'
import { closePassedMonths } from '../ledger/close-passed.ts'
import { ledgerHash } from '../ledger/hash.ts'
import { applyPolicies } from '../ledger/set-policy.ts'
import { ExpectedError } from '../shared/errors.ts'
import { type ArchiveRecord, damaged, type Manifest, readRecord } from './format.ts'
import { writeRecords } from './write-records.ts'

/** Lines read, and deliveries posted, at a time. */
const PAGE = 1_000
const TENANT_ID = /^[a-z0-9][a-z0-9-]{1,38}$/

export type Restored = { tenantId: string; counts: Manifest['counts']; ledgerHash: string; lines: number }

/**
 * Posts an archive into an empty tenant, which it creates unless it is there. One transaction: when the ledger comes out otherwise
 * than the manifest says, or the file is damaged, nothing is left.
 */
export async function restoreArchive(
  db: Database,
  path: string,
  { as }: { as: string | undefined },
): Promise<Restored> {
  const records = read(path)
  const { value: manifest } = await records.next()
  if (manifest?.type !== 'manifest') throw damaged(1, 'expected the manifest')
  const tenantId = as ?? manifest.tenant.id
  if (!TENANT_ID.test(tenantId))
    throw new ExpectedError(
      'INVALID_INPUT',
      `"${tenantId}" cannot be a tenant: 2 to 39 lower-case letters, digits and hyphens.`,
    )
  try {
    return await db.withTenant(
      { tenantId, viewer: 'TENANT' },
      async (tx) => {
        await emptyTenant(tx, tenantId, manifest)
        await writeAll(tx, tenantId, manifest, records)
        await countErasures(tx, tenantId)
        await applyPolicies(tx, tenantId)
        await postAll(tx, tenantId)
        await closePassedMonths(tx, tenantId, new Date(manifest.exportedAt))
        await applyCloses(tx, tenantId)
        const hash = await ledgerHash(tx, tenantId)
        if (hash !== manifest.ledgerHash) {
          throw new ExpectedError(
            'CONFLICT',
            `The archive gives another ledger, so nothing was restored.\n  archived  ${manifest.ledgerHash}\n  restored  ${hash}`,
          )
        }
        const lines = await tx.ledgerLine.count({ where: { tenantId } })
        return { tenantId, counts: manifest.counts, ledgerHash: hash, lines }
      },
      { timeoutMs: 3_600_000 },
    )
  } finally {
    await records.return(undefined)
  }
}

async function* read(path: string): AsyncGenerator<ArchiveRecord, undefined> {
  const file = createReadStream(path)
  const unzipped = createGunzip()
  file.on('error', (error) => unzipped.destroy(error))
  let line = 0
  try {
    for await (const text of createInterface({ input: file.pipe(unzipped), crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1
      yield readRecord(text, line)
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new ExpectedError('INVALID_INPUT', `${path} cannot be read: ${message}`)
    if (code?.startsWith('Z_')) throw damaged(line + 1, `it is cut off or not gzip (${message})`)
    throw error
  } finally {
    file.destroy()
  }
}

async function emptyTenant(tx: Tx, tenantId: string, { tenant }: Manifest): Promise<void> {
  const { id: _, ...data } = tenant
  await tx.tenant.createMany({ data: [{ id: tenantId, ...data }], skipDuplicates: true })
  await tx.$queryRaw`SELECT 1 FROM tenant WHERE id = ${tenantId} FOR UPDATE`
  const where = { where: { tenantId } }
  const held = (await tx.source.count(where)) + (await tx.inbox.count(where)) + (await tx.account.count(where))
  if (held > 0)
    throw new ExpectedError('CONFLICT', `The tenant "${tenantId}" is not empty. Restore under another id with --as.`)
  await tx.tenant.update({ where: { id: tenantId }, data, select: { id: true } })
}

async function writeAll(tx: Tx, tenantId: string, { counts }: Manifest, records: AsyncIterable<ArchiveRecord>) {
  const found = { source: 0, mapping: 0, inbox: 0, conflict: 0 }
  let page: ArchiveRecord[] = []
  let [line, isWhole] = [1, false]
  for await (const record of records) {
    line += 1
    if (isWhole || record.type === 'manifest')
      throw damaged(line, `a record of type ${record.type} does not belong here`)
    if (record.type === 'end') isWhole = true
    else {
      found[record.type] += 1
      page.push(record)
    }
    if (page.length < PAGE) continue
    await writeRecords(tx, tenantId, page)
    page = []
  }
  await writeRecords(tx, tenantId, page)
  if (!isWhole) throw damaged(line + 1, 'it is cut off: the last record is missing')
  for (const type of ['source', 'mapping', 'inbox', 'conflict'] as const)
    if (found[type] !== counts[type])
      throw damaged(line, `the manifest promises ${counts[type]} records of type ${type}, found ${found[type]}`)
}

/** Account by account, so that few lines are posted twice; what is of no account, such as the catalogue, comes first. */
async function postAll(tx: Tx, tenantId: string): Promise<void> {
  const sources = await tx.source.findMany({ where: { tenantId }, select: { name: true }, orderBy: { name: 'asc' } })
  for (const { name: source } of sources) {
    await lockTenant(tx, { tenantId, source })
    for (let [account, id] = ['', '']; ; ) {
      const rows = await tx.$queryRaw<{ external_id: string; account_id: string | null; events: Applied['events'] }[]>`
        SELECT external_id, account_id, events FROM inbox
        WHERE tenant_id = ${tenantId} AND source = ${source} AND status = 'POSTED'
          AND (coalesce(account_id, ''), external_id) > (${account}, ${id})
        ORDER BY coalesce(account_id, ''), external_id LIMIT ${PAGE}`
      const last = rows.at(-1)
      if (!last) break
      const applied = rows.map((row) => ({
        externalId: row.external_id,
        account: row.account_id === null ? null : row.account_id.slice(source.length + 1),
        events: row.events,
      }))
      await apply(tx, { tenantId, source }, applied)
      account = last.account_id ?? ''
      id = last.external_id
    }
  }
}
