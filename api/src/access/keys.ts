import type { Database, Tx } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
import { type Change, note } from './audit.ts'
import { invalidInput } from './invalid-input.ts'
import { KEY_SCOPES, type KeyPrincipal, type KeyScope, PARTNER_SCOPES } from './principal.ts'
import { checkPartner } from './shares.ts'
import { hashToken, isSameHash, mintToken, type Token } from './tokens.ts'
import { partnerViewer, WHOLE_TENANT } from './viewer.ts'

const LAST_USE_EVERY_MS = 60_000

export type NewKey = Change & {
  name: string
  scopes: readonly string[]
  /** Whose key it is, where it is not the vendor's own. */
  partner?: string | null | undefined
  expiresAt?: Date | null | undefined
}
export type KeyRecord = {
  id: string
  name: string
  lastFour: string
  scopes: string[]
  partner: string | null
  createdAt: Date
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedAt: Date | null
}

/** Makes a key; its text is returned this once and never stored. */
export async function createKey(db: Database, key: NewKey): Promise<{ id: string; token: string }> {
  const { tenantId } = key
  checkKey(key)
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const tenant = await tx.tenant.findUnique({ where: { id: tenantId }, select: { id: true } })
    if (!tenant) throw new ExpectedError('NOT_FOUND', `There is no tenant "${tenantId}".`)
    const made = await insertKey(tx, key)
    const { by, now: at, name, scopes, partner } = key
    const detail = { name, scopes: [...scopes], ...(partner != null && { partner }) }
    await note(tx, { tenantId, at, by, action: 'KEY_CREATED', subject: made.id, detail })
    return made
  })
}

const HOUR_MS = 3_600_000
/** How long a key that was replaced may go on, so that every server can be given the new one. */
export const LONGEST_OVERLAP_HOURS = 24 * 7

export type Rotation = Change & { id: string; overlapHours: number }

/** Makes a key with the same name, scopes and length of life; the one before ends after the overlap. */
export async function rotateKey(db: Database, rotation: Rotation): Promise<{ id: string; token: string }> {
  const { tenantId, id, overlapHours, by, now } = rotation
  if (!(overlapHours >= 0 && overlapHours <= LONGEST_OVERLAP_HOURS))
    throw invalidInput('overlapHours', `overlapHours is between 0 and ${LONGEST_OVERLAP_HOURS}.`)
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    // Two who rotate one key at once would each leave a key behind.
    await tx.$queryRaw`SELECT id FROM api_key WHERE tenant_id = ${tenantId} AND id = ${id} FOR UPDATE`
    const key = await tx.apiKey.findUnique({ where: { tenantId_id: { tenantId, id } } })
    if (!key || key.revokedAt || (key.expiresAt && key.expiresAt <= now)) throw noLiveKey(tenantId, id)
    const life = key.expiresAt && key.expiresAt.getTime() - key.createdAt.getTime()
    const expiresAt = life === null ? null : new Date(now.getTime() + life)
    const { name, scopes, partner } = key
    const made = await insertKey(tx, { tenantId, name, scopes, partner, expiresAt, by, now })
    const end = new Date(now.getTime() + overlapHours * HOUR_MS)
    const ends = key.expiresAt && key.expiresAt < end ? key.expiresAt : end
    await tx.apiKey.update({
      where: { tenantId_id: { tenantId, id } },
      data: { expiresAt: ends },
      select: { id: true },
    })
    const detail = { by: made.id, ends: ends.toISOString() }
    await note(tx, { tenantId, at: now, by, action: 'KEY_ROTATED', subject: id, detail })
    return made
  })
}

async function insertKey(tx: Tx, key: NewKey): Promise<{ id: string; token: string }> {
  const token = mintToken('KEY', key.tenantId)
  await tx.apiKey.create({
    data: {
      tenantId: key.tenantId,
      id: token.id,
      name: key.name,
      sha256: hashToken(token.text),
      lastFour: token.text.slice(-4),
      scopes: [...key.scopes],
      partner: key.partner ?? null,
      createdAt: key.now,
      expiresAt: key.expiresAt ?? null,
    },
    select: { id: true },
  })
  return { id: token.id, token: token.text }
}

export function listKeys(db: Database, tenantId: string): Promise<KeyRecord[]> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.apiKey.findMany({
      where: { tenantId },
      omit: { sha256: true, tenantId: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
  )
}

/** Ends a key before its time; it stops working within 10 seconds. */
export function revokeKey(db: Database, { tenantId, id, by, now }: Change & { id: string }): Promise<void> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const { count } = await tx.apiKey.updateMany({ where: { tenantId, id, revokedAt: null }, data: { revokedAt: now } })
    if (count === 0) throw noLiveKey(tenantId, id)
    await note(tx, { tenantId, at: now, by, action: 'KEY_REVOKED', subject: id })
  })
}

const noLiveKey = (tenantId: string, id: string) =>
  new ExpectedError('NOT_FOUND', `There is no live key "${id}" of tenant "${tenantId}".`)

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
    return {
      kind: 'KEY',
      tenantId,
      id,
      viewer: key.partner === null ? WHOLE_TENANT : partnerViewer(key.partner),
      scopes: checkScopes(key.scopes),
      expiresAt: key.expiresAt,
    }
  })
}

function checkKey({ name, scopes, partner, expiresAt, now }: NewKey): void {
  if (name.trim() === '' || name.length > 100)
    throw invalidInput('name', 'name says what the key is for, in 1 to 100 characters.')
  if (scopes.length === 0) throw invalidInput('scopes', `scopes names at least one of ${KEY_SCOPES.join(', ')}.`)
  const wide = checkScopes(scopes).find((scope) => partner != null && !PARTNER_SCOPES.includes(scope))
  if (wide)
    throw invalidInput(
      'scopes',
      `A partner's key cannot have the scope "${wide}"; it may have ${PARTNER_SCOPES.join(', ')}.`,
    )
  if (partner != null) checkPartner(partner, 'partner')
  if (expiresAt && expiresAt <= now) throw invalidInput('expiresAt', 'expiresAt lies in the future.')
}

function checkScopes(scopes: readonly string[]): KeyScope[] {
  return scopes.map((scope) => {
    const known = KEY_SCOPES.find((candidate) => candidate === scope)
    if (!known) throw invalidInput('scopes', `Unknown scope "${scope}". Scopes are ${KEY_SCOPES.join(', ')}.`)
    return known
  })
}
