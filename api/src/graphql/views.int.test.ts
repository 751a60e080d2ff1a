import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, query } from '../testing/query.ts'
import { asker } from '../testing/small-ledger.ts'

const at = (day: string) => `${day}T00:00:00.000Z`
const holds = (account: string, day: string, quantity: number, unit = '1000') =>
  delivered(
    `${account}-${day}`,
    aSubscription({
      account,
      subscription: `sub-${account}`,
      at: at(day),
      items: [anItem('core', quantity, aPrice(unit), { item: `i-${account}` })],
    }),
  )
const ends = (account: string, day: string) =>
  delivered(
    `${account}-${day}`,
    aSubscription({
      account,
      subscription: `sub-${account}`,
      at: at(day),
      items: [anItem('core', 1, aPrice('1000'), { item: `i-${account}` })],
      status: 'ENDED',
      rank: 2,
    }),
  )
const again = (account: string, day: string, quantity: number) =>
  delivered(
    `${account}-${day}`,
    aSubscription({
      account,
      subscription: `sub-${account}-2`,
      at: at(day),
      items: [anItem('core', quantity, aPrice('1000'), { item: `i-${account}-2` })],
    }),
  )

/**
 * In August up grows from 10 to 16 seats on the 5th and shrinks to 14 on the 20th, gone leaves on the 9th, and back, away since 10 June,
 * returns on the 10th.
 */
async function aMonth(db: Database) {
  const context = await aTenant(db)
  await accept(db, context, [
    delivered('p', anAccount('gone', at('2026-01-01'), { parent: 'up' })),
    holds('up', '2026-02-01', 10),
    holds('gone', '2026-02-01', 4),
    holds('back', '2026-02-01', 3),
    ends('back', '2026-06-10'),
    holds('up', '2026-08-05', 16),
    holds('up', '2026-08-20', 14),
    ends('gone', '2026-08-09'),
    again('back', '2026-08-10', 5),
  ])
  return asker(anApp(db, { now: () => new Date() }), await aKey(db, context.tenantId, ['read']))
}

const AUGUST = 'range: { start: "2026-08-01", end: "2026-09-01" }'
const MOVEMENTS =
  'edges { node { account { name } month day kind change { minor } strategyParts { strategy amount { minor } } lines { effectiveOn amount { minor } } } } totals { kind amount { minor } accounts } view'

type Movement = {
  account: { name: string }
  month: string
  day: string | null
  kind: string
  change: { minor: string }
  lines: { effectiveOn: string; amount: { minor: string } }[]
}
type Page = { edges: { node: Movement }[]; view: string }
const shown = ({ edges }: Page) =>
  edges.map(({ node }) => `${node.account.name} ${node.day ?? node.month} ${node.kind} ${node.change.minor}`).sort()

