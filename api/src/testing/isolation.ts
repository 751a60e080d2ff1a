import type { Database } from '@nobishiro/prisma'
import { expect } from 'vitest'
import { createKey } from '../access/keys.ts'
import { shareAccounts } from '../access/shares.ts'
import type { App } from '../app.ts'
import { correct } from '../corrections/correct.ts'
import { globalId } from '../graphql/ids.ts'
import { accept } from '../ingest/accept.ts'
import { contact } from '../ingest/sources/observed.ts'
import { saveSegment } from '../segments/save-segment.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from './build.ts'
import { aSession, query } from './query.ts'

const NOW = new Date('2026-11-22T00:00:00Z')

/** Distinct primes: an amount of one account is never that of another, nor a sum of its own. */
export const HOLDINGS = {
  'tenant-a': { mine: [1_000_003, 1_000_033], sibling: [3_000_017, 3_000_029] },
  'tenant-b': { foreign: [7_000_003, 7_000_009] },
} as const

export const ids = (kind: 'Account' | 'Subscription', accounts: readonly string[]) =>
  accounts.map((name) => globalId(kind, kind === 'Account' ? `stripe:${name}` : `stripe:sub-${name}`))
const EVERYONE = ['mine', 'sibling', 'foreign']
export const CANDIDATES = {
  id: [...ids('Account', EVERYONE), ...ids('Subscription', EVERYONE)],
  ids: ids('Account', EVERYONE),
  accountIds: ids('Account', EVERYONE),
  parentIds: ids('Account', EVERYONE),
  externalId: EVERYONE,
  search: ['sentinel', 'foreign', 'sibling'],
  region: ['sentinel-region-foreign', 'sentinel-region-sibling', 'sentinel-region-mine'],
  productId: EVERYONE.map((name) => globalId('Product', `stripe:${name}`)),
  cohort: ['2025-02-01'],
  planId: EVERYONE.map((name) => globalId('Plan', `stripe:${name}/${name}`)),
  paying: [true, false],
  window: [1, 3, 12],
  at: ['2026-10-01', '2026-03-01'],
  start: ['2025-01-01'],
  end: ['2027-01-01'],
  currency: ['USD'],
  key: ['note'],
  column: ['arpa'],
  segmentIds: [globalId('Segment', 'sentinel')],
  in: ['sentinel-note-foreign', 'sentinel-note-sibling'],
}

export type Walked = { field: string; query: string; text: string; data: unknown }

/** Each credential serves some operations only, so that the allowance of one does not end the walk. */
export async function runAll(
  app: App,
  operations: readonly { field: string; query: string }[],
  credential: () => Promise<string>,
): Promise<Walked[]> {
  const answers: Walked[] = []
  let token = ''
  for (const [index, operation] of operations.entries()) {
    if (index % 50 === 0) token = await credential()
    const { status, text, data, errors } = await query(app, { token, query: operation.query })
    const codes = (errors ?? []).map(({ extensions }) => extensions['code'])
    expect([200, 403], `${operation.query}: ${text}`).toContain(status)
    for (const code of codes)
      expect(['INVALID_INPUT', 'FORBIDDEN', 'NOT_FOUND'], `${operation.query}: ${text}`).toContain(code)
    answers.push({ ...operation, text, data })
  }
  return answers
}

export function expectSeen(answers: readonly Walked[], accounts: readonly string[], except: readonly string[] = []) {
  const everything = answers.map(({ text }) => text).join('\n')
  const wanted = accounts.flatMap(secretsOf).filter((secret) => !except.includes(secret))
  for (const secret of wanted) expect(everything.includes(secret), secret).toBe(true)
}

export function expectUnseen(answers: readonly Walked[], accounts: readonly string[]) {
  for (const { query: asked, text } of answers) {
    for (const secret of accounts.flatMap(secretsOf))
      expect(text.includes(secret), `${secret} in the answer to ${asked}`).toBe(false)
  }
}

/** Texts and amounts of an account that nobody else has. */
export function secretsOf(account: string): string[] {
  const [opening, closing] = Object.values(HOLDINGS)
    .flatMap((tenant) => Object.entries(tenant))
    .find(([name]) => name === account)![1]
  const amounts = [opening, closing, closing - opening]
  return [
    `sentinel-name-${account}`,
    `"${account}"`,
    `sentinel-reason-${account}`,
    `sentinel-partner-${account}`,
    ...amounts.slice(0, 2).flatMap((minor) => [`"${minor}"`, `"${minor / 100}"`]),
  ]
}

