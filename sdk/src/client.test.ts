import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClient } from './client.ts'
import { fakeApi, graphqlError } from './testing/fake-api.ts'
import { timeoutSignal } from './testing/timeout-signal.ts'

const url = 'https://api.example.com/graphql'
const apiKey = 'nbk_test'
const viewer = { body: { data: { viewer: { kind: 'TENANT' } } } }

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(timeoutSignal)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const settled = async <T>(promise: Promise<T>) => {
  const result = promise.then(
    (value) => ({ value, error: null }),
    (error: unknown) => ({ value: null, error }),
  )
  await vi.advanceTimersByTimeAsync(120_000)
  return result
}

describe('a request', () => {
  it('carries the key, names its operation, and sends no cookie', async () => {
    const api = fakeApi(viewer)
    await createClient({ url, auth: { apiKey }, fetch: api.fetch }).viewer()
    expect(api.calls).toMatchObject([
      { url, token: apiKey, init: { method: 'POST', credentials: 'omit' }, body: { operationName: 'Viewer' } },
    ])
  })

  it('leaves out variables that say nothing, so that the schema decides', async () => {
    const api = fakeApi({ body: { data: { metrics: [{}] } } })
    const client = createClient({ url, auth: { apiKey }, fetch: api.fetch })
    await client.metric({ key: 'nrr', window: 12, bucket: null, range: undefined })
    expect(api.calls[0]?.body.variables).toEqual({ keys: ['nrr'], window: 12 })
  })

  it('runs a document of the host as well', async () => {
    const api = fakeApi({ body: { data: { viewer: { kind: 'ACCOUNT' } } } })
    const client = createClient({ url, auth: { apiKey }, fetch: api.fetch })
    expect(await client.query('query Mine { viewer { kind } }')).toEqual({ viewer: { kind: 'ACCOUNT' } })
    expect(api.calls[0]?.body.operationName).toBe('Mine')
  })

  it('stops with the reason of its signal, also between attempts', async () => {
    const api = fakeApi({ status: 503 })
    const client = createClient({ url, auth: { apiKey }, fetch: api.fetch })
    const controller = new AbortController()
    const result = settled(client.viewer({ signal: controller.signal }))
    controller.abort(new Error('left the page'))
    expect((await result).error).toMatchObject({ message: 'left the page' })
    expect(api.calls.length).toBeLessThanOrEqual(1)
  })

  it('gives up on a server that does not answer', async () => {
    const never = ((_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      })) as typeof fetch
    const client = createClient({ url, auth: { apiKey }, fetch: never, timeout: 1000 })
    expect((await settled(client.viewer())).error).toMatchObject({
      code: 'NETWORK',
      message: 'No answer within 1000 ms.',
    })
  })

  it('says when something else than the API answered', async () => {
    const api = fakeApi({ body: '<!doctype html>' })
    const client = createClient({ url, auth: { apiKey }, fetch: api.fetch })
    expect((await settled(client.viewer())).error).toMatchObject({ code: 'NETWORK' })
  })
})

