import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ForbiddenError } from './errors.ts'
import type { SessionGrant } from './grant.ts'
import { createSession, type SessionState } from './session.ts'
import { timeoutSignal } from './testing/timeout-signal.ts'

const minute = 60_000
const fifteenMinutes = 15 * minute

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T00:00:00Z') })
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(timeoutSignal)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function grant(token: string, { lasts = fifteenMinutes, ahead = 0 } = {}): SessionGrant {
  const serverNow = Date.now() + ahead
  return {
    token,
    expiresAt: new Date(serverNow + lasts).toISOString(),
    serverTime: new Date(serverNow).toISOString(),
    sessionId: `id-${token}`,
  }
}

/** A session whose mint gives `t1`, `t2`, …, and the states that it went through. */
function observed(mint: (n: number) => Promise<SessionGrant> = async (n) => grant(`t${n}`)) {
  const minted = vi.fn()
  const session = createSession(() => {
    minted()
    return mint(minted.mock.calls.length)
  })
  const states: SessionState[] = [session.snapshot().state]
  session.subscribe(() => {
    const { state } = session.snapshot()
    if (state !== states.at(-1)) states.push(state)
  })
  return { session, states, minted }
}

const settled = async <T>(promise: Promise<T>) => {
  const result = promise.then(
    (value) => ({ value, error: null }),
    (error: unknown) => ({ value: null, error }),
  )
  await vi.advanceTimersByTimeAsync(minute)
  return result
}

