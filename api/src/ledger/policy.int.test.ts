import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exportArchive } from '../archive/export-archive.ts'
import { restoreArchive } from '../archive/restore-archive.ts'
import { accept } from '../ingest/accept.ts'
import type { SubscriptionState } from '../ingest/event.ts'
import { replayInbox } from '../ingest/replay-inbox.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, query } from '../testing/query.ts'
import { verify } from './verify.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const ten = anItem('core', 10, aPrice('1000'))
const HISTORY = [
  delivered('e1', aSubscription({ at: '2026-01-10T00:00:00.000Z', items: [ten] })),
  delivered('e2', aSubscription({ at: '2026-03-10T00:00:00.000Z', items: [ten], status: 'PAUSED' })),
  delivered('b1', aSubscription({ at: '2026-11-20T00:00:00.000Z', items: [ten], account: 'b', subscription: 'sub_b' })),
]
const QUESTION = `query Mrr($asOf: DateTime) {
  metric(key: mrr, range: { start: "2026-03-01", end: "2026-05-01" }, asOf: $asOf) { values { value completeness definition { revision policy } } }
  revenueMovements(asOf: $asOf) { edges { node { month kind lines { amount { minor } } } } }
}`
const SET = `mutation { setRecognitionPolicy(policy: { paused: KEEP }, reason: "as the board counts") { revision paused since } }`
const pause = () => new Promise((resolve) => setTimeout(resolve, 5))

type Answered = {
  metric: { values: { value: string; completeness: string; definition: { revision: number; policy: string } }[] }
  revenueMovements: { edges: { node: { kind: string; lines: { amount: { minor: string } }[] } }[] }
}

/** `acme` pauses in March, `b` takes a free plan in March, and `c` goes on. */
const free = anItem('core', 1, aPrice('0'))
const held = (id: string, account: string, at: string, more: Partial<Parameters<typeof aSubscription>[0]> = {}) =>
  delivered(
    id,
    aSubscription({ account, subscription: `sub_${account}`, at: `${at}T00:00:00.000Z`, items: [ten], ...more }),
  )
const STAYING = [
  held('p1', 'acme', '2026-01-10'),
  held('p2', 'b', '2026-01-10'),
  held('p3', 'c', '2026-01-10'),
  held('p4', 'acme', '2026-03-10', { status: 'PAUSED' }),
  held('p5', 'b', '2026-03-10', { items: [free] }),
]

/** `sub_1` of ten a month, whose end was asked for in March, withdrawn in April and asked for again in May. */
const ending = (id: string, at: string, end?: string) => {
  const event = aSubscription({ at: `${at}T00:00:00.000Z`, items: [ten] })
  const ended: SubscriptionState = { status: 'ENDED', currency: 'USD', items: [] }
  const scheduled = end === undefined ? {} : { scheduled: [{ effectiveAt: `${end}T00:00:00.000Z`, state: ended }] }
  return delivered(id, { ...event, state: { ...event.state, ...scheduled } })
}
const LEAVING = [
  ending('c1', '2026-01-10'),
  ending('c2', '2026-03-10', '2026-12-31'),
  ending('c3', '2026-04-10'),
  ending('c4', '2026-05-10', '2026-12-31'),
]

