import type { Database } from '@nobishiro/prisma'
import type { App } from '../../app.ts'
import { anApp } from '../query.ts'
import { delivery, SERVER_SECRET, TENANT } from './deliveries.ts'

const ADDRESS = 'http://localhost'
const MAKE = 'mutation { createApiKey(input: { name: "bi", scopes: ["read"] }) { id } }'

/** A server over a database, with the clock of its deliveries. */
export const aServer = (db: Database): App => anApp(db, { secret: SERVER_SECRET, now: () => new Date() })

/** Every way to have something kept: each request is new, and the same at each call. */
export function attempts(key: string): Record<string, () => Request> {
  const post =
    (path: string, type: string, body: string, more: Record<string, string> = {}) =>
    () =>
      new Request(`${ADDRESS}${path}`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${key}`, 'content-type': type, ...more },
      })
  const session = JSON.stringify({ viewer: 'TENANT', origins: ['https://app.example.com'] })
  return {
    'a webhook': () => delivery('webhook', 1, key).request(ADDRESS),
    'a batch under a key': () => delivery('batch', 1, key).request(ADDRESS),
    'a batch': () => delivery('batch', 2, key).request(ADDRESS),
    'a file': post('/ingest/files?kind=accounts', 'text/csv', 'account,name\nA-1,Acme\nA-2,Bolt\n'),
    'a mutation': post('/graphql', 'application/json', JSON.stringify({ query: MAKE })),
    'a mutation under a key': post('/graphql', 'application/json', JSON.stringify({ query: MAKE }), {
      'idempotency-key': 'once',
    }),
    'a session': post('/embed/sessions', 'application/json', session),
  }
}

/** What each of them is answered, all at once: status, code, and whether the request id is in the answer. */
export async function tryAll(app: App, key: string): Promise<Record<string, string>> {
  const answers = Object.entries(attempts(key)).map(async ([name, request]) => {
    const response = await app(request())
    const text = await response.text()
    const id = response.headers.get('x-request-id') ?? ''
    const [error] = (JSON.parse(text) as { errors?: { extensions: { code: string } }[] }).errors ?? [] // as all our answers
    const said = error ? `${error.extensions.code}${text.includes(id) ? '' : ' without its id'}` : 'kept'
    return [name, `${response.status} ${said}`] as const
  })
  return Object.fromEntries(await Promise.all(answers))
}

/** The same for each of them. */
export const allAre = (wanted: string): Record<string, string> =>
  Object.fromEntries(Object.keys(attempts('')).map((name) => [name, wanted]))

/** What they are answered when all of them count, once. */
export const KEPT = { ...allAre('200 kept'), 'a session': '201 kept' }

/** What there is of them: of each exactly one, or of none anything. */
export const kept = (db: Database) =>
  db.withTenant({ tenantId: TENANT, viewer: 'TENANT' }, async (tx) => ({
    events: await tx.inbox.count(),
    lines: await tx.ledgerLine.count(),
    accounts: await tx.account.count(),
    keys: await tx.apiKey.count({ where: { name: 'bi' } }),
    sessions: await tx.embedSession.count(),
    answers: await tx.idempotentAnswer.count(),
  }))

export const NOTHING = { events: 0, lines: 0, accounts: 0, keys: 0, sessions: 0, answers: 0 }
export const EVERYTHING = { events: 83, lines: 81, accounts: 5, keys: 2, sessions: 1, answers: 2 }
