import type { Database } from '@nobishiro/prisma'
import { describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { accept } from '../ingest/accept.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query } from '../testing/query.ts'
import { globalId } from './ids.ts'

const basic = (quantity: number) => anItem('basic', quantity, aPrice('1000'), { product: 'crm' })
const pro = (quantity: number) => anItem('pro', quantity, aPrice('1800'), { product: 'crm' })

/** Aozora grows from 10 Basic to 50 Pro in March 2026; Birch stays at 5 Basic and leaves in June 2026; Cedar never paid. */
async function aLedger(db: Database) {
  const context = await aTenant(db)
  const aozora = { account: 'aozora', subscription: 'sub_a' }
  const birch = { account: 'birch', subscription: 'sub_b' }
  await accept(db, context, [
    delivered(
      'a0',
      anAccount('aozora', '2025-01-01T00:00:00.000Z', { name: 'Aozora', region: 'JP', attributes: { tier: 'gold' } }),
    ),
    delivered('a1', aSubscription({ ...aozora, at: '2025-01-10T00:00:00.000Z', items: [basic(10)] })),
    delivered('a2', aSubscription({ ...aozora, at: '2026-03-10T00:00:00.000Z', items: [pro(50)] })),
    delivered('b0', anAccount('birch', '2025-01-01T00:00:00.000Z', { name: 'Birch', parent: 'aozora' })),
    delivered('b1', aSubscription({ ...birch, at: '2025-02-10T00:00:00.000Z', items: [basic(5)] })),
    delivered(
      'b2',
      aSubscription({ ...birch, at: '2026-06-10T00:00:00.000Z', items: [basic(5)], status: 'ENDED', rank: 2 }),
    ),
    delivered('c0', anAccount('cedar', '2025-01-01T00:00:00.000Z', { name: 'Cedar' })),
    delivered('c1', anAccount('cedar', '2026-11-21T12:00:00.000Z', { name: 'Cedar' })),
  ])
  const { tenantId } = context
  const app = anApp(db)
  const token = await aKey(db, tenantId, ['read'])
  return { db, tenantId, app, ask: asker(app, token) }
}

function asker(app: App, token: string) {
  return async <Data = Record<string, unknown>>(text: string, variables: object = {}): Promise<Data> => {
    const { data, errors } = await query(app, { token, query: text, variables })
    expect(errors).toBeUndefined()
    return data as Data
  }
}

eachDatabase((open) => {
  describe('accounts', () => {
    it('come with what they pay, hold and are part of, in pages', async () => {
      const { ask } = await aLedger(await open())
      const fields = `externalId name mrr { amount minor currency } seats firstPaidMonth region parent { name } children { name }
        plans { name rank product { name } } subscriptions { status items { plan { name } quantity mrr { amount } } }`
      const { accounts } = await ask(
        `{ accounts(first: 2) { totalCount pageInfo { hasNextPage endCursor } edges { node { ${fields} } } } }`,
      )
      expect(accounts).toMatchObject({
        totalCount: 3,
        pageInfo: { hasNextPage: true },
        edges: [
          {
            node: {
              externalId: 'aozora',
              mrr: { amount: '900.00', minor: '90000', currency: 'USD' },
              seats: 50,
              firstPaidMonth: '2025-01-01',
              region: 'JP',
              parent: null,
              children: [{ name: 'Birch' }],
              plans: [{ name: 'pro' }],
              subscriptions: [
                { status: 'ACTIVE', items: [{ plan: { name: 'pro' }, quantity: 50, mrr: { amount: '900.00' } }] },
              ],
            },
          },
          { node: { mrr: { amount: '0.00' }, plans: [] } },
        ],
      })
      const after = (accounts as { pageInfo: { endCursor: string } }).pageInfo.endCursor
      const rest = await ask(
        'query ($after: String) { accounts(after: $after) { edges { node { name } } pageInfo { hasNextPage hasPreviousPage } } }',
        { after },
      )
      expect(rest['accounts']).toMatchObject({ edges: [{}], pageInfo: { hasNextPage: false, hasPreviousPage: true } })
    })

    it('are found by global id, by external id and as nodes; unknown ones are null', async () => {
      const { ask } = await aLedger(await open())
      const id = globalId('Account', 'stripe:birch')
      expect(
        await ask(
          'query ($id: ID!) { account(id: $id) { name parent { name } } node(id: $id) { id ... on Account { name } } }',
          { id },
        ),
      ).toEqual({
        account: { name: 'Birch', parent: { name: 'Aozora' } },
        node: { id, name: 'Birch' },
      })
      expect(await ask('{ account(externalId: "birch") { id } }')).toEqual({ account: { id } })
      const nobody = { id: globalId('Account', 'stripe:nobody') }
      expect(await ask('query ($id: ID!) { account(id: $id) { name } node(id: $id) { id } }', nobody)).toEqual({
        account: null,
        node: null,
      })
      const subscription = globalId('Subscription', 'stripe:sub_a')
      expect(
        await ask('query ($id: ID!) { node(id: $id) { ... on Subscription { externalId items { quantity } } } }', {
          id: subscription,
        }),
      ).toEqual({
        node: { externalId: 'sub_a', items: [{ quantity: 50 }] },
      })
    })
  })

  describe('movements', () => {
    it('list their net lines, which sum to the change, with the strategy of each', async () => {
      const { ask } = await aLedger(await open())
      const { revenueMovements } =
        await ask(`{ revenueMovements(where: { range: { start: "2026-03-01", end: "2026-04-01" } }) {
        totalCount totals { kind amount { minor } accounts }
        edges { node { kind month account { name } amount { minor } opening { minor } closing { minor } seatsChange
          strategyParts { strategy amount { minor } }
          lines { amount { minor } strategy rule seatsChange effectiveOn sourceEvent subscriptionId plan { name } } } } } }`)
      expect(revenueMovements).toMatchObject({
        totalCount: 1,
        totals: [{ kind: 'EXPANSION', amount: { minor: '80000' }, accounts: 1 }],
        edges: [
          {
            node: {
              kind: 'EXPANSION',
              month: '2026-03-01',
              account: { name: 'Aozora' },
              amount: { minor: '80000' },
              opening: { minor: '10000' },
              closing: { minor: '90000' },
              seatsChange: 40,
              strategyParts: expect.arrayContaining([
                { strategy: 'SEAT', amount: { minor: '40000' } },
                { strategy: 'UPSELL', amount: { minor: '40000' } },
              ]),
            },
          },
        ],
      })
      type Line = {
        amount: { minor: string }
        strategy: string
        effectiveOn: string
        sourceEvent: string
        rule: number
      }
      const { lines } = (revenueMovements as { edges: { node: { lines: Line[] } }[] }).edges[0]!.node
      expect(lines.reduce((sum, { amount }) => sum + BigInt(amount.minor), 0n)).toBe(80_000n)
      expect(new Set(lines.map(({ strategy }) => strategy))).toEqual(new Set(['SEAT', 'UPSELL']))
      expect(
        lines.every((line) => line.effectiveOn === '2026-03-10' && line.sourceEvent === 'a2' && line.rule === 7),
      ).toBe(true)
    })

    it('of new, lost and returned accounts carry no strategy', async () => {
      const { ask } = await aLedger(await open())
      const { revenueMovements } =
        await ask(`{ revenueMovements(where: { kinds: [NEW, CHURN] }, orderBy: { field: MONTH, direction: ASC }) {
        edges { node { kind account { name } change { minor } strategyParts { strategy } lines { strategy amount { minor } } } } } }`)
      const nodes = (
        revenueMovements as { edges: { node: { kind: string; lines: { strategy: null }[] } }[] }
      ).edges.map(({ node }) => node)
      expect(nodes.map(({ kind }) => kind)).toEqual(['NEW', 'NEW', 'CHURN'])
      for (const node of nodes) {
        expect(node).toMatchObject({ strategyParts: [] })
        expect(node.lines.length).toBeGreaterThan(0)
        expect(node.lines.every(({ strategy }) => strategy === null)).toBe(true)
      }
    })

    it('show a correction as the lines that count, not as what was taken back', async () => {
      const { db, tenantId, ask } = await aLedger(await open())
      const context = { tenantId, source: 'stripe', clock: () => new Date('2026-11-22T00:00:00Z') }
      const late = aSubscription({
        account: 'aozora',
        subscription: 'sub_a',
        at: '2026-02-10T00:00:00.000Z',
        items: [basic(20)],
      })
      await accept(db, context, [delivered('late', late)])
      const { account } = await ask(`{ account(externalId: "aozora") { movements(first: 5) {
        edges { node { month change { minor } lines { amount { minor } sourceEvent } } } } } }`)
      type Node = {
        month: string
        change: { minor: string }
        lines: { amount: { minor: string }; sourceEvent: string }[]
      }
      const nodes = (account as { movements: { edges: { node: Node }[] } }).movements.edges.map(({ node }) => node)
      expect(nodes.map(({ month, change }) => [month, change.minor])).toEqual([
        ['2026-03-01', '70000'],
        ['2026-02-01', '10000'],
        ['2025-01-01', '10000'],
      ])
      for (const { change, lines } of nodes) {
        expect(lines.reduce((sum, { amount }) => sum + BigInt(amount.minor), 0n)).toBe(BigInt(change.minor))
      }
    })
  })

  describe('numbers', () => {
    it('carry their terms, definition, version and completeness', async () => {
      const { ask } = await aLedger(await open())
      const { metrics } =
        await ask(`{ metrics(keys: [nrr, grr, mrr], range: { start: "2026-03-01", end: "2026-05-01" }) {
        definition { key label { en ja } } window currency
        values { period { start end } value reason completeness version numerator { value money { minor } } denominator { value } definition { key version } }
        total { value money { minor } } } }`)
      expect(metrics).toMatchObject([
        {
          definition: { key: 'nrr' },
          window: 12,
          currency: 'USD',
          values: [
            {
              period: { start: '2026-03-01', end: '2026-04-01' },
              completeness: 'COMPLETE',
              version: '1',
              numerator: { value: '950.00', money: { minor: '95000' } },
              denominator: { value: '150.00' },
              definition: { key: 'nrr', version: 'nobishiro/1' },
            },
            {},
          ],
        },
        { definition: { key: 'grr' }, values: [{ value: '1' }, { value: '1' }] },
        { definition: { key: 'mrr' }, total: { value: '950.00', money: { minor: '95000' } } },
      ])
      const [nrr] = metrics as unknown as { values: { value: string }[] }[]
      expect(Number(nrr!.values[0]!.value)).toBeCloseTo(950 / 150, 9)
    })

    it('of the cohort bridge divide to NRR and GRR, and explain lands on them', async () => {
      const { ask } = await aLedger(await open())
      const range = '{ start: "2026-10-01", end: "2026-11-01" }'
      const answer = await ask(`{
        metric(key: nrr, range: ${range}) { total { value } }
        waterfall(population: COHORT, range: ${range}) { nrr reconciles opening { minor } closing { minor } steps { key amount { minor } topAccounts { account { name } } } }
        explain(metric: nrr, at: "2026-10-01") { reconciles difference { minor } value { value } accounts
          spans { totalCount edges { node { account { name } opening { minor } closing { minor } runningTotal { minor } } } }
          bridge { nrr } sentence { en ja } } }`)
      const { metric, waterfall, explain } = answer as Record<string, Record<string, unknown>>
      const nrr = (metric!['total'] as { value: string }).value
      expect(nrr).toBe('6')
      expect(waterfall).toMatchObject({
        nrr,
        reconciles: true,
        opening: { minor: '15000' },
        closing: { minor: '90000' },
      })
      expect(explain).toMatchObject({
        reconciles: true,
        difference: { minor: '0' },
        value: { value: nrr },
        accounts: 2,
        bridge: { nrr },
        spans: { totalCount: 2 },
      })
      const edges = (explain!['spans'] as { edges: { node: { runningTotal: { minor: string } } }[] }).edges
      expect(edges.at(-1)!.node.runningTotal.minor).toBe('75000')
    })

    it('say who asks and how far the data reaches', async () => {
      const { db, tenantId, app, ask } = await aLedger(await open())
      expect(
        await ask(
          '{ viewer { kind tenant { id currency timeZone } accountIds scopes version dataThrough firstMonth } }',
        ),
      ).toEqual({
        viewer: {
          kind: 'TENANT',
          tenant: { id: tenantId, currency: 'USD', timeZone: 'UTC' },
          accountIds: null,
          scopes: ['read'],
          version: '1',
          dataThrough: '2026-11-21',
          firstMonth: '2025-01-01',
        },
      })
      const session = asker(app, await aSession(db, tenantId, ['birch'], { capabilities: ['nrr'] }))
      expect(await session('{ viewer { kind accountIds capabilities scopes firstMonth } }')).toEqual({
        viewer: {
          kind: 'ACCOUNT',
          accountIds: ['stripe:birch'],
          capabilities: ['nrr'],
          scopes: ['read'],
          firstMonth: '2025-02-01',
        },
      })
    })
  })

  describe('faults', () => {
    it('name the argument and what it should be', async () => {
      const db = await open()
      const { app, tenantId } = await aLedger(db)
      const token = await aKey(db, tenantId, ['read'])
      const cases: [string, string, string][] = [
        [
          '{ metric(key: mrr, range: { start: "2026-02-01", end: "2026-01-01" }) { unit } }',
          'range.end',
          'range.end must be after range.start',
        ],
        [
          '{ metric(key: mrr, range: { start: "2026-02-15", end: "2026-04-01" }) { unit } }',
          'range.start',
          'range.start is the first day of a month',
        ],
        ['{ metric(key: nrr, window: 5) { unit } }', 'window', 'it has 12, 3, 1'],
        ['{ metric(key: mrr, currency: "XXQ") { unit } }', 'currency', 'XXQ'],
        ['{ accounts(first: 501) { totalCount } }', 'first', 'first is at most 500'],
        ['{ accounts(after: "x") { totalCount } }', 'after', 'not a cursor'],
        ['{ account(id: "nonsense") { name } }', 'id', 'not an id'],
        [`{ account(id: "${globalId('Plan', 'x')}") { name } }`, 'id', 'the id of a Plan'],
        [`{ node(id: "${globalId('Plan', 'x')}") { id } }`, 'id', 'cannot be asked for by id'],
        ['{ account { name } }', 'id', 'Give either id or externalId'],
        ['{ explain(metric: nrr, at: "2026-01-02") { accounts } }', 'at', 'first day of a month'],
        ['{ metric(key: mrr, where: { accountIds: ["x"] }) { unit } }', 'where.accountIds[0]', 'not an id'],
      ]
      for (const [text, field, message] of cases) {
        const { errors } = await query(app, { token, query: text })
        expect(errors?.[0], text).toMatchObject({
          message: expect.stringContaining(message),
          extensions: { code: 'INVALID_INPUT', field },
        })
      }
    })

    it('of missing scopes and capabilities say which is missing', async () => {
      const db = await open()
      const { app, tenantId } = await aLedger(db)
      const ingest = await aKey(db, tenantId, ['ingest'])
      const read = await aKey(db, tenantId, ['read'])
      const seats = await aSession(db, tenantId, undefined, { capabilities: ['seats'] })
      const birch = await aSession(db, tenantId, ['birch'])
      const cases: [string, string, string][] = [
        [ingest, '{ viewer { kind } }', 'lacks the scope "read"'],
        [
          read,
          'mutation { createEmbedSession(input: { viewer: TENANT, origins: ["https://a.example"] }) { token } }',
          'lacks the scope "embed:create"',
        ],
        [seats, 'mutation { revokeEmbedSessions(input: { all: true }) { revoked } }', 'lacks the scope "embed:create"'],
        [seats, '{ metric(key: nrr) { unit } }', 'lacks the capability "nrr"'],
        [seats, '{ waterfall(population: ALL) { accounts } }', 'lacks the capability "waterfall"'],
        [seats, '{ accounts { totalCount } }', 'lacks the capability "accounts"'],
        [seats, '{ explain(metric: mrr) { accounts } }', 'lacks the capability "explain"'],
        [
          birch,
          '{ metric(key: mrr, where: { attributes: [{ key: "tier", in: ["gold"] }] }) { unit } }',
          'not available to an account viewer',
        ],
      ]
      for (const [token, text, message] of cases) {
        const { errors } = await query(app, { token, query: text })
        expect(errors?.[0], text).toMatchObject({
          message: expect.stringContaining(message),
          extensions: { code: 'FORBIDDEN' },
        })
      }
      expect(
        (await query(app, { token: seats, query: '{ seatGrowth { purchased } metric(key: seats) { unit } }' })).errors,
      ).toBeUndefined()
    })
  })
})
