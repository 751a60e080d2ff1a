import { NobishiroError, SessionExpiredError } from './errors.ts'
import { errorOfMint, type Grant, grantFrom, type SessionFunction } from './grant.ts'
import { backOff, wait } from './wait.ts'

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
  /** Stops the timers and forgets the token. The next request starts anew. */
  close(): void
}

/** What requests need of a session. */
export interface Credential extends Session {
  token(): Promise<string>
  /** A newer token than the one the API refused; undefined when there can be none. */
  replace(refused: string): Promise<string | undefined>
  deny(error: NobishiroError): void
}

const refusals = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID_INPUT', 'NOT_FOUND'])
const attempts = 3
const longestTimer = 2 ** 31 - 1

export const emptySession: SessionSnapshot = { state: 'idle', expiresAt: null, sessionId: null, error: null }

/** Keeps one token fresh: one request at a time, renewed before it ends, never used after. */
export function createSession(mint: SessionFunction): Credential {
  let current = emptySession
  let token = ''
  let pending: Promise<string> | null = null
  let life = 0
  let timers: ReturnType<typeof setTimeout>[] = []
  const listeners = new Set<() => void>()

  const set = (change: Partial<SessionSnapshot>) => {
    current = { ...current, ...change }
    for (const listener of listeners) listener()
  }
  const stop = () => {
    timers.forEach(clearTimeout)
    timers = []
  }
  const after = (delay: number, run: () => void) => {
    const timer = setTimeout(run, Math.min(longestTimer, delay))
    // In Node a waiting refresh must not keep the process alive; a browser's timer is a number.
    ;(timer as { unref?(): void }).unref?.()
    timers.push(timer)
  }
  const drop = (change: Partial<SessionSnapshot>) => {
    stop()
    token = ''
    set({ expiresAt: null, sessionId: null, ...change })
  }
  const isValid = () => Date.now() < (current.expiresAt ?? 0)

  const accept = (grant: Grant): string => {
    stop()
    token = grant.token
    const lifetime = grant.expiresAt - Date.now()
    after(lifetime * (0.7 + 0.15 * Math.random()), () => renew().catch(() => {}))
    after(lifetime, () => drop({ state: 'expired' }))
    set({ state: 'ready', expiresAt: grant.expiresAt, sessionId: grant.sessionId, error: null })
    return token
  }

  /** What a fault means: null to try again, or the error to give up with. */
  const judge = (error: NobishiroError, failures: number): NobishiroError | null => {
    if (refusals.has(error.code)) {
      drop({ state: 'denied', error })
      return error
    }
    set({ error })
    if (isValid() || failures < attempts) return null
    if (current.state === 'expired') return new SessionExpiredError('The session has expired.', { cause: error })
    drop({ state: 'idle' })
    return error
  }

  const run = async (): Promise<string> => {
    const started = life
    if (isValid()) set({ state: 'refreshing' })
    else if (current.state !== 'expired') set({ state: 'minting' })
    for (let failures = 0; ; ) {
      const outcome = await grantFrom(mint).catch(errorOfMint)
      if (life !== started) throw new SessionExpiredError('The session is closed.')
      if (!(outcome instanceof NobishiroError)) return accept(outcome)
      const error = judge(outcome, ++failures)
      if (error) throw error
      await wait(backOff(failures - 1))
    }
  }
  const renew = (): Promise<string> => {
    if (pending) return pending
    const mine = run().finally(() => {
      if (pending === mine) pending = null
    })
    pending = mine
    return mine
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
      life++
      pending = null
      drop(emptySession)
    },
    token: async () => {
      if (isValid()) return token
      if (current.state === 'denied' && !pending) throw current.error
      if (token) drop({ state: 'expired' })
      return renew()
    },
    replace: async (refused) => {
      if (token && token !== refused) return token
      if (token) drop({ state: 'expired' })
      return renew()
    },
    deny: (error) => drop({ state: 'denied', error }),
  }
}
