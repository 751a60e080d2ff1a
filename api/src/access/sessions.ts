import type { Database, Prisma, Tx } from '@nobishiro/prisma'
import type { SegmentRule } from '../segments/rule.ts'
import { localDay } from '../shared/local-day.ts'
import { type Change, note } from './audit.ts'
import { isCapability, USUAL_CAPABILITIES } from './capabilities.ts'
import type { SessionPrincipal } from './principal.ts'
import { resolveAccounts, resolveRule, resolveSegments } from './resolve-ids.ts'
import { parseSessionInput } from './session-input.ts'
import { sharedWith } from './shares.ts'
import { hashToken, isSameHash, mintToken, type Token } from './tokens.ts'
import { type Limit, partnerOf, type Viewer, type ViewerKind, WHOLE_TENANT } from './viewer.ts'

export type MintedSession = { token: string; sessionId: string; expiresAt: Date; serverTime: Date; origins: string[] }
export type SessionRecord = {
  id: string
  keyId: string
  viewer: ViewerKind
  accountIds: string[]
  segmentIds: string[]
  filters: SegmentRule | null
  partner: string | null
  capabilities: string[]
  origins: string[]
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
}

/** The key that asks for a session, or the program of ours. */
export type Issuer = { tenantId: string; keyId: string; viewer?: Viewer }

/** Mints a session for a browser, never wider than who asks; the stored row is the audit record. */
export async function mintSession(db: Database, issuer: Issuer, request: unknown, now: Date): Promise<MintedSession> {
  const { tenantId, viewer = WHOLE_TENANT } = issuer
  const partner = partnerOf(viewer)
  const input = parseSessionInput(request, partner)
  const token = mintToken('SESSION', tenantId)
  const expiresAt = new Date(now.getTime() + input.ttlSeconds * 1_000)
  await db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    await tx.embedSession.create({
      data: {
        tenantId,
        id: token.id,
        keyId: issuer.keyId,
        sha256: hashToken(token.text),
        // A tenant's viewer with filters sees a segment that nobody saved.
        viewer: input.viewer === 'TENANT' && input.filters ? 'SEGMENT' : input.viewer,
        accountIds: await resolveAccounts(
          tx,
          tenantId,
          input.accountIds ?? [],
          await sharedNow(tx, tenantId, partner, now),
        ),
        partner: partner ?? input.partner ?? null,
        segmentIds: await resolveSegments(tx, tenantId, input.segmentIds ?? []),
        ...(input.filters && { filters: await resolveRule(tx, tenantId, input.filters, 'input.filters') }),
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
      viewer: viewerOf(session),
      capabilities: session.capabilities.filter(isCapability),
      origins: session.origins,
      expiresAt: session.expiresAt,
    }
  })
}

type Row = Prisma.EmbedSessionGetPayload<object>

function viewerOf({ viewer, accountIds, segmentIds, filters, partner }: Row): Viewer {
  if (viewer === 'TENANT') return WHOLE_TENANT
  const limits: Limit[] = [
    ...(viewer === 'ACCOUNT' ? [{ accountIds }] : []),
    ...(segmentIds.length > 0 ? [{ segmentIds }] : []),
    ...(filters === null ? [] : [{ rule: filters as SegmentRule }]), // mintSession checked it
    ...(partner === null ? [] : [{ partner }]),
  ]
  // Nothing that limits is no reason to show everything.
  return { kind: viewer as ViewerKind, limits: limits.length > 0 ? limits : [{ accountIds: [] }] } // a check of the table fixes what it is
}

const MOST_LISTED = 500

/** Live sessions, the oldest first; of a partner its own. */
export function listSessions(db: Database, tenantId: string, now: Date, partner?: string): Promise<SessionRecord[]> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const sessions = await tx.embedSession.findMany({
      where: { tenantId, revokedAt: null, expiresAt: { gt: now }, ...(partner !== undefined && { partner }) },
      omit: { sha256: true, tenantId: true },
      orderBy: { createdAt: 'asc' },
      take: MOST_LISTED,
    })
    return sessions as SessionRecord[] // a check of the table fixes what a viewer is, and mintSession checked filters
  })
}

export type Revocation = { sessionId: string } | { accountId: string } | { segmentId: string } | { all: true }

/** Ends live sessions: one, those of an account or a segment, or all, of a partner its own; returns how many. */
export function revokeSessions(
  db: Database,
  { tenantId, by, now }: Change,
  which: Revocation,
  partner?: string,
): Promise<number> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const { count } = await tx.embedSession.updateMany({
      where: {
        tenantId,
        revokedAt: null,
        expiresAt: { gt: now },
        ...(partner !== undefined && { partner }),
        ...(await narrow(tx, tenantId, which, await sharedNow(tx, tenantId, partner, now))),
      },
      data: { revokedAt: now },
    })
    const [subject = 'all'] = Object.values(which)
      .map(String)
      .filter((name) => name !== 'true')
    await note(tx, { tenantId, at: now, by, action: 'SESSIONS_REVOKED', subject, detail: { revoked: count } })
    return count
  })
}

async function narrow(tx: Tx, tenantId: string, which: Revocation, shared: Shared) {
  if ('all' in which) return {}
  if ('sessionId' in which) return { id: which.sessionId }
  if ('segmentId' in which) {
    const isPartner = shared.among !== undefined
    const [segmentId] = await resolveSegments(tx, tenantId, [which.segmentId], { field: 'input.segmentId', isPartner })
    return { segmentIds: { has: segmentId! } }
  }
  const [accountId] = await resolveAccounts(tx, tenantId, [which.accountId], { field: 'input.accountId', ...shared })
  return { accountIds: { has: accountId! } }
}

type Shared = { among?: readonly string[] }

/** The accounts that a partner may name; the vendor may name any. */
async function sharedNow(tx: Tx, tenantId: string, partner: string | undefined, now: Date): Promise<Shared> {
  if (partner === undefined) return {}
  const { timeZone } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { timeZone: true } })
  return { among: await sharedWith(tx, tenantId, partner, localDay(now, timeZone)) }
}
