import { describe, expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { aSubscription, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aLedger, basic } from '../testing/small-ledger.ts'
import { globalId } from './ids.ts'

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
})