describe('a fault that passes', () => {
  const lost = { fault: new TypeError('fetch failed') }

  it.each([
    ['429', { status: 429 }],
    ['502', { status: 502, body: 'bad gateway' }],
    ['503', { status: 503 }],
    ['504', { status: 504 }],
    ['a lost connection', lost],
    ['a GraphQL error of the same kind', { body: graphqlError('UNAVAILABLE') }],
  ])('is tried again: %s', async (_name, answer) => {
    const api = fakeApi(answer, viewer)
    const client = createClient({ url, auth: { apiKey }, fetch: api.fetch })
    expect((await settled(client.viewer())).value).toEqual({ kind: 'TENANT' })
    expect(api.calls).toHaveLength(2)
  })

  it('is raised after three attempts', async () => {
    const api = fakeApi(lost)
    const client = createClient({ url, auth: { apiKey }, fetch: api.fetch })
    expect((await settled(client.viewer())).error).toMatchObject({ code: 'NETWORK' })
    expect(api.calls).toHaveLength(3)
  })

  it('waits as long as the server says', async () => {
    const api = fakeApi({ status: 429, headers: { 'retry-after': '5' } }, viewer)
    const client = createClient({ url, auth: { apiKey }, fetch: api.fetch })
    const result = client.viewer()
    await vi.advanceTimersByTimeAsync(4900)
    expect(api.calls).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(await result).toEqual({ kind: 'TENANT' })
  })

  it('is raised at once when the server asks for a long pause', async () => {
    const api = fakeApi({ status: 429, headers: { 'retry-after': '60' } })
    const client = createClient({ url, auth: { apiKey }, fetch: api.fetch })
    expect((await settled(client.viewer())).error).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 60 })
    expect(api.calls).toHaveLength(1)
  })

  it('never repeats a mutation', async () => {
    const api = fakeApi(lost)
    const client = createClient({ url, auth: { apiKey }, fetch: api.fetch })
    const mutation = '# a note\nmutation Revoke { revokeEmbedSessions(input: {all: true}) { revoked } }'
    expect((await settled(client.query(mutation))).error).toMatchObject({ code: 'NETWORK' })
    expect(api.calls).toHaveLength(1)
  })

  it.each(['INVALID_INPUT', 'FORBIDDEN', 'NOT_FOUND', 'COST_EXCEEDED', 'CONFLICT'])(
    'does not include %s',
    async (code) => {
      const api = fakeApi({ body: graphqlError(code) })
      const client = createClient({ url, auth: { apiKey }, fetch: api.fetch })
      expect((await settled(client.viewer())).error).toMatchObject({ code })
      expect(api.calls).toHaveLength(1)
    },
  )
})

describe('a token that the API refuses', () => {
  const refused = { status: 401, body: graphqlError('UNAUTHENTICATED') }
  const grant = (token: string) => ({ token, expiresAt: new Date(Date.now() + 900_000).toISOString() })

  it('is replaced once, and the request goes through', async () => {
    const api = fakeApi(refused, viewer)
    let minted = 0
    const client = createClient({ url, auth: { session: async () => grant(`t${++minted}`) }, fetch: api.fetch })
    expect((await settled(client.viewer())).value).toEqual({ kind: 'TENANT' })
    expect(api.calls.map(({ token }) => token)).toEqual(['t1', 't2'])
    expect(client.session.snapshot().state).toBe('ready')
    client.close()
  })

  it('denies the session when a fresh one is refused too', async () => {
    const api = fakeApi(refused)
    const client = createClient({ url, auth: { session: async () => grant('t') }, fetch: api.fetch })
    expect((await settled(client.viewer())).error).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect((await settled(client.viewer())).error).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(client.session.snapshot().state).toBe('denied')
    expect(api.calls).toHaveLength(2)
  })

  it('is reported as it is when it is an API key', async () => {
    const api = fakeApi(refused)
    const client = createClient({ url, auth: { apiKey }, fetch: api.fetch })
    await expect(client.viewer()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(api.calls).toHaveLength(1)
  })
})

describe('lists', () => {
  const page = (names: string[], endCursor: string | null) => ({
    body: {
      data: {
        accounts: {
          edges: names.map((name) => ({ cursor: name, node: { name } })),
          pageInfo: { hasNextPage: endCursor !== null, endCursor },
          totalCount: 3,
        },
      },
    },
  })

  it('are read page after page, in order', async () => {
    const api = fakeApi(page(['a', 'b'], 'b'), page(['c'], null))
    const client = createClient({ url, auth: { apiKey }, fetch: api.fetch })
    const names: string[] = []
    for await (const account of client.accounts.all({ where: { region: ['JP'] }, first: 2 })) names.push(account.name)
    expect(names).toEqual(['a', 'b', 'c'])
    expect(api.calls.map(({ body }) => body.variables)).toEqual([
      { where: { region: ['JP'] }, first: 2 },
      { where: { region: ['JP'] }, first: 2, after: 'b' },
    ])
  })

  it('stop asking when the reader stops', async () => {
    const api = fakeApi(page(['a', 'b'], 'b'))
    const client = createClient({ url, auth: { apiKey }, fetch: api.fetch })
    for await (const account of client.accounts.all()) if (account.name === 'b') break
    expect(api.calls).toHaveLength(1)
  })
})
