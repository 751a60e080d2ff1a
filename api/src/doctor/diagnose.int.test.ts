import type { Database } from '@nobishiro/prisma'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listSessions } from '../access/sessions.ts'
import type { App } from '../app.ts'
import { aTenant } from '../testing/build.ts'
import { inMemory } from '../testing/db.ts'
import { aKey, anApp } from '../testing/query.ts'
import { diagnose } from './diagnose.ts'
import type { Embed } from './finding.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const SERVER = 'https://analytics.example.com'
const PAGE = 'https://app.example.com/accounts'

/** Something between a page and the server, or the page itself. */
type World = { before?: (request: Request) => Request; after?: (response: Response, request: Request) => Response }

let db: Database
let app: App
let key: string
beforeAll(async () => {
  db = await inMemory()
  const { tenantId } = await aTenant(db, { id: 'acme' })
  app = anApp(db)
  key = await aKey(db, tenantId, ['embed:create'])
})
afterAll(() => db.close())

const html = (policy?: string) =>
  new Response('<p>Accounts</p>', policy === undefined ? {} : { headers: { 'content-security-policy': policy } })

/** What an embed is told through such a world; the server says the time, as Node's does. */
async function told({ before = same, after = same }: World, more: Partial<Embed> = {}, page = html()) {
  const embed: Embed = {
    server: new URL(SERVER),
    origin: 'https://app.example.com',
    page: new URL(PAGE),
    key,
    account: undefined,
    theme: undefined,
    ask: async (request) => {
      if (request.url === PAGE) return page
      const response = await app(before(request))
      response.headers.set('date', NOW.toUTCString())
      return after(response, request)
    },
    now: () => NOW,
    ...more,
  }
  return (await diagnose(embed)).filter(({ check }) => check !== 'contrast')
}
const same = <T>(one: T): T => one
const faults = async (...args: Parameters<typeof told>) =>
  (await told(...args)).flatMap(({ verdict, check, says }) =>
    verdict === 'OK' ? [] : [`${verdict} ${check}: ${says}`],
  )
const without = (header: string) => (response: Response) => {
  response.headers.delete(header)
  return response
}

describe('an embed', () => {
  it('that works is told so, check by check, and leaves no session behind', async () => {
    const found = await told({}, {}, html(`connect-src ${SERVER}; img-src data:`))
    expect(found.map(({ verdict, check }) => `${verdict} ${check}`)).toEqual([
      ...['OK server', 'OK clock', 'OK session', 'OK version', 'OK origins', 'OK origins', 'OK session', 'OK page'],
    ])
    expect(await listSessions(db, 'acme', NOW)).toEqual([])
  })

  it.each<[string, World, Partial<Embed>, string[]]>([
    [
      'whose server is not there',
      {
        before: () => {
          throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:4000') })
        },
      },
      {},
      ['FAULT server: https://analytics.example.com does not answer: connect ECONNREFUSED 127.0.0.1:4000.'],
    ],
    [
      'whose proxy answers itself',
      { after: () => new Response('<h1>Welcome to nginx</h1>', { status: 404 }) },
      {},
      ['FAULT server: https://analytics.example.com/health/live is answered 404 by something else.'],
    ],
    [
      'whose server has no https',
      {},
      { server: new URL('http://analytics.example.com') },
      [
        'FAULT server: https://app.example.com has https and http://analytics.example.com does not: browsers refuse that.',
      ],
    ],
    [
      'whose clocks are apart',
      {},
      { now: () => new Date(NOW.getTime() + 400_000) },
      ['FAULT clock: The clock of the server is 400 s behind the one here.'],
    ],
    [
      'without a key',
      {},
      { key: undefined },
      ['SKIPPED session: Without a key no session can be minted, and nothing asked as the page asks.'],
    ],
    [
      'of an account that is not there',
      {},
      { account: 'nobody' },
      ['FAULT session: Minting a session was answered 400 "nobody" is not an account of this tenant.'],
    ],
    [
      'whose proxy takes the origins away',
      { after: without('access-control-allow-origin') },
      {},
      [
        'FAULT origins: The preflight does not allow https://app.example.com, but nobody.',
        'FAULT origins: The answer is not shared with https://app.example.com, but with nobody.',
      ],
    ],
    [
      'whose proxy answers preflights',
      { after: (response, { method }) => (method === 'OPTIONS' ? new Response('', { status: 405 }) : response) },
      {},
      ['FAULT origins: The preflight was answered 405: browsers will not ask.'],
    ],
    [
      'whose proxy lets a cache give an answer to any page',
      { after: without('vary') },
      {},
      ['WARNING origins: The answer does not say "vary: origin": a cache could give it to another page.'],
    ],
    [
      'whose proxy sets the origin',
      {
        before: (request) => {
          if (request.headers.has('origin')) request.headers.set('origin', 'https://app.example.com')
          return request
        },
      },
      {},
      ['FAULT session: A page of https://elsewhere.invalid was answered, too.'],
    ],
    [
      'whose server is older than its pages',
      {
        after: (response, { url, method }) =>
          url.endsWith('/graphql') && method === 'POST'
            ? Response.json({ errors: [{ message: 'older', extensions: { code: 'VERSION_SKEW' } }] }, { status: 409 })
            : response,
      },
      {},
      ['FAULT version: 409 older'],
    ],
  ])('%s is told what is wrong', async (_name, world, more, wanted) => {
    expect(await faults(world, more)).toEqual(wanted)
  })

  it.each([
    ["connect-src 'self'", ['FAULT page: The policy of the page does not let it ask https://analytics.example.com.']],
    [
      "default-src 'self'; img-src data:",
      ['FAULT page: The policy of the page does not let it ask https://analytics.example.com.'],
    ],
    [
      `connect-src ${SERVER}; img-src 'self'`,
      ['WARNING page: Pictures of widgets cannot be saved as PNG from this page.'],
    ],
    [`script-src 'self'`, []],
  ])('on a page with the policy %s is told %o', async (policy, wanted) => {
    expect(await faults({}, {}, html(policy))).toEqual(wanted)
  })

  it('behind a login is told that its page was not seen', async () => {
    const closed = new Response('Please log in', { status: 401 })
    expect(await faults({}, {}, closed)).toEqual([`SKIPPED page: ${PAGE} is answered 401.`])
  })

  it('with a key that may not mint is told so, and no word of it is in the findings', async () => {
    const reading = await aKey(db, 'acme', ['read'])
    const found = JSON.stringify(await told({}, { key: reading }))
    expect(found).toContain('embed:create')
    expect(found).not.toContain(reading.split('_')[2])
  })
})
