import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClient } from './client.ts'
import { type FakeAnswer, fakeApi, graphqlError } from './testing/fake-api.ts'
import { timeoutSignal } from './testing/timeout-signal.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(timeoutSignal)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const VIEWER = { data: { viewer: { kind: 'TENANT' } } }
const WATERFALL = { data: { waterfall: { version: '7' } } }
const REFUSED = { status: 400, body: graphqlError('INVALID_INPUT') }

function aPage(...answers: FakeAnswer[]) {
  const api = fakeApi(...answers)
  const grant = async () => ({ token: 't', expiresAt: new Date(Date.now() + 900_000).toISOString() })
  const client = createClient({ auth: { session: grant }, fetch: api.fetch })
  const names = () =>
    api.calls.map(({ body }) =>
      [body]
        .flat()
        .map(({ operationName }) => operationName ?? 'nothing')
        .join(' '),
    )
  return { client, api, names }
}

const settle = async (asked: readonly Promise<unknown>[]) => {
  const all = Promise.allSettled(asked)
  await vi.advanceTimersByTimeAsync(60_000)
  return (await all).map((one) => (one.status === 'fulfilled' ? one.value : one.reason))
}

describe('what a page asks in one turn', () => {
  it('is one request, and each gets its own answer or fault', async () => {
    const { client, names } = aPage({ body: [WATERFALL, graphqlError('FORBIDDEN'), VIEWER] })
    const found = await settle([client.waterfall({ population: 'ALL' }), client.strategyMix(), client.viewer()])
    expect(found).toMatchObject([WATERFALL.data.waterfall, { code: 'FORBIDDEN' }, VIEWER.data.viewer])
    expect(names()).toEqual(['Waterfall StrategyMix Viewer'])
    client.close()
  })

  it('is a request of its own when it is alone, or a text of the host', async () => {
    const { client, api, names } = aPage({ body: VIEWER })
    await settle([client.viewer(), client.query('query Mine { viewer { kind } }')])
    expect(names().toSorted()).toEqual(['Mine', 'Viewer'])
    expect(api.calls.some(({ body }) => Array.isArray(body))).toBe(false)
    client.close()
  })

  it('is asked again alone where one of it came too early, after the time that was said', async () => {
    const late = graphqlError('RATE_LIMITED', { retryAfter: 5 })
    const { client, names } = aPage({ body: [late, VIEWER] }, { body: WATERFALL })
    const asked = Promise.allSettled([client.waterfall({ population: 'ALL' }), client.viewer()])
    await vi.advanceTimersByTimeAsync(4_900)
    expect(names()).toEqual(['Waterfall Viewer'])
    await vi.advanceTimersByTimeAsync(200)
    expect((await asked)[0]).toMatchObject({ value: WATERFALL.data.waterfall })
    client.close()
  })

  it('is asked one by one where the list is refused, as a server of an older version does', async () => {
    const { client, names } = aPage(REFUSED, { body: VIEWER })
    expect(await settle([client.viewer(), client.viewer()])).toMatchObject([{ kind: 'TENANT' }, { kind: 'TENANT' }])
    expect(names()).toEqual(['Viewer Viewer', 'Viewer', 'Viewer'])
    client.close()
  })

  it('fails together where the connection does, and a refused token is replaced once', async () => {
    const { client, names } = aPage({ status: 401, body: graphqlError('UNAUTHENTICATED') }, { body: [VIEWER, VIEWER] })
    expect(await settle([client.viewer(), client.viewer()])).toMatchObject([{ kind: 'TENANT' }, { kind: 'TENANT' }])
    expect(names()).toEqual(['Viewer Viewer', 'Viewer Viewer'])
    client.close()
  })

  it('is at most twenty in a request', async () => {
    const { client, api } = aPage(
      { body: Array.from({ length: 20 }, () => VIEWER) },
      { body: Array.from({ length: 2 }, () => VIEWER) },
    )
    await settle(Array.from({ length: 22 }, () => client.viewer()))
    expect(api.calls.map(({ body }) => [body].flat().length)).toEqual([20, 2])
    client.close()
  })

  it('is aborted when nobody waits any more, and goes on while one does', async () => {
    let signal: AbortSignal | undefined
    const never = ((_url, init) => {
      signal = init?.signal ?? undefined
      return new Promise(() => {})
    }) as typeof fetch
    const grant = async () => ({ token: 't', expiresAt: new Date(Date.now() + 900_000).toISOString() })
    const client = createClient({ auth: { session: grant }, fetch: never })
    const [first, second, gone] = [new AbortController(), new AbortController(), new AbortController()]
    const asked = Promise.allSettled([first, second, gone].map((one) => client.viewer({ signal: one.signal })))
    gone.abort()
    await vi.advanceTimersByTimeAsync(1)
    first.abort()
    expect(signal?.aborted).toBe(false)
    second.abort()
    expect(signal?.aborted).toBe(true)
    expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    client.close()
  })
})