export async function aPowerfulKey(db: Database, tenantId: string): Promise<string> {
  return (await createKey(db, { tenantId, name: 'walker', scopes: ['admin'], by: 'test', now: new Date() })).token
}

export async function fill(db: Database, tenantId: keyof typeof HOLDINGS): Promise<void> {
  const context = await aTenant(db, { id: tenantId })
  for (const [account, [opening, closing]] of Object.entries(HOLDINGS[tenantId])) {
    const holding = (minor: number, at: string) =>
      aSubscription({
        account,
        subscription: `sub-${account}`,
        at,
        items: [
          anItem(account, 1, aPrice(String(minor)), {
            product: account,
            item: `si-${account}`,
            region: `sentinel-region-${account}`,
          }),
        ],
      })
    const profile = {
      name: `sentinel-name-${account}`,
      region: `sentinel-region-${account}`,
      attributes: { note: `sentinel-note-${account}`, partner: `sentinel-partner-${account}` },
    }
    await accept(db, context, [
      delivered(`${account}-1`, anAccount(account, '2025-02-01T00:00:00.000Z', profile)),
      delivered(`${account}-2`, holding(opening, '2025-02-10T00:00:00.000Z')),
      delivered(`${account}-3`, holding(closing, '2026-03-10T00:00:00.000Z')),
      delivered(
        `${account}-4`,
        contact({
          account,
          at: '2026-03-11T00:00:00.000Z',
          day: '2026-03-11',
          contact: 'c',
          name: `sentinel-note-${account}`,
        }),
      ),
    ])
    const asked = { kind: 'RECLASSIFY_MOVEMENT', account, month: '2026-03', to: 'USAGE' } as const
    const reason = `sentinel-reason-${account}`
    await correct(db, { ...context, by: 'key:k' }, { asked, reason, idempotencyKey: account })
  }
}

/** What of an account is the vendor's own affair, and no viewer of some accounts is shown. */
const KEPT = ['reason', 'partner', 'note'].map((kind) => `sentinel-${kind}-mine`)

/** Done once for a database: doing it again would move the version. */
function once<T>(work: (db: Database) => Promise<T>): (db: Database) => Promise<T> {
  const done = new WeakMap<Database, Promise<T>>()
  return (db) => {
    const result = done.get(db) ?? work(db)
    done.set(db, result)
    return result
  }
}

const segmentOfMine = once((db) =>
  saveSegment(db, { tenantId: 'tenant-a', now: NOW }, { name: 'mine', rule: { region: ['sentinel-region-mine'] } }),
)
const CHANGE = { tenantId: 'tenant-a', by: 'test', now: NOW }
const shareMine = once((db) => shareAccounts(db, CHANGE, { partner: 'globex', accountIds: ['mine'] }))

/** The viewers of one account of tenant-a, "mine": by its name, by a segment, by filters, and as a partner. */
export const LIMITED: Record<string, (db: Database) => Promise<string>> = {
  'a session of one account': (db) => aSession(db, 'tenant-a', ['mine']),
  'a session for a segment': async (db) =>
    aSession(db, 'tenant-a', undefined, { viewer: 'SEGMENT', segmentIds: [(await segmentOfMine(db)).id] }),
  'a session with filters': (db) =>
    aSession(db, 'tenant-a', undefined, {
      filters: { not: { attribute: { key: 'note', in: ['sentinel-note-sibling'] } } },
    }),
  'a key of a partner': async (db) => {
    await shareMine(db)
    return (await createKey(db, { ...CHANGE, name: 'globex', partner: 'globex', scopes: ['read'] })).token
  },
}

/** Walks every operation as a viewer of "mine" alone, who sees it, and nothing else. */
export async function expectMineAlone(
  app: App,
  operations: readonly { field: string; query: string }[],
  credential: () => Promise<string>,
): Promise<void> {
  const answers = await runAll(app, operations, credential)
  expectSeen(answers, ['mine'], KEPT)
  expect(answers.filter(({ text }) => KEPT.some((secret) => text.includes(secret)))).toEqual([])
  expectUnseen(answers, ['sibling', 'foreign'])
}
