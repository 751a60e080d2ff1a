import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { verify } from '../ledger/verify.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query } from '../testing/query.ts'
import { asker } from '../testing/small-ledger.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const DAY = 86_400_000
const ago = (days: number) => new Date(NOW.getTime() - days * DAY).toISOString()
const monthAgo = (days: number) => `${ago(days).slice(0, 7)}-01`
const seats = (quantity: number) => anItem('core', quantity, aPrice('1000'))

const HISTORY = [
  delivered('a1', aSubscription({ at: ago(1000), items: [seats(10)] })),
  delivered('a2', aSubscription({ at: ago(600), items: [seats(20)] })),
  delivered('a3', aSubscription({ at: ago(300), items: [seats(30)] })),
  delivered('b1', aSubscription({ at: ago(900), items: [seats(4)], account: 'birch', subscription: 'sub_b' })),
  delivered('b2', aSubscription({ at: ago(1), items: [seats(8)], account: 'birch', subscription: 'sub_b' })),
]
/** Said 400 days ago, heard only now: five seats more until 300 days ago. */
const DELAYED = delivered('late', aSubscription({ at: ago(400), items: [seats(25)] }))
/** Told now: there were 25 seats from 400 days ago on, and nothing else since. */
const CORRECTED = delivered('late', aSubscription({ at: ago(0), effectiveAt: ago(400), items: [seats(25)] }))

const MONTHS = `query Months($asOf: DateTime) {
  metric(key: mrr, range: { start: "2024-01-01", end: "2026-11-01" }, asOf: $asOf) { values { period { start } value completeness restatedSince } }
  revenueMovements(asOf: $asOf, first: 100) { edges { node { month kind change { minor } completeness lines { amount { minor } sourceEvent } } } }
}`
const RESTATEMENTS = `query Restatements($range: DateRange, $asOf: DateTime) {
  restatements(range: $range, first: 40, asOf: $asOf) {
    totalCount
    edges { node {
      month closedAt closedBy closeReason restatedSince accounts
      reported { opening { minor } expansion { minor } contraction { minor } closing { minor } }
      now { opening { minor } expansion { minor } contraction { minor } closing { minor } }
      difference { closing { minor } expansion { minor } }
      linesTotal { minor } reconciles
      lines(first: 9) { totalCount edges { node { isReversal account { name } line { amount { minor } sourceEvent recordedAt } } } }
    } }
  }
}`

type Value = { period: { start: string }; value: string; completeness: string; restatedSince: string | null }
type Months = { metric: { values: Value[] }; revenueMovements: object }
type Amount = { minor: string }
type Figures = { opening: Amount; expansion: Amount; contraction: Amount; closing: Amount }
type Node = {
  month: string
  closedBy: string
  closeReason: string | null
  restatedSince: string
  accounts: number
  reported: Figures
  now: Figures
  difference: Pick<Figures, 'closing' | 'expansion'>
  linesTotal: Amount
  reconciles: boolean
  lines: {
    totalCount: number
    edges: { node: { isReversal: boolean; account: { name: string }; line: { amount: Amount; sourceEvent: string } } }[]
  }
}
type Restated = { restatements: { totalCount: number; edges: { node: Node }[] } }

const pause = () => new Promise((resolve) => setTimeout(resolve, 5))

