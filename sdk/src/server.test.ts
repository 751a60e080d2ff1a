import { describe, expect, it } from 'vitest'
import { mintSession } from './server.ts'
import { fakeApi } from './testing/fake-api.ts'

const grant = { token: 'nbs_t', expiresAt: '2026-11-22T00:15:00Z', serverTime: '2026-11-22T00:00:00Z', sessionId: 's1' }

describe('minting a session', () => {
  it.each(['https://api.example.com', 'https://api.example.com/', 'https://api.example.com/graphql'])(
    'finds the address from %s',
    async (url) => {
      const api = fakeApi({ status: 201, body: grant })
      const origins = ['https://app.example.com']
      const session = await mintSession({
        url,
        apiKey: 'nbk_k',
        viewer: 'ACCOUNT',
        accountIds: ['stripe:cus_1'],
        origins,
        fetch: api.fetch,
      })
      expect(session).toEqual(grant)
      expect(api.calls).toMatchObject([
        {
          url: 'https://api.example.com/embed/sessions',
          token: 'nbk_k',
          body: { viewer: 'ACCOUNT', accountIds: ['stripe:cus_1'], origins },
        },
      ])
    },
  )

  it('is sent once: a lost answer must not leave two sessions', async () => {
    const api = fakeApi({ status: 503 })
    const minting = mintSession({
      url: 'https://api.example.com',
      apiKey: 'k',
      viewer: 'TENANT',
      origins: [],
      fetch: api.fetch,
    })
    await expect(minting).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(api.calls).toHaveLength(1)
  })

  it('is sent again with a key, which says that it is the same call', async () => {
    const api = fakeApi({ status: 503 }, { status: 201, body: grant })
    const keys: (string | null)[] = []
    const session = await mintSession({
      url: 'https://api.example.com',
      apiKey: 'k',
      viewer: 'TENANT',
      origins: [],
      idempotencyKey: 'visit-7',
      fetch: (url, init) => {
        keys.push(new Headers(init?.headers).get('idempotency-key'))
        return api.fetch(url, init)
      },
    })
    expect(session).toEqual(grant)
    expect(keys).toEqual(['visit-7', 'visit-7'])
    expect(api.calls.every(({ body }) => !('idempotencyKey' in (body as object)))).toBe(true)
  })

  it('says which field the API refuses', async () => {
    const body = { error: { code: 'INVALID_INPUT', message: 'origins is empty', extensions: { field: 'origins' } } }
    const api = fakeApi({ status: 400, body })
    const minting = mintSession({
      url: 'https://api.example.com',
      apiKey: 'k',
      viewer: 'TENANT',
      origins: [],
      fetch: api.fetch,
    })
    await expect(minting).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'origins' })
  })
})