eachDatabase((open) => {
  it('a paused account is open for 90 days, one on a free plan where the policy says so', async () => {
    const db = await open()
    const context = await aTenant(db)
    // One by one, so that what goes on from where it stands is tried too.
    for (const event of STAYING) await accept(db, context, [event])
    const token = await aKey(db, context.tenantId, ['admin'])
    const question = `query Logos($asOf: DateTime) {
      metric(key: logoChurnRate, range: { start: "2026-03-01", end: "2026-07-01" }, asOf: $asOf) {
        values { numerator { value } denominator { value } }
      }
      explain(metric: logoChurnRate, at: "2026-06-01", asOf: $asOf) { reconciles spans { edges { node { account { externalId } } } } }
    }`
    const ask = async (asOf?: string) => {
      const variables = asOf === undefined ? {} : { asOf }
      const { data, errors } = await query(anApp(db, { now: () => new Date() }), { token, query: question, variables })
      expect(errors).toBeUndefined()
      const { metric, explain } = data as {
        metric: { values: { numerator: { value: string }; denominator: { value: string } }[] }
        explain: { reconciles: boolean; spans: { edges: { node: { account: { externalId: string } } }[] } }
      }
      expect(explain.reconciles).toBe(true)
      const shown = explain.spans.edges.map(({ node }) => node.account.externalId).sort()
      return [
        ...metric.values.map(({ numerator, denominator }) => [numerator.value, denominator.value].join(' of ')),
        shown,
      ]
    }
    const byDefault = ['1 of 3', '0 of 2', '0 of 2', '1 of 2', ['acme', 'c']]
    expect(await ask()).toEqual(byDefault)
    await pause()
    const asOf = new Date().toISOString()
    await pause()
    const set = 'mutation { setRecognitionPolicy(policy: { freeLogos: KEPT }, reason: "they stay") { freeLogos } }'
    expect((await query(anApp(db), { token, query: set })).data).toEqual({
      setRecognitionPolicy: { freeLogos: 'KEPT' },
    })
    expect(await ask()).toEqual(['0 of 3', '0 of 3', '0 of 3', '1 of 3', ['acme', 'b', 'c']])
    expect(await ask(asOf)).toEqual(byDefault)
    const proof = await verify(db, context.tenantId, NOW)
    expect(proof.checks.flatMap(({ problems }) => problems)).toEqual([])
  })

  it('an end counts when it is asked for, and committed MRR subtracts it once', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, LEAVING.slice(0, 3))
    const token = await aKey(db, context.tenantId, ['admin'])
    const set = 'mutation { setRecognitionPolicy(policy: { churn: AT_REQUEST }, reason: "sold so") { revision churn } }'
    expect((await query(anApp(db), { token, query: set })).data).toEqual({
      setRecognitionPolicy: { revision: 2, churn: 'AT_REQUEST' },
    })
    await accept(db, context, LEAVING.slice(3))
    const question = `{
      metrics(keys: [mrr, committedMrr], range: { start: "2026-02-01", end: "2026-06-01" }) { values { value } }
      revenueMovements { edges { node { month kind } } }
      renewals(within: 60) { items(first: 5) { endsAt isCancelled mrr { minor } } }
    }`
    const { data, errors } = await query(anApp(db, { now: () => NOW }), { token, query: question })
    expect(errors).toBeUndefined()
    const { metrics, revenueMovements, renewals } = data as {
      metrics: { values: { value: string }[] }[]
      revenueMovements: { edges: { node: { month: string; kind: string } }[] }
      renewals: { items: object[] }
    }
    for (const { values } of metrics)
      expect(values.map(({ value }) => value)).toEqual(['100.00', '0.00', '100.00', '0.00'])
    expect(revenueMovements.edges.map(({ node }) => node.kind).sort()).toEqual([
      'CHURN',
      'CHURN',
      'NEW',
      'REACTIVATION',
    ])
    expect(renewals.items).toEqual([{ endsAt: '2026-12-31T00:00:00.000Z', isCancelled: true, mrr: { minor: '0' } }])
    const proof = await verify(db, context.tenantId, NOW)
    expect(proof.checks.flatMap(({ problems }) => problems)).toEqual([])
  })

  it('a preset is a policy that options override, and values name both', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, HISTORY)
    const token = await aKey(db, context.tenantId, ['admin'])
    const set = `mutation {
      setRecognitionPolicy(policy: { preset: CHARTMOGUL_LIKE, pastDueDays: 45 }, reason: "to compare") {
        preset name paused freeLogos pastDueDays metered
      }
    }`
    expect((await query(anApp(db), { token, query: set })).data).toEqual({
      setRecognitionPolicy: {
        preset: 'CHARTMOGUL_LIKE',
        name: 'CHARTMOGUL_LIKE pastDueDays=45',
        ...{ paused: 'KEEP', freeLogos: 'KEPT', pastDueDays: 45, metered: 'MEAN_OF_THREE' },
      },
    })
    const { data } = await query(anApp(db, { now: () => NOW }), { token, query: QUESTION })
    const { values } = (data as Answered).metric
    expect(values.map(({ value, definition }) => [value, definition.policy])).toEqual([
      ['100.00', 'CHARTMOGUL_LIKE pastDueDays=45'],
      ['100.00', 'CHARTMOGUL_LIKE pastDueDays=45'],
    ])
    expect((await verify(db, context.tenantId, NOW)).ok).toBe(true)
  })

  it('another policy posts the ledger as a new revision; the one before stays readable', async () => {
    const db = await open()
    const context = await aTenant(db)
    const { tenantId } = context
    await accept(db, context, HISTORY)
    const token = await aKey(db, tenantId, ['admin'])
    const ask = async (variables: object = {}) => {
      const { data, errors } = await query(anApp(db, { now: () => new Date() }), { token, query: QUESTION, variables })
      expect(errors).toBeUndefined()
      return data as Answered
    }
    const values = ({ metric }: Answered) =>
      metric.values.map(({ value, definition }) => [value, definition.revision, definition.policy])
    const kinds = ({ revenueMovements }: Answered) => revenueMovements.edges.map(({ node }) => node.kind)
    const before = await ask()
    expect(values(before)).toEqual([
      ['0.00', 1, 'NOBISHIRO'],
      ['0.00', 1, 'NOBISHIRO'],
    ])
    await pause()
    const asOf = new Date().toISOString()
    await pause()
    const set = await query(anApp(db), { token, query: SET })
    expect(set.data).toMatchObject({ setRecognitionPolicy: { revision: 2, paused: 'KEEP' } })

    const after = await ask()
    expect(values(after)).toEqual([
      ['100.00', 2, 'NOBISHIRO paused=KEEP'],
      ['100.00', 2, 'NOBISHIRO paused=KEEP'],
    ])
    expect(kinds(after)).toEqual(['NEW', 'NEW'])
    // Another policy is no correction: nothing was restated.
    expect(after.metric.values.map(({ completeness }) => completeness)).toEqual(['COMPLETE', 'COMPLETE'])
    expect(values(await ask({ asOf }))).toEqual(values(before))
    expect(kinds(await ask({ asOf }))).toEqual(kinds(before))
    expect((await ask({ asOf })).revenueMovements).toEqual(before.revenueMovements)

    const same = await query(anApp(db), { token, query: SET })
    expect(same.errors?.[0]?.message).toContain('in force already, as revision 2')
    await accept(db, context, [
      delivered(
        'e3',
        aSubscription({
          at: '2026-11-21T00:00:00.000Z',
          effectiveAt: '2026-04-05T00:00:00.000Z',
          items: [anItem('core', 12, aPrice('1000'))],
          status: 'PAUSED',
        }),
      ),
    ])
    expect(values(await ask())).toEqual([
      ['100.00', 2, 'NOBISHIRO paused=KEEP'],
      ['120.00', 2, 'NOBISHIRO paused=KEEP'],
    ])
    const restated = await query(anApp(db), {
      token,
      query: '{ restatements(first: 20) { edges { node { month difference { closing { minor } } reconciles } } } }',
    })
    const edges = (restated.data as { restatements: { edges: { node: object }[] } }).restatements.edges
    expect(edges).toHaveLength(7)
    for (const { node } of edges)
      expect(node).toMatchObject({ reconciles: true, difference: { closing: { minor: '2000' } } })

    const proof = await verify(db, tenantId, NOW)
    expect(proof.checks.flatMap(({ problems }) => problems)).toEqual([])
    const file = join(await mkdtemp(join(tmpdir(), 'nobishiro-')), 'tenant.ndjson.gz')
    await exportArchive(db, context, file)
    await restoreArchive(db, file, { as: 'a-copy' })
    expect((await verify(db, 'a-copy', NOW)).hash).toBe(proof.hash)
    const empty = await open()
    await replayInbox(db, empty, tenantId, context.clock)
    expect((await verify(empty, tenantId, NOW)).hash).toBe(proof.hash)
  })
})
