import type { Database } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
import type { CountDenial } from './denials.ts'
import { findKey } from './keys.ts'
import type { Principal } from './principal.ts'
import { findSession } from './sessions.ts'
import { parseToken, type Token } from './tokens.ts'

/** How long a credential that was found good is trusted without asking again: a revocation bites within this time. */
const TRUST_MS = 10_000
const MAX_CACHED = 10_000

/** The same for whatever is wrong with it: a guess learns nothing. */
const REFUSED = 'The credential is unknown or was revoked, or it was not copied whole.'

export type Authenticate = (headers: Headers) => Promise<Principal>

/** One path for keys and sessions: header, checksum, cache, database, expiry, origin. */
export function createAuthenticator({
  db,
  now,
  onDenied = () => {},
}: {
  db: Database
  now: () => Date
  /** Hears of sessions that are turned away. */
  onDenied?: CountDenial
}): Authenticate {
  const trusted = new Map<string, { principal: Principal; until: number }>()

  async function find(token: Token, at: Date): Promise<Principal | undefined> {
    const known = trusted.get(token.text)
    if (known && known.until > at.getTime()) return known.principal
    const principal = token.kind === 'KEY' ? await findKey(db, token, at) : await findSession(db, token)
    trusted.delete(token.text)
    if (!principal) return undefined
    if (trusted.size >= MAX_CACHED) trusted.delete(trusted.keys().next().value as string) // the map is not empty
    trusted.set(token.text, { principal, until: at.getTime() + TRUST_MS })
    return principal
  }

  return async (headers) => {
    const at = now()
    const token = tokenOf(headers)
    const principal = await find(token, at)
    if (!principal) {
      if (token.kind === 'SESSION') onDenied(token.tenantId, 'UNKNOWN')
      throw new ExpectedError('UNAUTHENTICATED', REFUSED)
    }
    if (principal.expiresAt && principal.expiresAt <= at) {
      throw principal.kind === 'SESSION'
        ? new ExpectedError('SESSION_EXPIRED', 'The session has expired. Ask your server for a new one.')
        : new ExpectedError('UNAUTHENTICATED', 'The API key has expired.')
    }
    if (principal.kind === 'SESSION') {
      const origin = headers.get('origin')
      if (origin === null || !principal.origins.includes(origin)) onDenied(principal.tenantId, 'ORIGIN')
      checkOrigin(principal.origins, origin)
    }
    return principal
  }
}

function tokenOf(headers: Headers): Token {
  const header = headers.get('authorization')
  if (!header) throw new ExpectedError('UNAUTHENTICATED', 'Send "Authorization: Bearer <API key or session token>".')
  const token = parseToken(/^Bearer +(\S+)$/i.exec(header)?.[1] ?? '')
  if (!token) throw new ExpectedError('UNAUTHENTICATED', REFUSED)
  return token
}

function checkOrigin(origins: readonly string[], origin: string | null): void {
  if (origin === null)
    throw new ExpectedError('FORBIDDEN', 'A session is used from a browser page: the request carries no Origin.')
  if (!origins.includes(origin))
    throw new ExpectedError('FORBIDDEN', `This session was not minted for the origin ${origin}.`)
}
