import type { Database } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
import { invalidInput } from './invalid-input.ts'
import { KEY_SCOPES, type KeyPrincipal, type KeyScope } from './principal.ts'
import { hashToken, isSameHash, mintToken, type Token } from './tokens.ts'

const LAST_USE_EVERY_MS = 60_000

export type NewKey = { tenantId: string; name: string; scopes: readonly string[]; expiresAt?: Date }
export type KeyRecord = {
  id: string
  name: string
  lastFour: string
  scopes: string[]
  createdAt: Date
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedAt: Date | null
}

/** Makes a key; its text is returned this once and never stored. */
export async function createKey(db: Database, key: NewKey): Promise<{ id: string; token: string }> {
  const scopes = checkScopes(key.scopes)
  const token = mintToken('KEY', key.tenantId)
  await db.withTenant({ tenantId: key.tenantId, viewer: 'TENANT' }, async (tx) => {
    const tenant = await tx.tenant.findUnique({ where: { id: key.tenantId }, select: { id: true } })
    if (!tenant) throw new ExpectedError('NOT_FOUND', `There is no tenant "${key.tenantId}".`)
    await tx.apiKey.create({
      data: {
        tenantId: key.tenantId,
        id: token.id,
        name: key.name,
        sha256: hashToken(token.text),
        lastFour: token.text.slice(-4),
        scopes,
        expiresAt: key.expiresAt ?? null,
      },
    })
  })
  return { id: token.id, token: token.text }
}

export function listKeys(db: Database, tenantId: string): Promise<KeyRecord[]> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.apiKey.findMany({ where: { tenantId }, omit: { sha256: true, tenantId: true }, orderBy: { createdAt: 'asc' } }),
  )
}

export async function revokeKey(db: Database, tenantId: string, id: string, now: Date): Promise<void> {
  const { count } = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.apiKey.updateMany({ where: { tenantId, id, revokedAt: null }, data: { revokedAt: now } }),
  )
  if (count === 0) throw new ExpectedError('NOT_FOUND', `There is no live key "${id}" of tenant "${tenantId}".`)
}

/** Who holds this key, or undefined when it is unknown, revoked or expired. Notes the use, at most once a minute. */
export function findKey(db: Database, token: Token, now: Date): Promise<KeyPrincipal | undefined> {
  const { tenantId, id } = token
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const key = await tx.apiKey.findUnique({ where: { tenantId_id: { tenantId, id } } })
    if (!key || !isSameHash(key.sha256, hashToken(token.text))) return undefined
    if (key.revokedAt || (key.expiresAt && key.expiresAt <= now)) return undefined
    if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() >= LAST_USE_EVERY_MS) {
      await tx.apiKey.update({
        where: { tenantId_id: { tenantId, id } },
        data: { lastUsedAt: now },
        select: { id: true },
      })
    }
    return { kind: 'KEY', tenantId, id, scopes: checkScopes(key.scopes), expiresAt: key.expiresAt }
  })
}

function checkScopes(scopes: readonly string[]): KeyScope[] {
  return scopes.map((scope) => {
    const known = KEY_SCOPES.find((candidate) => candidate === scope)
    if (!known) throw invalidInput('scopes', `Unknown scope "${scope}". Scopes are ${KEY_SCOPES.join(', ')}.`)
    return known
  })
}
