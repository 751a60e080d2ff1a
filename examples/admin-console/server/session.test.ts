import { expect, it } from 'vitest'
import { sessionEndpoint } from './session.ts'

const grant = { token: 'nbs_t', expiresAt: '2026-11-22T00:15:00Z', serverTime: '2026-11-22T00:00:00Z', sessionId: 's' }

it('mints a session of the tenant for its own origins, and passes it on uncached', async () => {
  const asked: unknown[] = []
  const fake = (async (url, init) => {
    asked.push({ url, body: JSON.parse(String(init?.body)) })
    return Response.json(grant, { status: 201 })
  }) as typeof fetch
  const origins = ['https://admin.hibiki.example']
  const endpoint = sessionEndpoint({ url: 'https://api.example.com', apiKey: 'nbk_k', origins, fetch: fake })
  const answer = await endpoint(new Request('https://admin.hibiki.example/session', { method: 'POST' }))
  expect(await answer.json()).toEqual(grant)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const capabilities = ['nrr', 'waterfall', 'seats', 'explain', 'accounts', 'export', 'costs']
  const body = { viewer: 'TENANT', origins, capabilities }
  expect(asked).toEqual([{ url: 'https://api.example.com/embed/sessions', body }])
})
