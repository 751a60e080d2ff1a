import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { verify } from '../ledger/verify.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, query } from '../testing/query.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const told = (id: string, account: string, at: string, tier: string) =>
  delivered(id, anAccount(account, at, { name: account, attributes: { tier } }))
const sold = (id: string, account: string, at: string, quantity: number) =>
  delivered(
    id,
    aSubscription({ account, subscription: `sub_${account}`, at, items: [anItem('core', quantity, aPrice('1000'))] }),
  )

/** `acme` is small, and in Tokyo large from 1 September on; it grows in May and in October. `birch` is large all the time. */
const STORY = [
  told('a1', 'acme', '2026-01-05T00:00:00.000Z', 'small'),
  sold('a2', 'acme', '2026-01-10T00:00:00.000Z', 10),
  sold('a3', 'acme', '2026-05-10T00:00:00.000Z', 12),
  told('a4', 'acme', '2026-08-31T16:00:00.000Z', 'large'),
  sold('a5', 'acme', '2026-10-10T00:00:00.000Z', 17),
  told('b1', 'birch', '2026-01-05T00:00:00.000Z', 'large'),
  sold('b2', 'birch', '2026-01-10T00:00:00.000Z', 4),
]
const ASKED = `query Then($at: AttributeTime, $asOf: DateTime) {
  metric(key: expansion, range: { start: "2026-02-01", end: "2026-11-01" }, asOf: $asOf, by: [{ kind: ATTRIBUTE, key: "tier", at: $at }]) {
    groups { keys { value } total { value } }
  }
  nrr: metric(key: nrr, window: 3, range: { start: "2026-10-01", end: "2026-11-01" }, asOf: $asOf,
    where: { attributes: [{ key: "tier", in: ["small"], at: $at }] }) { total { value reason } }
  waterfall(population: ALL, range: { start: "2026-09-01", end: "2026-10-01" }, asOf: $asOf,
    where: { attributes: [{ key: "tier", in: ["large"], at: $at }] }) { reconciles steps { key amount { amount } } }
}`

eachDatabase((open) => {
  it('accounts are filtered and parted by an attribute as it was, whatever the order of delivery, and as of an instant', async () => {
    const db = await open()
    const context = await aTenant(db, { timeZone: 'Asia/Tokyo' })
    for (const delivery of [...STORY].reverse()) await accept(db, context, [delivery])
    const token = await aKey(db, context.tenantId, ['read'])
    const ask = async (variables: object, now = NOW) => {
      const { data, errors } = await query(anApp(db, { now: () => now }), { token, query: ASKED, variables })
      expect(errors).toBeUndefined()
      return data
    }
    const then = {
      metric: {
        groups: [
          { keys: [{ value: 'large' }], total: { value: '50.00' } },
          { keys: [{ value: 'small' }], total: { value: '20.00' } },
        ],
      },
      nrr: { total: { value: '1.416666666667', reason: null } },
      waterfall: {
        reconciles: true,
        steps: [
          ['OPENING', '40.00'],
          ...['NEW', 'EXPANSION', 'REACTIVATION', 'CONTRACTION', 'CHURN'].map((key) => [key, '0.00']),
          ['TRANSFER', '120.00'],
          ['CLOSING', '160.00'],
        ].map(([key, amount]) => ({ key, amount: { amount } })),
      },
    }
    expect(await ask({ at: 'THEN' })).toEqual(then)
    expect(await ask({ at: 'NOW' })).toMatchObject({
      metric: { groups: [{ keys: [{ value: 'large' }], total: { value: '70.00' } }] },
      nrr: { total: { value: null, reason: 'NO_OPENING_MRR' } },
    })
    expect((await verify(db, context.tenantId, NOW)).ok).toBe(true)

    const asOf = await afterwards()
    await accept(db, context, [told('a6', 'acme', '2026-04-01T00:00:00.000Z', 'medium')])
    const later = new Date()
    expect(await ask({ at: 'THEN' }, later)).not.toEqual(then)
    expect(await ask({ at: 'THEN', asOf }, later)).toMatchObject(then)
  })

  it('what does not read closes refuses it by name', async () => {
    const db = await open()
    const context = await aTenant(db)
    const token = await aKey(db, context.tenantId, ['read'])
    const where = '{ attributes: [{ key: "tier", in: ["small"] }, { key: "tier", in: ["large"], at: THEN }] }'
    for (const asked of [
      `{ cohorts(where: ${where}) { asOf } }`,
      `{ metric(key: expansionCacRatio, where: ${where}) { unit } }`,
    ]) {
      const { errors } = await query(anApp(db), { token, query: asked })
      expect(errors?.[0], asked).toMatchObject({
        message: expect.stringMatching(/^where\.attributes\[1\]\.at: THEN does not apply to /),
        extensions: { code: 'INVALID_INPUT', field: 'where.attributes[1].at' },
      })
    }
    const by = '{ metric(key: mrr, by: [{ kind: PLAN, at: THEN }]) { unit } }'
    const { errors } = await query(anApp(db), { token, query: by })
    expect(errors?.[0]?.message).toBe('by[0].at goes with ATTRIBUTE only, not with PLAN.')
  })
})

/** An instant after all that was accepted, and before all that will be. */
async function afterwards(): Promise<string> {
  const moment = () => new Promise((resolve) => setTimeout(resolve, 5))
  await moment()
  const now = new Date().toISOString()
  await moment()
  return now
}
