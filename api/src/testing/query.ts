import type { Database } from '@nobishiro/prisma'
import { createKey } from '../access/keys.ts'
import { mintSession } from '../access/sessions.ts'
import { type App, type AppDependencies, createApp } from '../app.ts'
import { createFactsCache } from '../facts/facts-cache.ts'
import { listeningLogger, listeningTrace } from './what-was-said.ts'

export const TEST_SECRET = 'a secret of forty characters for testing'
export const TEST_ORIGIN = 'https://app.example.com'
const NOW = new Date('2026-11-22T00:00:00Z')

export type Answer = {
  status: number
  headers: Headers
  data: unknown
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[] | undefined
  extensions: Record<string, unknown> | undefined
  /** The body as it was sent. */
  text: string
}

/** As if a tenant had registered whatever its sessions ask: tests ask what comes to mind. */
const everyDocument = { find: async (_tenantId: string, sha256: string) => sha256 }

/** The whole server over a database, without a socket. */
export function anApp(db: Database, overrides: Partial<AppDependencies> = {}): App {
  const now = overrides.now ?? (() => NOW)
  return createApp({
    db,
    now,
    factsCache: createFactsCache({ database: db, now }),
    logger: listeningLogger,
    trace: listeningTrace,
    secret: TEST_SECRET,
    documents: everyDocument,
    production: false,
    origins: [],
    ...overrides,
  })
}

/** A key of the tenant; it may read and mint sessions unless said otherwise. */
export async function aKey(db: Database, tenantId: string, scopes = ['read', 'embed:create']): Promise<string> {
  return (await createKey(db, { tenantId, name: 'test', scopes, by: 'test', now: NOW })).token
}

/** A session of the tenant, or of some of its accounts. */
export async function aSession(
  db: Database,
  tenantId: string,
  accountIds?: string[],
  more: object = {},
): Promise<string> {
  const viewer = accountIds ? { viewer: 'ACCOUNT', accountIds } : { viewer: 'TENANT' }
  const session = await mintSession(
    db,
    { tenantId, keyId: 'test' },
    { ...viewer, origins: [TEST_ORIGIN], ...more },
    NOW,
  )
  return session.token
}

type Operation = {
  token?: string
  query: string
  variables?: object
  operationName?: string
  headers?: Record<string, string>
}

/** Runs one operation against the server; a session's token comes from its page. */
export async function query(app: App, { token, headers = {}, ...body }: Operation): Promise<Answer> {
  const request = new Request('http://localhost/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(token?.startsWith('nbs_') ? { origin: TEST_ORIGIN } : {}),
      ...headers,
    },
    body: JSON.stringify(body),
  })
  const response = await app(request)
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: undefined,
    errors: undefined,
    extensions: undefined,
    ...(text === '' ? {} : JSON.parse(text)),
  }
}
