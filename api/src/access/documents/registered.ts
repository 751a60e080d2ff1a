import { createHash } from 'node:crypto'
import type { Database } from '@nobishiro/prisma'
import { LRUCache } from 'lru-cache'
import { ExpectedError } from '../../shared/errors.ts'
import { type Change, note } from '../audit.ts'

/** An operation of a vendor's own that its sessions may run. */
export type TrustedDocument = { sha256: string; name: string; text: string; registeredAt: Date }

/** Finds what a tenant has registered. */
export type RegisteredDocuments = { find(tenantId: string, sha256: string): Promise<string | undefined> }

/** A document that was removed stops working within this time. */
const TRUST_MS = 10_000
const MAX_CACHED = 2_000
const MAX_DOCUMENTS = 1_000

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')

export function createRegisteredDocuments(db: Database): RegisteredDocuments {
  const known = new LRUCache<string, string>({ max: MAX_CACHED, ttl: TRUST_MS })
  return {
    async find(tenantId, sha256) {
      const key = `${tenantId} ${sha256}`
      const kept = known.get(key)
      if (kept !== undefined) return kept
      const text = await findDocument(db, tenantId, sha256)
      if (text !== undefined) known.set(key, text)
      return text
    },
  }
}

function findDocument(db: Database, tenantId: string, sha256: string): Promise<string | undefined> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const select = { text: true }
    return (await tx.trustedDocument.findUnique({ where: { tenantId_sha256: { tenantId, sha256 } }, select }))?.text
  })
}

/** Keeps documents that were found good; those that are kept already stay as they are. */
export function keepDocuments(
  db: Database,
  { tenantId, by, now }: Change,
  documents: readonly { name: string; text: string }[],
): Promise<TrustedDocument[]> {
  const rows = documents.map(({ name, text }) => ({ tenantId, sha256: sha256Of(text), name, text, registeredAt: now }))
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    await tx.trustedDocument.createMany({ data: rows, skipDuplicates: true })
    if ((await tx.trustedDocument.count({ where: { tenantId } })) > MAX_DOCUMENTS)
      throw new ExpectedError('INVALID_INPUT', `A tenant has at most ${MAX_DOCUMENTS} documents; remove some first.`)
    const detail = { names: documents.map(({ name }) => name) }
    const subject = rows.map((row) => row.sha256).join(' ')
    await note(tx, { tenantId, at: now, by, action: 'DOCUMENTS_REGISTERED', subject, detail })
    const sha256 = { in: rows.map((row) => row.sha256) }
    return tx.trustedDocument.findMany({
      where: { tenantId, sha256 },
      omit: { tenantId: true },
      orderBy: { name: 'asc' },
    })
  })
}

export function listDocuments(db: Database, tenantId: string): Promise<TrustedDocument[]> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.trustedDocument.findMany({
      where: { tenantId },
      omit: { tenantId: true },
      orderBy: [{ name: 'asc' }, { registeredAt: 'asc' }],
    }),
  )
}

/** Takes the trust back; sessions are refused the document within 10 seconds. */
export function removeDocument(db: Database, { tenantId, by, now }: Change, sha256: string): Promise<void> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const { count } = await tx.trustedDocument.deleteMany({ where: { tenantId, sha256 } })
    if (count === 0) throw new ExpectedError('NOT_FOUND', `No document with the SHA-256 ${sha256} is registered.`)
    await note(tx, { tenantId, at: now, by, action: 'DOCUMENT_REMOVED', subject: sha256 })
  })
}
