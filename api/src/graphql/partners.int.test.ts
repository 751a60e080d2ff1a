import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { resolveConflict } from '../ingest/resolve-conflict.ts'
import { verify } from '../ledger/verify.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query } from '../testing/query.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const seats = (quantity: number) => [anItem('core', quantity, aPrice('1000'))]
const attributedTo = (partner?: string) => (partner === undefined ? {} : { attributes: { partner } })
const told = (id: string, account: string, at: string, partner?: string) =>
  delivered(id, anAccount(account, at, { name: account, ...attributedTo(partner) }))
const sold = (id: string, account: string, at: string, quantity: number) =>
  delivered(id, aSubscription({ account, subscription: `sub_${account}`, at, items: seats(quantity) }))

/** In Tokyo: `acme` comes from North and goes to South on 1 September, `birch` is North's, `cedar` is nobody's. */
const STORY = [
  told('a1', 'acme', '2026-01-05T00:00:00.000Z', 'North'),
  sold('a2', 'acme', '2026-01-10T00:00:00.000Z', 10),
  sold('a3', 'acme', '2026-05-10T00:00:00.000Z', 12),
  told('a4', 'acme', '2026-08-31T16:00:00.000Z', 'South'),
  sold('a5', 'acme', '2026-10-10T00:00:00.000Z', 17),
  told('b1', 'birch', '2026-01-05T00:00:00.000Z', 'North'),
  sold('b2', 'birch', '2026-02-10T00:00:00.000Z', 4),
  told('c1', 'cedar', '2026-01-05T00:00:00.000Z'),
  sold('c2', 'cedar', '2026-02-10T00:00:00.000Z', 1),
]
const LIST = `query Partners($asOf: DateTime) {
  partners(asOf: $asOf, range: { start: "2026-01-01", end: "2026-11-01" }) {
    totalCount
    period { start end }
    edges { node { name accounts payingAccounts mrr { amount } expansion { amount } } }
  }
}`
const MOVEMENTS = `{
  revenueMovements(orderBy: { field: MONTH, direction: ASC }) {
    edges { node { month partner account { externalId partner } lines { effectiveOn partner } } }
  }
}`

eachDatabase((open) => {
  it('partners have their accounts, movements and lines theirs of the time; other viewers see none', async () => {
    const db = await open()
    const context = await aTenant(db, { timeZone: 'Asia/Tokyo' })
    await accept(db, context, STORY)
    const app = anApp(db, { now: () => NOW })
    const token = await aKey(db, context.tenantId, ['read'])
    const expected = {
      partners: {
        totalCount: 2,
        period: { start: '2026-01-01', end: '2026-11-01' },
        edges: [
          {
            node: {
              ...{ name: 'South', accounts: 1, payingAccounts: 1 },
              ...{ mrr: { amount: '170.00' }, expansion: { amount: '50.00' } },
            },
          },
          {
            node: {
              ...{ name: 'North', accounts: 1, payingAccounts: 1 },
              ...{ mrr: { amount: '40.00' }, expansion: { amount: '20.00' } },
            },
          },
        ],
      },
    }
    expect((await query(app, { token, query: LIST })).data).toEqual(expected)

    const shown = await query(app, { token, query: MOVEMENTS })
    expect(shown.errors).toBeUndefined()
    type Node = {
      month: string
      partner: string | null
      account: { externalId: string; partner: string | null }
      lines: { effectiveOn: string; partner: string | null }[]
    }
    const { edges } = (shown.data as { revenueMovements: { edges: { node: Node }[] } }).revenueMovements
    const rows = edges.map(({ node: { month, partner, account, lines } }) => [
      month,
      account.externalId,
      partner,
      account.partner,
      ...lines.map((line) => line.partner),
    ])
    expect(rows.sort()).toEqual([
      ['2026-01-01', 'acme', 'North', 'South', 'North'],
      ['2026-02-01', 'birch', 'North', 'North', 'North'],
      ['2026-02-01', 'cedar', null, null, null],
      ['2026-05-01', 'acme', 'North', 'South', 'North'],
      ['2026-10-01', 'acme', 'South', 'South', 'South'],
    ])

    await new Promise((resolve) => setTimeout(resolve, 5))
    const asOf = new Date().toISOString()
    await new Promise((resolve) => setTimeout(resolve, 5))
    await accept(db, context, [told('b3', 'birch', '2026-03-01T00:00:00.000Z', 'East')])
    const later = anApp(db, { now: () => new Date() })
    const names = ({ data }: { data?: unknown }) =>
      (data as typeof expected).partners.edges.map(({ node }) => node.name)
    expect(names(await query(later, { token, query: LIST }))).toEqual(['South', 'East', 'North'])
    expect(names(await query(later, { token, query: LIST, variables: { asOf } }))).toEqual(['South', 'North'])

    expect((await verify(db, context.tenantId, NOW)).ok).toBe(true)

    const own = await aSession(db, context.tenantId, ['acme'])
    const refused = await query(app, { token: own, query: LIST })
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
    const hidden = JSON.stringify((await query(app, { token: own, query: MOVEMENTS })).data)
    expect(hidden).toContain('"acme"')
    expect(hidden).not.toMatch(/North|South/)
  })

  it('the order of delivery decides nothing, and a word that is withdrawn is as if never said', async () => {
    const db = await open()
    const context = await aTenant(db, { timeZone: 'Asia/Tokyo' })
    for (const delivery of [...STORY].reverse()) await accept(db, context, [delivery])
    await accept(db, context, [told('d1', 'dune', '2026-02-01T00:00:00.000Z', 'West')])
    await accept(db, context, [told('d1', 'dune', '2026-02-01T00:00:00.000Z')])
    const token = await aKey(db, context.tenantId, ['read'])
    const shown = async () => {
      const { data } = await query(anApp(db, { now: () => NOW }), { token, query: LIST })
      const { edges } = (data as { partners: { edges: { node: { name: string; expansion: { amount: string } } }[] } })
        .partners
      return edges.map(({ node }) => [node.name, node.expansion.amount])
    }
    const story = [
      ['South', '50.00'],
      ['North', '20.00'],
    ]
    expect(await shown()).toEqual([...story, ['West', '0.00']])
    await resolveConflict(db, context, { source: 'stripe', externalId: 'd1', keep: 'second', reason: 'nobody is' })
    expect(await shown()).toEqual(story)
    expect((await verify(db, context.tenantId, NOW)).checks.flatMap(({ problems }) => problems)).toEqual([])
  })
})
