import type { Database } from '@nobishiro/prisma'
import { describe, expect, it } from 'vitest'
import { revokeSessions } from '../access/sessions.ts'
import type { App } from '../app.ts'
import { accept } from '../ingest/accept.ts'
import { anAccount, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, TEST_ORIGIN } from '../testing/query.ts'

const ASKED = 'subscription { ledgerChanged { version } }'
const ended = { event: 'complete', data: undefined }
const version = (number: number) => ({ event: 'next', data: { data: { ledgerChanged: { version: String(number) } } } })

const says = (id: string) => [delivered(id, anAccount('acme', '2026-01-01T00:00:00.000Z', { name: id }))]

async function aLive(db: Database) {
  const clock = { now: new Date('2026-11-22T00:00:00Z') }
  const stopping = new AbortController()
  const app = anApp(db, { now: () => clock.now, stopping: stopping.signal })
  const contexts = [await aTenant(db, { id: 'tenant-a' }), await aTenant(db, { id: 'tenant-b' })] as const
  return { app, clock, stopping, contexts }
}

/** An open stream: `next` is its next event. */
async function listen(app: App, token: string) {
  const response = await app(
    new Request('http://localhost/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${token}`,
        ...(token.startsWith('nbs_') ? { origin: TEST_ORIGIN } : {}),
      },
      body: JSON.stringify({ query: ASKED }),
    }),
  )
  const events = eventsOf(response)
  return { response, next: async () => (await events.next()).value, close: () => events.return(undefined) }
}

async function* eventsOf(response: Response) {
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      text += decoder.decode(read.value, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        const event = /^event: (.*)$/m.exec(block)?.[1]
        const data = /^data: (.+)$/m.exec(block)?.[1]
        if (event) yield { event, data: data && JSON.parse(data) }
      }
    }
  } finally {
    await reader.cancel()
  }
}

eachDatabase((open) => {
  describe('ledgerChanged', () => {
    it('says the version at once and when it moves, of its own tenant alone', async () => {
      const db = await open()
      const { app, contexts } = await aLive(db)
      const streams = [
        await listen(app, await aKey(db, 'tenant-a')),
        await listen(app, await aSession(db, 'tenant-a')),
        await listen(app, await aKey(db, 'tenant-b')),
      ]
      expect(streams[0]!.response.headers.get('content-type')).toMatch(/^text\/event-stream/)
      for (const { next } of streams) expect(await next()).toEqual(version(0))
      await accept(db, contexts[0], says('a1'))
      for (const { next } of streams.slice(0, 2)) expect(await next()).toEqual(version(1))
      await accept(db, contexts[0], says('a2'))
      await accept(db, contexts[1], says('b1'))
      expect(await streams[0]!.next()).toEqual(version(2))
      expect(await streams[2]!.next()).toEqual(version(1))
      await Promise.all(streams.map(({ close }) => close()))
    })

    it('ends with its credential, and when the server stops', async () => {
      const db = await open()
      const { app, clock, stopping } = await aLive(db)
      const revoked = await listen(app, await aSession(db, 'tenant-a'))
      const expired = await listen(app, await aSession(db, 'tenant-a', undefined, { ttlSeconds: 60 }))
      const stopped = await listen(app, await aKey(db, 'tenant-b'))
      for (const { next } of [revoked, expired, stopped]) expect(await next()).toEqual(version(0))
      clock.now = new Date(clock.now.getTime() + 60_000)
      expect(await expired.next()).toEqual(ended)
      await revokeSessions(db, { tenantId: 'tenant-a', by: 'test', now: clock.now }, { all: true })
      clock.now = new Date(clock.now.getTime() + 10_000)
      expect(await revoked.next()).toEqual(ended)
      stopping.abort()
      expect(await stopped.next()).toEqual(ended)
    })

    it('is open ten times for a session at most; closing one lets another in', async () => {
      const db = await open()
      const { app } = await aLive(db)
      const token = await aSession(db, 'tenant-a')
      const streams = []
      for (let count = 0; count < 10; count += 1) {
        const stream = await listen(app, token)
        expect(await stream.next()).toEqual(version(0))
        streams.push(stream)
      }
      const refused = await listen(app, token)
      expect(await refused.next()).toMatchObject({ data: { errors: [{ extensions: { code: 'RATE_LIMITED' } }] } })
      await streams[0]!.close()
      await expect
        .poll(async () => {
          const stream = await listen(app, token)
          return stream.next()
        })
        .toEqual(version(0))
    })

    it('takes the scope to read', async () => {
      const db = await open()
      const { app } = await aLive(db)
      const ingesting = await listen(app, await aKey(db, 'tenant-a', ['ingest']))
      expect(await ingesting.next()).toMatchObject({ data: { errors: [{ extensions: { code: 'FORBIDDEN' } }] } })
    })
  })
})
