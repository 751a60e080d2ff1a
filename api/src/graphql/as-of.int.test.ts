import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, query } from '../testing/query.ts'

const seats = (quantity: number, unit = '1000') => anItem('core', quantity, aPrice(unit))
const QUESTION = `query Board($asOf: DateTime) {
  metrics(keys: [mrr, nrr, seats], range: { start: "2024-01-01", end: "2025-03-01" }, asOf: $asOf) { values { value completeness version asOf } total { value } }
  waterfall(population: ALL, range: { start: "2024-02-01", end: "2024-03-01" }, asOf: $asOf) { steps { key amount { minor } topAccounts { account { id } amount { minor } } } }
  seatGrowth(range: { start: "2024-01-01", end: "2024-06-01" }, asOf: $asOf) { purchased plans { plan { name } purchased } }
  explain(metric: expansion, at: "2024-02-01", asOf: $asOf) { reconciles movements { edges { node { id lines { amount { minor } sourceEvent } } } } }
  revenueMovements(first: 50, asOf: $asOf) { totalCount edges { node { month kind change { minor } lines { amount { minor } sourceEvent } } } }
}`

eachDatabase((open) => {
  it('the same question as of an instant gets the same bytes, whatever arrives afterwards', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, [
      delivered('a1', anAccount('acme', '2024-01-01T00:00:00.000Z', { name: 'Acme' })),
      delivered('e1', aSubscription({ at: '2024-01-10T00:00:00.000Z', items: [seats(3)] })),
      delivered('e2', aSubscription({ at: '2024-02-10T00:00:00.000Z', items: [seats(10)] })),
    ])
    const app = anApp(db, { now: () => new Date() })
    const token = await aKey(db, context.tenantId, ['read'])
    const asOf = new Date().toISOString()
    const ask = async (variables: object) => {
      const answer = await query(app, { token, query: QUESTION, variables })
      expect(answer.errors).toBeUndefined()
      return JSON.stringify(answer.data)
    }
    const board = await ask({ asOf })
    await new Promise((resolve) => setTimeout(resolve, 5))
    await accept(db, context, [
      delivered(
        'e3',
        aSubscription({
          at: '2024-04-01T00:00:00.000Z',
          effectiveAt: '2024-01-20T00:00:00.000Z',
          items: [seats(7, '1500')],
        }),
      ),
      delivered(
        'e4',
        aSubscription({ account: 'late', subscription: 'sub_l', at: '2024-02-05T00:00:00.000Z', items: [seats(99)] }),
      ),
    ])
    expect(await ask({ asOf })).toBe(board)
    expect(await ask({})).not.toBe(board)
    expect(board).toContain('"e2"')
  })

  it('an instant to come is refused by name', async () => {
    const db = await open()
    const { tenantId } = await aTenant(db)
    const token = await aKey(db, tenantId, ['read'])
    const { errors } = await query(anApp(db), {
      token,
      query: '{ metric(key: mrr, asOf: "2999-01-01T00:00:00Z") { unit } }',
    })
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'asOf' } }])
  })
})
