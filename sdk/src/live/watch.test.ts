import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createClient } from '../client.ts'

const url = 'https://api.example.com/graphql'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const moved = (version: number) =>
  `event: next\ndata: ${JSON.stringify({ data: { ledgerChanged: { version: String(version) } } })}\n\n`

/** A server of which each connection says its pieces and then breaks, ends or stays open. */
function server(...connections: { status?: number; pieces?: string[]; after?: 'breaks' | 'stays' }[]) {
  const tokens: (string | null)[] = []
  const fetch = async (_url: string | URL | Request, init: RequestInit = {}) => {
    const { status = 200, pieces = [], after } = connections[tokens.length] ?? { after: 'stays' }
    tokens.push(new Headers(init.headers).get('authorization'))
    const encoder = new TextEncoder()
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        if (after === 'stays') init.signal?.addEventListener('abort', () => controller.error(init.signal?.reason))
        for (const piece of pieces) {
          await Promise.resolve()
          controller.enqueue(encoder.encode(piece))
        }
        if (after === 'breaks') setTimeout(() => controller.error(new TypeError('terminated')), 1)
        else if (!after) controller.close()
      },
    })
    return new Response(body, { status })
  }
  return { fetch: fetch as typeof globalThis.fetch, tokens }
}

const session = () => {
  let count = 0
  const mint = vi.fn(async () => {
    count += 1
    return { token: `nbs_${count}`, expiresAt: new Date(Date.now() + 900_000).toISOString() }
  })
  return { auth: { session: mint }, mint }
}

async function heard(api: ReturnType<typeof server>, auth: Parameters<typeof createClient>[0]['auth']) {
  const versions: string[] = []
  const stop = new AbortController()
  const client = createClient({ url, auth, fetch: api.fetch })
  const watching = client.watch((version) => versions.push(version), { signal: stop.signal })
  await vi.dynamicImportSettled()
  await vi.advanceTimersByTimeAsync(60_000)
  stop.abort()
  await watching
  client.close()
  return versions
}

it('tells the version at once and when it moves, however the text is cut', async () => {
  const text = `:\n\n${moved(1)}:\n\n${moved(2)}`
  const pieces = [text.slice(0, 5), text.slice(5, 40), text.slice(40, 41), text.slice(41)]
  expect(await heard(server({ pieces, after: 'stays' }), { apiKey: 'nbk_1' })).toEqual(['1', '2'])
})

it('opens a stream that breaks or ends again, and tells nothing twice', async () => {
  const api = server(
    { pieces: [moved(1)], after: 'breaks' },
    { pieces: [moved(1), moved(3), 'event: complete\ndata:\n\n'] },
    { status: 503 },
    { pieces: [moved(4)], after: 'stays' },
  )
  expect(await heard(api, { apiKey: 'nbk_1' })).toEqual(['1', '3', '4'])
  expect(api.tokens).toHaveLength(4)
})

it('takes the next token when the API refuses one', async () => {
  const { auth, mint } = session()
  const api = server({ status: 401 }, { pieces: [moved(5)], after: 'stays' })
  expect(await heard(api, auth)).toEqual(['5'])
  expect(api.tokens).toEqual(['Bearer nbs_1', 'Bearer nbs_2'])
  expect(mint).toHaveBeenCalledTimes(2)
})

it('asks again later when it is refused, slower each time', async () => {
  const refused = `event: next\ndata: ${JSON.stringify({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] })}\n\n`
  const api = server(...Array.from({ length: 100 }, () => ({ pieces: [refused] })))
  expect(await heard(api, { apiKey: 'nbk_1' })).toEqual([])
  expect(api.tokens.length).toBeGreaterThan(5)
  expect(api.tokens.length).toBeLessThan(25)
})

it('never calls back in the sandbox', async () => {
  expect(await heard(server({ pieces: [moved(1)] }), { sandbox: true })).toEqual([])
})
