import { errorOf } from './error-of.ts'
import { InvalidInputError, NetworkError, NobishiroError, SessionExpiredError } from './errors.ts'
import { backOff, wait } from './wait.ts'

/** What the host's session function resolves to: the answer of `POST /embed/sessions`, passed on. */
export interface SessionGrant {
  token: string
  expiresAt: string
  serverTime?: string | undefined
  sessionId?: string | undefined
}

export type SessionFunction = () => Promise<SessionGrant>

/**
 * `idle` nothing asked yet · `minting` getting the first token · `ready` · `refreshing` still valid, getting the next ·
 * `expired` no valid token, which denies everything · `denied` the host or the API refused.
 */
export type SessionState = 'idle' | 'minting' | 'ready' | 'refreshing' | 'expired' | 'denied'

export interface SessionSnapshot {
  readonly state: SessionState
  /** Milliseconds since 1970 by the local clock; null without a token. */
  readonly expiresAt: number | null
  readonly sessionId: string | null
  /** The last fault; null after a success. */
  readonly error: NobishiroError | null
}

/** The session as hosts and widgets see it. The token itself never leaves the client. */
export interface Session {
  /** The same object until something changes. */
  snapshot(): SessionSnapshot
  /** Calls back on every change until the returned function is called. */
  subscribe(listener: () => void): () => void
  /** Asks for a new token now, also after `denied`. */
  renew(): Promise<void>
  /** Stops the timers and forgets the token. */
  close(): void
}

/** What requests need of a session. */
export interface Credential extends Session {
  token(): Promise<string>
  /** A newer token than the one the API refused. */
  replace(refused: string): Promise<string>
  deny(error: NobishiroError): void
}

const refusals = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID_INPUT', 'NOT_FOUND'])
const attempts = 3
const patience = 15_000
const longestTimer = 2 ** 31 - 1

const empty: SessionSnapshot = { state: 'idle', expiresAt: null, sessionId: null, error: null }

function errorOfMint(cause: unknown): NobishiroError {
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

async function grantFrom(mint: SessionFunction): Promise<{ grant: SessionGrant; expiresAt: number }> {
  const askedAt = Date.now()
  const late = wait(patience).then(() => Promise.reject(new NetworkError('The session function did not answer.')))
  const grant = await Promise.race([mint(), late])
  const error = errorOf(grant)
  if (error) throw error
  const expiresAt = grant?.token ? expiryOf(grant, askedAt) : Number.NaN
  if (Number.isNaN(expiresAt)) throw new InvalidInputError('The session function must resolve to { token, expiresAt }.')
  if (expiresAt <= Date.now()) throw new SessionExpiredError('The session function gave a token that has expired.')
  return { grant, expiresAt }
}

/** Keeps one token fresh: one request at a time, renewed before it ends, never used after. */
export function createSession(mint: SessionFunction): Credential {
  let current = empty
  let token: string | null = null
  let pending: Promise<string> | null = null
  let closed = false
  let timers: ReturnType<typeof setTimeout>[] = []
  const listeners = new Set<() => void>()

  const set = (change: Partial<SessionSnapshot>) => {
    current = { ...current, ...change }
    for (const listener of listeners) listener()
  }
  const at = (time: number, run: () => void) => {
    const timer = setTimeout(run, Math.min(longestTimer, Math.max(0, time - Date.now())))
    // In Node a waiting refresh must not keep the process alive.
    if (typeof timer === 'object') timer.unref()
    timers.push(timer)
  }
  const drop = (change: Partial<SessionSnapshot>) => {
    timers.forEach(clearTimeout)
    timers = []
    token = null
    set({ expiresAt: null, sessionId: null, ...change })
  }
  const isValid = () => token !== null && Date.now() < (current.expiresAt ?? 0)

  const accept = ({ grant, expiresAt }: Awaited<ReturnType<typeof grantFrom>>): string => {
    timers.forEach(clearTimeout)
    timers = []
    token = grant.token
    const lifetime = expiresAt - Date.now()
    at(expiresAt - lifetime * (0.15 + 0.15 * Math.random()), () => renew().catch(() => {}))
    at(expiresAt, () => drop({ state: 'expired' }))
    set({ state: 'ready', expiresAt, sessionId: grant.sessionId ?? null, error: null })
    return grant.token
  }

  const run = async (): Promise<string> => {
    const wasExpired = current.state === 'expired'
    if (isValid()) set({ state: 'refreshing' })
    else if (!wasExpired) set({ state: 'minting' })
    for (let failures = 0, attempt = 0; ; attempt++) {
      try {
        const granted = await grantFrom(mint)
        if (closed) throw new SessionExpiredError('The client was closed.')
        return accept(granted)
      } catch (cause) {
        const error = errorOfMint(cause)
        if (closed) throw error
        if (refusals.has(error.code)) {
          drop({ state: 'denied', error })
          throw error
        }
        set({ error })
        if (!isValid() && ++failures >= attempts) {
          if (current.state === 'minting') drop({ state: 'idle' })
          throw current.state === 'expired'
            ? new SessionExpiredError('The session has expired.', { cause: error })
            : error
        }
        await wait(backOff(attempt))
      }
    }
  }
  const renew = (): Promise<string> => {
    pending ??= run().finally(() => {
      pending = null
    })
    return pending
  }

  return {
    snapshot: () => current,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    renew: async () => {
      await renew()
    },
    close: () => {
      closed = true
      drop(empty)
      listeners.clear()
    },
    token: async () => {
      if (current.state === 'denied' && current.error && !pending) throw current.error
      if (token !== null && isValid()) return token
      if (current.expiresAt !== null) drop({ state: 'expired' })
      return renew()
    },
    replace: (refused) => {
      if (token !== null && token !== refused) return Promise.resolve(token)
      if (token !== null) drop({ state: 'expired' })
      return renew()
    },
    deny: (error) => drop({ state: 'denied', error }),
  }
}

/** A credential that never changes: an API key, or the sandbox that needs none. */
export function fixedCredential(value: string): Credential {
  const ready: SessionSnapshot = { ...empty, state: 'ready' }
  return {
    snapshot: () => ready,
    subscribe: () => () => {},
    renew: async () => {},
    close: () => {},
    token: async () => value,
    replace: async () => value,
    deny: () => {},
  }
}