eachDatabase((open) => {
  it.each([
    ['until what was said later', DELAYED, monthAgo(300)],
    ['to this day', CORRECTED, '2026-10-01'],
  ])('an event dated 400 days back restates the months that it changes, %s', async (_, late, last) => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, HISTORY)
    const ask = asker(anApp(db), await aKey(db, context.tenantId, ['read', 'admin']))
    const before = await ask<Months>(MONTHS)
    expect(new Set(before.metric.values.map(({ completeness }) => completeness))).toEqual(new Set(['COMPLETE']))
    expect((await ask<Restated>(RESTATEMENTS)).restatements.totalCount).toBe(0)

    await pause()
    const asOf = new Date().toISOString()
    await pause()
    await accept(db, context, [late])
    const fresh = asker(anApp(db, { now: () => new Date('2026-11-22T00:00:01Z') }), await aKey(db, context.tenantId))
    const now = await fresh<Months>(MONTHS)

    const restated = now.metric.values.filter(({ completeness }) => completeness === 'RESTATED')
    expect(restated.map(({ period }) => period.start)).toEqual(monthsBetween(monthAgo(400), last))
    for (const value of now.metric.values) {
      const was = before.metric.values.find(({ period }) => period.start === value.period.start)
      if (value.completeness === 'COMPLETE') expect(value).toEqual(was)
      else expect(value.restatedSince).not.toBeNull()
    }

    const listed = await fresh<Restated>(RESTATEMENTS)
    const nodes = listed.restatements.edges.map(({ node }) => node)
    expect(nodes.map(({ month }) => month).reverse()).toEqual(restated.map(({ period }) => period.start))
    for (const node of nodes) {
      const value = (all: Months) => all.metric.values.find(({ period }) => period.start === node.month)?.value
      const major = ({ minor }: Amount) => (Number(minor) / 100).toFixed(2)
      expect([major(node.reported.closing), major(node.now.closing)]).toEqual([value(before), value(now)])
      expect(node).toMatchObject({ closedBy: 'WATERMARK', accounts: 1, reconciles: true })
      const amounts = node.lines.edges.map(({ node: { line } }) => Number(line.amount.minor))
      expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(Number(node.difference.closing.minor))
      expect(node.linesTotal).toEqual(node.difference.closing)
      expect(new Set(node.lines.edges.map((edge) => edge.node.account.name))).toEqual(new Set(['acme']))
    }
    const first = nodes.at(-1)
    expect(
      first?.lines.edges.map(({ node }) => [node.isReversal, node.line.amount.minor, node.line.sourceEvent]),
    ).toEqual([[false, '5000', 'late']])
    expect([first?.reported.expansion.minor, first?.now.expansion.minor]).toEqual(['0', '5000'])

    const then = asker(anApp(db, { now: () => new Date() }), await aKey(db, context.tenantId))
    // As of an instant before the event arrived, the clock stands in another month: the months themselves are the same.
    expect((await then<Months>(MONTHS, { asOf })).metric.values.map(plain)).toEqual(before.metric.values.map(plain))
    expect((await then<Restated>(RESTATEMENTS, { asOf })).restatements.totalCount).toBe(0)
    expect((await then<Restated>(RESTATEMENTS, { asOf: new Date().toISOString() })).restatements).toEqual(
      listed.restatements,
    )
    expect((await verify(db, context.tenantId, NOW)).checks.flatMap(({ problems }) => problems)).toEqual([])
  })

  it('a month that a person closes again is reported anew, and only that month', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, HISTORY)
    await accept(db, context, [CORRECTED])
    const admin = await aKey(db, context.tenantId, ['admin'])
    const app = anApp(db)
    const close = 'mutation ($month: Date!) { closeMonth(month: $month, reason: "audited") { month version reason } }'
    const closed = await query(app, { token: admin, query: close, variables: { month: '2026-10-01' } })
    expect(closed.data).toMatchObject({ closeMonth: { month: '2026-10-01', reason: 'audited' } })
    const ask = asker(app, admin)
    const october = { range: { start: '2026-09-01', end: '2026-11-01' } }
    const months = async () => (await ask<Restated>(RESTATEMENTS, october)).restatements.edges.map(({ node }) => node)
    expect((await months()).map(({ month }) => month)).toEqual(['2026-09-01'])
    await accept(db, context, [
      delivered('later', aSubscription({ at: ago(0), effectiveAt: ago(40), items: [seats(26)], rank: 2 })),
    ])
    const again = asker(anApp(db), admin)
    const [node] = (await again<Restated>(RESTATEMENTS, october)).restatements.edges
    expect(node?.node).toMatchObject({
      month: '2026-10-01',
      closedBy: 'PERSON',
      closeReason: 'audited',
      reconciles: true,
    })
    expect(node?.node.difference.closing.minor).toBe('1000')
  })

  it.each([
    ['2026-11-01', 'is not over'],
    ['2026-10-02', 'first day of a month'],
  ])('closing %s is refused by name', async (month, message) => {
    const db = await open()
    const { tenantId } = await aTenant(db)
    const close = `mutation { closeMonth(month: "${month}") { version } }`
    const { errors } = await query(anApp(db), { token: await aKey(db, tenantId, ['admin']), query: close })
    expect(errors?.[0]?.message).toContain(message)
    const reading = await query(anApp(db), { token: await aKey(db, tenantId, ['read']), query: close })
    expect(reading.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('a viewer of some accounts sees its own restated months, and nothing of those of others', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, HISTORY)
    await accept(db, context, [CORRECTED])
    const counts = async (account: string) => {
      const token = await aSession(db, context.tenantId, [account])
      const ask = asker(anApp(db), token)
      return [
        (await ask<Restated>(RESTATEMENTS)).restatements.totalCount,
        (await ask<Months>(MONTHS)).metric.values.filter(({ completeness }) => completeness === 'RESTATED').length,
      ]
    }
    expect(await counts('acme')).toEqual([13, 13])
    expect(await counts('birch')).toEqual([0, 0])
  })
})

const plain = ({ period, value, completeness, restatedSince }: Value) => ({
  period,
  value,
  completeness,
  restatedSince,
})

function monthsBetween(first: string, last: string): string[] {
  const months: string[] = []
  for (let at = new Date(first); at.toISOString().slice(0, 10) <= last; at.setUTCMonth(at.getUTCMonth() + 1))
    months.push(at.toISOString().slice(0, 10))
  return months
}
