import { expect, it } from 'vitest'
import { eachDatabase } from '../testing/db.ts'
import { aSession, query } from '../testing/query.ts'
import { aLedger, asker } from '../testing/small-ledger.ts'
import { globalId } from './ids.ts'

const range = 'range: { start: "2026-03-01", end: "2026-04-01" }'
const account = (name: string) => globalId('Account', `stripe:${name}`)
type Total = { metric: { total: { value: string } } }

eachDatabase((open) => {
  it('a number is asked for any slice', async () => {
    const { ask } = await aLedger(await open())
    const mrr = async (where: string) =>
      (await ask<Total>(`{ metric(key: mrr, ${range}, where: ${where}) { total { value } } }`)).metric.total.value
    const slices = {
      [`{ parentIds: ["${account('aozora')}"] }`]: '950.00',
      [`{ parentIds: ["${account('birch')}"] }`]: '0.00',
      '{ cohort: ["2025-02-01"] }': '50.00',
      '{ cohort: ["2025-01-01", "2025-02-01"] }': '950.00',
      '{ cohort: [null] }': '0.00',
      '{ attributes: [{ key: "tier", in: ["gold"] }] }': '900.00',
      '{ attributes: [{ key: "tier", in: [null] }] }': '50.00',
      '{ attributes: [{ key: "tier", in: ["gold", null] }, { key: "never", in: [null] }] }': '950.00',
      [`{ productId: ["${globalId('Product', 'stripe:crm')}"] }`]: '950.00',
      '{ productId: [] }': '0.00',
    }
    for (const [where, value] of Object.entries(slices)) expect([where, await mrr(where)]).toEqual([where, value])
  })

  it('a strategy is asked of the flows that carry it, explained, and refused elsewhere', async () => {
    const { app, ask, db, tenantId } = await aLedger(await open())
    const where = '{ strategy: [SEAT] }'
    expect(
      await ask(`{ metric(key: expansion, ${range}, where: ${where}) { total { value } }
      explain(metric: expansionRate, at: "2026-03-01", where: ${where}) { reconciles value { numerator { value } denominator { value } } } }`),
    ).toEqual({
      metric: { total: { value: '400.00' } },
      explain: { reconciles: true, value: { numerator: { value: '400.00' }, denominator: { value: '150.00' } } },
    })
    const token = await aSession(db, tenantId)
    const refused = async (field: string) => {
      const { errors } = await query(app, { token, query: `{ ${field} }` })
      return [errors?.[0]?.extensions['code'], errors?.[0]?.message]
    }
    expect(await refused(`metric(key: grr, where: ${where}) { window }`)).toEqual([
      'INVALID_INPUT',
      'where.strategy does not apply to grr, which compares what accounts pay at two closes; nrrContribution says what each strategy added to it',
    ])
    expect(await refused(`metric(key: mrr, where: ${where}) { window }`)).toEqual([
      'INVALID_INPUT',
      'where.strategy does not apply to mrr; it applies to expansion, contraction and their rates',
    ])
    for (const field of ['waterfall(population: ALL', 'strategyMix(', 'seatGrowth('].map(
      (one) => `${one} where: ${where}) { version }`,
    ))
      expect((await refused(field))[0], field).toBe('INVALID_INPUT')
  })

  it('what the vendor knows of its accounts is not for one of them to ask about', async () => {
    const { app, db, tenantId } = await aLedger(await open())
    const token = await aSession(db, tenantId, ['birch'])
    for (const where of [`parentIds: ["${account('aozora')}"]`, 'attributes: []']) {
      const { errors } = await query(app, { token, query: `{ metric(key: mrr, where: { ${where} }) { window } }` })
      expect(errors?.[0]?.extensions, where).toMatchObject({ code: 'FORBIDDEN' })
    }
    const own = asker(app, token)
    expect(
      await own(`{ metric(key: mrr, ${range}, where: { cohort: ["2025-01-01", "2025-02-01"] }) { total { value } } }`),
    ).toEqual({
      metric: { total: { value: '50.00' } },
    })
  })
})
