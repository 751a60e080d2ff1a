import type { Database, Tx } from '@nobishiro/prisma'
import { type Change, note } from './audit.ts'
import { isCapability, USUAL_CAPABILITIES } from './capabilities.ts'
import { invalidInput } from './invalid-input.ts'
import type { SessionPrincipal } from './principal.ts'
import { parseSessionInput } from './session-input.ts'
import { hashToken, isSameHash, mintToken, type Token } from './tokens.ts'

export type MintedSession = { token: string; sessionId: string; expiresAt: Date; serverTime: Date; origins: string[] }
export type SessionRecord = {
  id: string
  keyId: string
  viewer: 'TENANT' | 'ACCOUNT'
  accountIds: string[]
  capabilities: string[]
  origins: string[]
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
}

/** Mints a session for a browser. `issuer` is the key that asks; the stored row is the audit record. */
export async function mintSession(
  db: Database,
  issuer: { tenantId: string; keyId: string },
  request: unknown,
  now: Date,
): Promise<MintedSession> {
  const input = parseSessionInput(request)
  const { tenantId } = issuer
  const token = mintToken('SESSION', tenantId)
  const expiresAt = new Date(now.getTime() + input.ttlSeconds * 1_000)
  await db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    await tx.embedSession.create({
      data: {
        tenantId,
        id: token.id,
        keyId: issuer.keyId,
        sha256: hashToken(token.text),
        viewer: input.viewer,
        accountIds: await resolveAccounts(tx, tenantId, input.accountIds ?? []),
        capabilities: [...new Set(input.capabilities ?? USUAL_CAPABILITIES)],
        origins: [...new Set(input.origins)],
        createdAt: now,
        expiresAt,
      },
      select: { id: true },
    })
  })
  return { token: token.text, sessionId: token.id, expiresAt, serverTime: now, origins: input.origins }
}

/** Account ids of the tenant; each may be given as the account's id or as the id its source knows. */
async function resolveAccounts(tx: Tx, tenantId: string, given: readonly string[]): Promise<string[]> {
  if (given.length === 0) return []
  const list = [...new Set(given)]
  const found = await tx.account.findMany({
    where: { tenantId, OR: [{ id: { in: list } }, { externalId: { in: list } }] },
    select: { id: true, externalId: true },
  })
  return list.map((name) => {
    const byId = found.filter((account) => account.id === name)
    const matches = byId.length > 0 ? byId : found.filter((account) => account.externalId === name)
    if (matches.length === 1) return matches[0]!.id
    throw invalidInput(
      'input.accountIds',
      matches.length === 0
        ? `"${name}" is not an account of this tenant.`
        : `"${name}" names several accounts: ${matches.map((match) => match.id).join(', ')}.`,
    )
  })
}

/** Who holds this session, or undefined when it is unknown or revoked. Expiry is checked on each use. */
export function findSession(db: Database, token: Token): Promise<SessionPrincipal | undefined> {
  const { tenantId, id } = token
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const session = await tx.embedSession.findUnique({ where: { tenantId_id: { tenantId, id } } })
    if (!session || session.revokedAt || !isSameHash(session.sha256, hashToken(token.text))) return undefined
    return {
      kind: 'SESSION',
      tenantId,
      id,
      accountIds: session.viewer === 'TENANT' ? null : session.accountIds,
      capabilities: session.capabilities.filter(isCapability),
      origins: session.origins,
      expiresAt: session.expiresAt,
    }
  })
}

const MOST_LISTED = 500

/** Live sessions, the oldest first. */
export function listSessions(db: Database, tenantId: string, now: Date): Promise<SessionRecord[]> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const sessions = await tx.embedSession.findMany({
      where: { tenantId, revokedAt: null, expiresAt: { gt: now } },
      omit: { sha256: true, tenantId: true },
      orderBy: { createdAt: 'asc' },
      take: MOST_LISTED,
    })
    return sessions as SessionRecord[] // a check of the table fixes what a viewer is
  })
}

export type Revocation = { sessionId: string } | { accountId: string } | { all: true }

/** Ends live sessions: one, those of an account, or all; returns how many. */
export function revokeSessions(db: Database, { tenantId, by, now }: Change, which: Revocation): Promise<number> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const { count } = await tx.embedSession.updateMany({
      where: { tenantId, revokedAt: null, expiresAt: { gt: now }, ...(await narrow(tx, tenantId, which)) },
      data: { revokedAt: now },
    })
    const [subject = 'all'] = Object.values(which)
      .map(String)
      .filter((name) => name !== 'true')
    await note(tx, { tenantId, at: now, by, action: 'SESSIONS_REVOKED', subject, detail: { revoked: count } })
    return count
  })
}

async function narrow(tx: Tx, tenantId: string, which: Revocation) {
  if ('all' in which) return {}
  if ('sessionId' in which) return { id: which.sessionId }
  const [accountId] = await resolveAccounts(tx, tenantId, [which.accountId])
  return { accountIds: { has: accountId! } }
}