describe('a session', () => {
  it('asks for nothing until a request needs it', async () => {
    const { session, states, minted } = observed()
    await vi.advanceTimersByTimeAsync(fifteenMinutes)
    expect(minted).not.toHaveBeenCalled()
    expect(await session.token()).toBe('t1')
    expect(states).toEqual(['idle', 'minting', 'ready'])
    expect(session.snapshot()).toMatchObject({ sessionId: 'id-t1', error: null })
  })

  it('is minted once for requests that come together', async () => {
    const { session, minted } = observed()
    const tokens = await Promise.all([session.token(), session.token(), session.token()])
    expect(tokens).toEqual(['t1', 't1', 't1'])
    expect(minted).toHaveBeenCalledTimes(1)
  })

  it('is renewed before it ends, while the old token goes on working', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const { session, states } = observed(async (n) => {
      if (n === 2) await held
      return grant(`t${n}`)
    })
    await session.token()
    await vi.advanceTimersByTimeAsync(fifteenMinutes * 0.7 + 1000)
    expect(states.at(-1)).toBe('refreshing')
    expect(await session.token()).toBe('t1')
    release()
    await vi.advanceTimersByTimeAsync(0)
    expect(await session.token()).toBe('t2')
    expect(states).toEqual(['idle', 'minting', 'ready', 'refreshing', 'ready'])
  })

  it('never goes without a valid token over a working day', async () => {
    const { session, states } = observed()
    await session.token()
    for (let n = 0; n < 8 * 60; n++) {
      await vi.advanceTimersByTimeAsync(minute)
      expect(session.snapshot().expiresAt).toBeGreaterThan(Date.now())
    }
    expect(states).not.toContain('expired')
  })

  it('keeps trying while the token lives, and recovers without a pause', async () => {
    const { session, states } = observed(async (n) => {
      if (n >= 2 && n <= 4) throw new TypeError('fetch failed')
      return grant(`t${n}`)
    })
    await session.token()
    await vi.advanceTimersByTimeAsync(fifteenMinutes - 1000)
    expect(await session.token()).toBe('t5')
    expect(states).toEqual(['idle', 'minting', 'ready', 'refreshing', 'ready'])
  })

  it('expires when no new token can be had, and then gives none', async () => {
    const { session, states } = observed(async (n) => {
      if (n >= 2) throw new TypeError('fetch failed')
      return grant(`t${n}`)
    })
    await session.token()
    await vi.advanceTimersByTimeAsync(fifteenMinutes + minute)
    expect(states.at(-1)).toBe('expired')
    expect(session.snapshot()).toMatchObject({ expiresAt: null, error: { code: 'NETWORK' } })
    const { error } = await settled(session.token())
    expect(error).toMatchObject({ code: 'SESSION_EXPIRED' })
  })

  it('comes back from expired with the next request', async () => {
    let isDown = false
    const { session } = observed(async (n) => {
      if (isDown) throw new TypeError('fetch failed')
      return grant(`t${n}`)
    })
    await session.token()
    isDown = true
    await vi.advanceTimersByTimeAsync(fifteenMinutes + minute)
    expect(session.snapshot().state).toBe('expired')
    isDown = false
    expect((await settled(session.token())).value).toMatch(/^t\d/)
    expect(session.snapshot().state).toBe('ready')
  })

  it('is not used after its end, even when the timers slept', async () => {
    const { session, states } = observed()
    await session.token()
    vi.setSystemTime(Date.now() + 60 * minute)
    expect(await session.token()).toBe('t2')
    expect(states).toContain('expired')
  })

  it('is denied when the host refuses, and asks again only when told to', async () => {
    let mayLook = false
    const { session, states, minted } = observed(async (n) => {
      if (!mayLook) throw new ForbiddenError('no')
      return grant(`t${n}`)
    })
    await expect(session.token()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(session.token()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(minted).toHaveBeenCalledTimes(1)
    mayLook = true
    await session.renew()
    expect(await session.token()).toBe('t2')
    expect(states).toEqual(['idle', 'minting', 'denied', 'minting', 'ready'])
  })

  it.each([
    ['nothing', undefined],
    ['an answer without a token', {}],
    ['an error page parsed as JSON', { error: { code: 'UNAUTHENTICATED', message: 'sign in first' } }],
  ])('is denied when the session function gives %s', async (_what, answer) => {
    const { session, states } = observed(async () => answer as SessionGrant)
    const { error } = await settled(session.token())
    expect(error).not.toBeNull()
    expect(states.at(-1)).toBe('denied')
  })

  it('gives a first fault to the request, and starts again with the next', async () => {
    const { session, minted } = observed(async (n) => {
      if (n <= 3) throw new TypeError('fetch failed')
      return grant(`t${n}`)
    })
    expect((await settled(session.token())).error).toMatchObject({ code: 'NETWORK' })
    expect(minted).toHaveBeenCalledTimes(3)
    expect(session.snapshot()).toMatchObject({ state: 'idle', error: { code: 'NETWORK' } })
    expect((await settled(session.token())).value).toBe('t4')
  })

  it('does not wait for ever for a session function that never answers', async () => {
    const { session } = observed(() => new Promise(() => {}))
    const result = settled(session.token())
    await vi.advanceTimersByTimeAsync(minute)
    expect((await result).error).toMatchObject({ code: 'NETWORK' })
  })

  it.each([-3600_000, 3600_000])('lives by the server clock, %i ms off this one', async (ahead) => {
    const { session } = observed(async (n) => grant(`t${n}`, { ahead }))
    await session.token()
    expect(session.snapshot().expiresAt).toBe(Date.now() + fifteenMinutes)
  })

  it('replaces a token the API refused once for all requests that saw it', async () => {
    const { session, minted } = observed()
    const refused = await session.token()
    const [first, second] = await Promise.all([session.replace(refused), session.replace(refused)])
    expect([first, second, await session.replace(refused)]).toEqual(['t2', 't2', 't2'])
    expect(minted).toHaveBeenCalledTimes(2)
  })

  it('forgets its token when closed, and may be used again', async () => {
    const { session, minted } = observed()
    await session.token()
    session.close()
    expect(session.snapshot().state).toBe('idle')
    await vi.advanceTimersByTimeAsync(60 * minute)
    expect(minted).toHaveBeenCalledTimes(1)
    expect(await session.token()).toBe('t2')
  })

  it('drops a token that arrives after it was closed', async () => {
    const { session } = observed(async (n) => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      return grant(`t${n}`)
    })
    const first = settled(session.token())
    session.close()
    expect((await first).error).toMatchObject({ code: 'SESSION_EXPIRED' })
    expect(session.snapshot().state).toBe('idle')
  })
})
