import { errorOf } from './error-of.ts'
import { InvalidInputError, NetworkError, NobishiroError } from './errors.ts'
import { unlessAborted } from './wait.ts'

/** What the host's session function resolves to: the answer of `POST /embed/sessions`, passed on. */
export interface SessionGrant {
  token: string
  expiresAt: string
  serverTime?: string | undefined
  sessionId?: string | undefined
}

export type SessionFunction = () => Promise<SessionGrant>

/** A grant by the local clock. */
export interface Grant {
  token: string
  expiresAt: number
  sessionId: string | null
}

const patience = 15_000

/** The fault that a failed session function stands for. */
export function errorOfMint(cause: unknown): NobishiroError {
  if (cause instanceof NobishiroError) return cause
  const { status } = (cause ?? {}) as { status?: number }
  return errorOf(cause, status) ?? new NetworkError('The session function failed.', { cause })
}

/** Local expiry of a grant: the server's clock and this one may differ. */
function expiryOf(grant: SessionGrant, askedAt: number): number {
  const now = Date.now()
  const serverNow = Date.parse(grant.serverTime ?? '')
  const ahead = Number.isNaN(serverNow) ? 0 : serverNow - (askedAt + now) / 2
  return Date.parse(grant.expiresAt) - ahead
}

/** Asks the host for a session and checks what it gives. */
export async function grantFrom(mint: SessionFunction): Promise<Grant> {
  const askedAt = Date.now()
  const grant = await unlessAborted(Promise.resolve(mint()), AbortSignal.timeout(patience))
  const error = errorOf(grant)
  if (error) throw error
  const expiresAt = grant?.token ? expiryOf(grant, askedAt) : 0
  if (!(expiresAt > Date.now())) {
    throw new InvalidInputError('The session function must give a valid { token, expiresAt }.')
  }
  return { token: grant.token, expiresAt, sessionId: grant.sessionId ?? null }
}
