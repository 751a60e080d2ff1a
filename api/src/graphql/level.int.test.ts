import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query } from '../testing/query.ts'
import { asker } from '../testing/small-ledger.ts'
import { globalId } from './ids.ts'

const day = (text: string) => `${text}T00:00:00.000Z`
const holds = (account: string, at: string, quantity: number, id = `${account}-${at}`) =>
  delivered(
    id,
    aSubscription({
      account,
      subscription: `sub-${account}`,
      at: day(at),
      items: [anItem('core', quantity, aPrice('1000'), { item: `i-${account}` })],
    }),
  )
const belongs = (account: string, at: string, parent?: string) =>
  delivered(`${account}>${parent}`, anAccount(account, day(at), parent === undefined ? {} : { parent }))

/** osaka belongs to kansai until July 2026, then to japan; kansai belongs to nobody. */
async function aGroup(db: Database) {
  const context = await aTenant(db)
  await accept(db, context, [
    belongs('japan', '2025-01-01'),
    belongs('kansai', '2025-01-01'),
    belongs('osaka', '2025-01-01', 'kansai'),
    belongs('osaka', '2026-07-01', 'japan'),
    holds('japan', '2025-02-01', 10),
    holds('kansai', '2025-02-01', 20),
    holds('osaka', '2026-03-10', 30),
    holds('osaka', '2026-08-10', 5),
  ])
  return context
}

const waterfall = (start: string, end: string, level: string) =>
  `{ waterfall(population: ALL, level: ${level}, range: { start: "${start}", end: "${end}" }) { steps { key amount { minor } accounts } } }`

type Steps = { waterfall: { steps: { key: string; amount: { minor: string }; accounts: number }[] } }
const shown = ({ waterfall: { steps } }: Steps) =>
  steps.flatMap(({ key, amount: { minor }, accounts }) => (minor === '0' ? [] : `${key} ${minor} of ${accounts}`))

eachDatabase((open) => {
  it('a child that is won is expansion of its parent, and one that moves between parents is a loss of nobody', async () => {
    const db = await open()
    const { tenantId } = await aGroup(db)
    const ask = asker(anApp(db), await aKey(db, tenantId, ['read']))
    const of = async (start: string, end: string, level: string) =>
      shown(await ask<Steps>(waterfall(start, end, level)))
    expect(await of('2026-03-01', '2026-04-01', 'ACCOUNT')).toEqual([
      'OPENING 30000 of 2',
      'NEW 30000 of 1',
      'CLOSING 60000 of 3',
    ])
    expect(await of('2026-03-01', '2026-04-01', 'PARENT')).toEqual([
      'OPENING 30000 of 2',
      'EXPANSION 30000 of 1',
      'CLOSING 60000 of 2',
    ])
    expect(await of('2026-07-01', '2026-08-01', 'PARENT')).toEqual(['OPENING 60000 of 2', 'CLOSING 60000 of 2'])
    expect(await of('2026-08-01', '2026-09-01', 'PARENT')).toEqual([
      'OPENING 60000 of 2',
      'CONTRACTION -25000 of 1',
      'CLOSING 35000 of 2',
    ])
  })

  it('a movement of a parent opens to the lines of its children, and explain reconciles', async () => {
    const db = await open()
    const { tenantId } = await aGroup(db)
    const ask = asker(anApp(db), await aKey(db, tenantId, ['read']))
    const lines = 'edges { node { account { name } change { minor } lines { amount { minor } } } }'
    const expected = {
      edges: [
        { node: { account: { name: 'japan' }, change: { minor: '-25000' }, lines: [{ amount: { minor: '-25000' } }] } },
      ],
    }
    const where = '{ range: { start: "2026-08-01", end: "2026-09-01" } }'
    expect(await ask(`{ revenueMovements(level: PARENT, where: ${where}) { ${lines} } }`)).toEqual({
      revenueMovements: expected,
    })
    const asked = `{ explain(metric: contraction, level: PARENT, at: "2026-08-01") { reconciles movements { ${lines} } } }`
    expect(await ask(asked)).toEqual({ explain: { reconciles: true, movements: expected } })
    const family = `{ account(externalId: "osaka") { parent { name } ultimateParent { name } } }`
    expect(await ask(family)).toEqual({ account: { parent: { name: 'japan' }, ultimateParent: { name: 'japan' } } })
  })

  it('a viewer of some accounts never sees what rolls up to its account', async () => {
    const db = await open()
    const { tenantId } = await aGroup(db)
    const token = await aSession(db, tenantId, ['japan'])
    const { data, errors } = await query(anApp(db), {
      token,
      query: `{ metric(key: mrr, level: PARENT) { total { value } } }`,
    })
    expect(data).toBeNull()
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
    const own = `{ account(id: "${globalId('Account', 'stripe:japan')}") { ultimateParent { name } } }`
    expect((await query(anApp(db), { token, query: own })).data).toEqual({ account: { ultimateParent: null } })
  })
})
