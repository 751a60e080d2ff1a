import { describe, expect, it } from 'vitest'
import { aTenant } from '../testing/build.ts'
import { counted } from '../testing/counted.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, query } from '../testing/query.ts'

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index))
const nested = (depth: number, leaf = 'id') =>
  `{ accounts(first: 1) { edges { node { ${times(depth, () => 'parent {').join(' ')} ${leaf} ${'}'.repeat(depth)} } } } }`
const nestedPages = (first: number | string, inner: number | string) =>
  `accounts(first: ${first}) { edges { node { movements(first: ${inner}) { edges { node { id } } } } } }`
const pages = (first: number | string) => nestedPages(first, first)

/** What a key must not ask, and with which variables. */
const costly: [name: string, query: string, variables?: object][] = [
  ...[80, 100, 200, 300, 500].map((n): [string, string] => [`pages of ${n} in pages of ${n}`, `{ ${pages(n)} }`]),
  ...[100, 500, 2_000_000_000].map((n): [string, string, object] => [
    `the same by a variable, ${n}`,
    `query ($n: Int) { ${pages('$n')} }`,
    { n },
  ]),
  [
    'pages of their usual size, four deep',
    '{ accounts { edges { node { movements { edges { node { account { movements { edges { node { id } } } } } } } } } } }',
  ],
  [
    'pages from the end',
    '{ accounts(last: 500) { edges { node { movements(last: 500) { edges { node { id } } } } } } }',
  ],
  ...[9, 12, 40, 100].map((n): [string, string] => [`${n} parents deep`, nested(n)]),
  ...[31, 60, 90].map((n): [string, string] => [
    `${n} aliases`,
    `{ ${times(n, (i) => `a${i}: viewer { kind }`).join(' ')} }`,
  ]),
  ...[12, 50].map((n): [string, string] => [
    `${n} directives`,
    `{ ${times(n / 2, (i) => `a${i}: viewer @include(if: true) { kind @skip(if: false) }`).join(' ')} }`,
  ]),
  ['1,001 tokens', `{ viewer { ${times(1_000, () => 'kind').join(' ')} } }`],
  ['100,000 tokens', `{ viewer { ${times(100_000, () => 'kind').join(' ')} } }`],
  [
    'fragments that double',
    `{ ...f0 } ${times(12, (i) => `fragment f${i} on Query { a${i}: viewer { kind } ...f${i + 1} ...f${i + 1} }`).join(' ')} fragment f12 on Query { viewer { kind } }`,
  ],
  ['fragments in a circle', '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }'],
  [
    'aliases in fragments',
    `{ ...f ...g } fragment f on Query { ${times(16, (i) => `a${i}: viewer { kind }`).join(' ')} } fragment g on Query { ${times(16, (i) => `b${i}: viewer { kind }`).join(' ')} }`,
  ],
  [
    'every metric five times',
    `query ($keys: [MetricKey!]!) { ${times(20, (i) => `a${i}: metrics(keys: $keys) { unit }`).join(' ')} }`,
    { keys: times(30, () => 'nrr') },
  ],
  [
    'metrics by account attribute, often',
    `{ ${times(30, (i) => `a${i}: metrics(keys: [nrr, mrr, grr], by: [{ kind: PLAN }, { kind: REGION }], first: 200) { unit }`).join(' ')} }`,
  ],
  ['many reports', `{ ${times(30, (i) => `a${i}: ${pages(20)}`).join(' ')} }`],
  [
    'variables nested without end',
    'mutation ($rule: SegmentRuleInput!) { saveSegment(input: { name: "x", rule: $rule }) { id } }',
    { rule: times(200, () => 'not').reduce<object>((rule, name) => ({ [name]: rule }), { seats: { min: 1 } }) },
  ],
  [
    'movements of every account of every movement',
    '{ revenueMovements(first: 500) { edges { node { account { movements(first: 500) { edges { node { id } } } } } } } }',
  ],
  [
    'lines of every movement',
    '{ revenueMovements(first: 500) { edges { node { lines { id account { movements(first: 100) { totalCount edges { node { id } } } } } } } } }',
  ],
]

eachDatabase((open) => {
  describe('a costly operation', () => {
    it('is refused without a transaction beyond a look-up of the version', async () => {
      expect(costly.length).toBeGreaterThanOrEqual(30)
      const db = counted(await open())
      const { tenantId } = await aTenant(db)
      const app = anApp(db)
      const key = await aKey(db, tenantId, ['admin'])
      // The credential and the version of the ledger are known from then on.
      await query(app, { token: key, query: '{ viewer { kind } }' })
      for (const [name, text, variables] of costly) {
        const before = db.transactions
        const { status, errors } = await query(app, {
          token: key,
          query: text,
          headers: { accept: 'application/graphql-response+json' },
          ...(variables ? { variables } : {}),
        })
        expect(errors?.length, name).toBeGreaterThan(0)
        expect([400, 413], name).toContain(status)
        expect(db.transactions - before, name).toBeLessThanOrEqual(1)
      }
    })

    it('passes exactly at the limit, and not one row above', async () => {
      const db = await open()
      const { tenantId } = await aTenant(db)
      const app = anApp(db)
      const key = await aKey(db, tenantId)
      // 1 + 48 x (2 + 100) rows, and 1 + 1 x (2 + n) more.
      const ask = (n: number) =>
        query(app, { token: key, query: `{ a: ${nestedPages(48, 100)} b: ${nestedPages(1, n)} }` })
      expect((await ask(100)).errors).toBeUndefined()
      const { errors } = await ask(101)
      expect(errors?.[0]?.message).toBe(
        'The operation would read about 5001 rows; the limit is 5000. Ask for smaller pages.',
      )
    })
  })
})