eachDatabase((open) => {
  it('lists movements by month, or by day with the lines of that day', async () => {
    const ask = await aMonth(await open())
    const list = async (view: string) =>
      (await ask<{ revenueMovements: Page }>(`{ revenueMovements(where: { ${AUGUST} }${view}) { ${MOVEMENTS} } }`))
        .revenueMovements
    const byMonth = await list('')
    expect([byMonth.view, shown(byMonth)]).toEqual([
      'NOBISHIRO',
      ['back 2026-08-01 REACTIVATION 5000', 'gone 2026-08-01 CHURN -4000', 'up 2026-08-01 EXPANSION 4000'],
    ])
    const byDay = await list(', view: { netting: EVENT }')
    expect([byDay.view, shown(byDay)]).toEqual([
      'NOBISHIRO netting=EVENT',
      [
        'back 2026-08-10 REACTIVATION 5000',
        'gone 2026-08-09 CHURN -4000',
        'up 2026-08-05 EXPANSION 6000',
        'up 2026-08-20 CONTRACTION -2000',
      ],
    ])
    for (const { node } of [...byMonth.edges, ...byDay.edges]) {
      expect(node.lines.reduce((sum, { amount }) => sum + Number(amount.minor), 0)).toBe(Number(node.change.minor))
      if (node.day) expect(new Set(node.lines.map(({ effectiveOn }) => effectiveOn))).toEqual(new Set([node.day]))
    }
  })

  it('every figure of one view says which it is, and they agree with each other', async () => {
    const ask = await aMonth(await open())
    const view = 'view: { preset: CHARTMOGUL_LIKE, reactivation: EXPANSION, reactivationWindow: 61 }'
    const name = 'CHARTMOGUL_LIKE reactivation=EXPANSION reactivationWindow=61'
    const answer = await ask(`{
      metric(key: expansion, ${AUGUST}, ${view}) { total { money { minor } definition { version revision view } } }
      metrics(keys: [contraction, quickRatio], ${AUGUST}, ${view}) { definition { formula { en } } total { value definition { view } } }
      waterfall(population: ALL, ${AUGUST}, ${view}) { view reconciles steps { key amount { minor } accounts } }
      strategyMix(${AUGUST}, ${view}) { view total { minor } }
      explain(metric: expansion, at: "2026-08-01", ${view}) { reconciles accounts value { definition { view } } movements { totalCount view } }
      account(externalId: "up") {
        metrics(keys: [expansion], ${AUGUST}, ${view}) { total { money { minor } definition { view } } }
        movements(first: 5, ${view}) { edges { node { day } } view }
      }
    }`)
    const step = (key: string, minor: string, accounts: number) => ({ key, amount: { minor }, accounts })
    expect(answer).toEqual({
      metric: { total: { money: { minor: '11000' }, definition: { version: 'nobishiro/1', revision: 1, view: name } } },
      metrics: [
        { definition: { formula: { en: expect.any(String) } }, total: { value: '20.00', definition: { view: name } } },
        {
          definition: { formula: { en: '(new + expansion + reactivation) / (contraction + churn)' } },
          total: { value: '1.833333333333', definition: { view: name } },
        },
      ],
      waterfall: {
        view: name,
        reconciles: true,
        steps: [
          step('OPENING', '14000', 2),
          step('NEW', '0', 0),
          step('EXPANSION', '11000', 2),
          step('REACTIVATION', '0', 0),
          step('CONTRACTION', '-2000', 1),
          step('CHURN', '-4000', 1),
          step('CLOSING', '19000', 2),
        ],
      },
      strategyMix: { view: name, total: { minor: '11000' } },
      explain: {
        reconciles: true,
        accounts: 2,
        value: { definition: { view: name } },
        movements: { totalCount: 2, view: name },
      },
      account: {
        metrics: [{ total: { money: { minor: '6000' }, definition: { view: name } } }],
        movements: {
          edges: ['2026-08-20', '2026-08-05', '2026-02-01'].map((day) => ({ node: { day } })),
          view: name,
        },
      },
    })
  })

  it('goes with level and asOf: a parent nets what its children do on a day', async () => {
    const ask = await aMonth(await open())
    const asOf = new Date().toISOString()
    const page = await ask<{ revenueMovements: Page }>(
      `query Then($asOf: DateTime) {
        revenueMovements(where: { ${AUGUST} }, level: PARENT, asOf: $asOf, view: { preset: STRIPE_LIKE }) { ${MOVEMENTS} }
      }`,
      { asOf },
    )
    expect(shown(page.revenueMovements)).toEqual([
      'back 2026-08-10 REACTIVATION 5000',
      'up 2026-08-05 EXPANSION 6000',
      'up 2026-08-09 CONTRACTION -4000',
      'up 2026-08-20 CONTRACTION -2000',
    ])
  })

  it('refuses a window that is no number of days, by name', async () => {
    const db = await open()
    const { tenantId } = await aTenant(db)
    const asked = '{ metric(key: new, view: { reactivationWindow: -1 }) { unit } }'
    const { errors } = await query(anApp(db), { token: await aKey(db, tenantId, ['read']), query: asked })
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'view.reactivationWindow' } }])
  })
})
