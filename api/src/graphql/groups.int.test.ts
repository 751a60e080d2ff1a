import { expect, it } from 'vitest'
import { eachDatabase } from '../testing/db.ts'
import { aKey, aSession, query } from '../testing/query.ts'
import { aLedger } from '../testing/small-ledger.ts'
import { globalId } from './ids.ts'

const range = 'range: { start: "2026-03-01", end: "2026-04-01" }'
const account = (name: string) => globalId('Account', `stripe:${name}`)
const plan = (name: string) => globalId('Plan', `stripe:crm/${name}`)
type Groups = {
  metric: {
    rest: number
    total: { value: string }
    groups: {
      label: { en: string }
      isRest: boolean
      keys: { value: string | null }[]
      total: { value: string | null }
    }[]
  }
}

const seen = ({ metric: { groups } }: Groups) =>
  groups.map(({ label, keys, total }) => [label.en, ...keys.map(({ value }) => value), total.value])

eachDatabase((open) => {
  it('a number is parted by what accounts and items have, each part named and explained by its filter', async () => {
    const { ask } = await aLedger(await open())
    const parted = async (by: string, more = 'key: mrr') =>
      ask<Groups>(
        `{ metric(${more}, ${range}, by: [${by}]) { rest total { value } groups { label { en } isRest keys { value } total { value } } } }`,
      )
    expect(seen(await parted('{ kind: ATTRIBUTE, key: "tier" }'))).toEqual([
      ['gold', 'gold', '900.00'],
      ['Not set', null, '50.00'],
    ])
    expect(seen(await parted('{ kind: PLAN }'))).toEqual([
      ['pro', plan('pro'), '900.00'],
      ['basic', plan('basic'), '50.00'],
    ])
    const named = await ask<{ account: { plans: { product: { name: string } }[] } }>(
      '{ account(externalId: "aozora") { plans { product { name } } } }',
    )
    const crm = named.account.plans[0]?.product.name
    expect(seen(await parted('{ kind: PRODUCT }'))).toEqual([[crm, globalId('Product', 'stripe:crm'), '950.00']])
    expect(seen(await parted('{ kind: REGION }'))).toEqual([
      ['JP', 'JP', '900.00'],
      ['Not set', null, '50.00'],
    ])
    expect(seen(await parted('{ kind: PARENT }'))).toEqual([
      ['Aozora', account('aozora'), '950.00'],
      ['Cedar', account('cedar'), '0.00'],
    ])
    expect(seen(await parted('{ kind: COHORT }, { kind: PLAN }'))).toEqual([
      ['January 2025 · pro', '2025-01-01', plan('pro'), '900.00'],
      ['February 2025 · basic', '2025-02-01', plan('basic'), '50.00'],
      ['January 2025 · basic', '2025-01-01', plan('basic'), '0.00'],
    ])
    const strategies = seen(await parted('{ kind: STRATEGY }', 'key: expansion')).filter(
      ([, , value]) => value !== '0.00',
    )
    expect(strategies).toEqual([
      ['Seats', 'SEAT', '400.00'],
      ['Upgrades', 'UPSELL', '400.00'],
    ])
    const nrr = await parted('{ kind: PLAN }', 'key: nrr, window: 12')
    expect(seen(nrr).map(([name, , value]) => [name, value])).toEqual([
      ['pro', null],
      ['basic', '6.333333333333'],
    ])
    const { metric } = await parted('{ kind: COHORT }', 'key: mrr, first: 1')
    expect([metric.rest, metric.groups.map(({ label, isRest, total }) => [label.en, isRest, total.value])]).toEqual([
      2,
      [
        ['January 2025', false, '900.00'],
        ['Other', true, '50.00'],
      ],
    ])
    expect(
      await ask(
        `{ explain(metric: nrr, at: "2026-03-01", where: { planId: ["${plan('basic')}"] }) { reconciles value { value } } }`,
      ),
    ).toEqual({
      explain: { reconciles: true, value: { value: '6.333333333333' } },
    })
  })

  it('what cannot be told apart is refused with what is accepted, and what is told apart is paid for', async () => {
    const { app, db, tenantId } = await aLedger(await open())
    const token = await aKey(db, tenantId)
    const fault = async (args: string, by: string = token) =>
      (await query(app, { token: by, query: `{ metric(${args}) { window } }` })).errors?.[0]
    expect((await fault('key: mrr, by: [{ kind: ATTRIBUTE }]'))?.message).toBe('by[0].key names the attribute.')
    expect((await fault('key: mrr, by: [{ kind: PLAN, key: "x" }]'))?.message).toBe(
      'by[0].key goes with ATTRIBUTE only, not with PLAN.',
    )
    expect((await fault('key: mrr, by: [{ kind: PLAN }, { kind: PLAN }]'))?.message).toBe('by names PLAN twice')
    expect((await fault('key: mrr, by: [{ kind: PLAN }], first: 201'))?.message).toBe(
      'first is 201; from 1 to 200 groups can be told apart.',
    )
    expect((await fault('key: nrr, by: [{ kind: STRATEGY }]'))?.message).toMatch(
      /^by: STRATEGY does not apply to nrr, .* nrrContribution/,
    )
    expect((await fault('key: mrr, first: 1, by: [{ kind: PLAN }, { kind: COHORT }]'))?.message).toBe(
      'by makes 3 groups; first is 1, and a rest can be put together only of accounts, or of one of PLAN, PRODUCT, REGION and CURRENCY alone. Narrow where, or ask by less',
    )
    expect(
      (await fault(`key: mrr, first: 200, by: [{ kind: PLAN }], range: { start: "2022-01-01", end: "2025-01-01" }`))
        ?.extensions,
    ).toMatchObject({
      code: 'COST_EXCEEDED',
    })
    const customer = await aSession(db, tenantId, ['aozora'])
    for (const by of ['{ kind: PARENT }', '{ kind: ATTRIBUTE, key: "tier" }'])
      expect((await fault(`key: mrr, by: [${by}]`, customer))?.extensions, by).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('a viewer of some accounts sees the parts of its own accounts', async () => {
    const { app, db, tenantId } = await aLedger(await open())
    const token = await aSession(db, tenantId, ['birch'])
    const { data } = await query(app, {
      token,
      query: `{ metric(key: mrr, ${range}, by: [{ kind: COHORT }, { kind: PLAN }]) { groups { label { en } keys { value } total { value } } } }`,
    })
    expect(seen(data as Groups)).toEqual([['February 2025 · basic', '2025-02-01', plan('basic'), '50.00']])
  })
})
