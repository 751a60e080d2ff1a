import { expect, it } from 'vitest'
import { eachDatabase } from '../testing/db.ts'
import { aKey, aSession, query } from '../testing/query.ts'
import { aLedger } from '../testing/small-ledger.ts'
import { globalId } from './ids.ts'

const range = 'range: { start: "2026-03-01", end: "2026-05-01" }'
const CELLS = '{ value label { en ja } reason completeness }'
const plan = (name: string) => globalId('Plan', `stripe:crm/${name}`)

eachDatabase((open) => {
  it('metrics stand side by side in typed columns, with totals of the whole', async () => {
    const { ask } = await aLedger(await open())
    const { report } = await ask<{
      report: Record<string, unknown>
    }>(`{ report(measures: [{ key: mrr }, { key: nrr }, { key: seats }], ${range},
      by: [{ kind: PLAN }], orderBy: { column: "seats", direction: DESC }, first: 1) {
      columns { name type unit currency label { ja } } rows { cells ${CELLS} } rowCount totals { value reason } definition view } }`)
    const number = (value: string | null, reason: string | null = null) => ({
      value,
      label: null,
      reason,
      completeness: 'COMPLETE',
    })
    expect(report).toEqual({
      columns: [
        { name: 'plan', type: 'TEXT', unit: null, currency: null, label: { ja: 'プラン' } },
        { name: 'mrr', type: 'DECIMAL', unit: 'MONEY', currency: 'USD', label: { ja: 'MRR（月次経常収益）' } },
        { name: 'nrr', type: 'DECIMAL', unit: 'RATIO', currency: null, label: { ja: '売上継続率（NRR）' } },
        { name: 'seats', type: 'INTEGER', unit: 'COUNT', currency: null, label: { ja: '購入席数' } },
      ],
      rows: [
        {
          cells: [
            { value: plan('pro'), label: { en: 'pro', ja: 'pro' }, reason: null, completeness: null },
            number('900.00'),
            number(null, 'NO_OPENING_MRR'),
            number('50'),
          ],
        },
      ],
      rowCount: 2,
      totals: [
        { value: null, reason: null },
        { value: '950.00', reason: null },
        { value: '6.333333333333', reason: null },
        { value: '55', reason: null },
      ],
      definition: 'nobishiro/1',
      view: 'NOBISHIRO',
    })
  })

  it('asks for the rights of its metrics, costs its rows, and shows a viewer of some accounts its own', async () => {
    const { app, db, tenantId } = await aLedger(await open())
    const fault = async (token: string, args: string) =>
      (await query(app, { token, query: `{ report(${args}) { rowCount } }` })).errors?.[0]?.extensions
    const [key, seated] = [
      await aKey(db, tenantId),
      await aSession(db, tenantId, undefined, { capabilities: ['seats'] }),
    ]
    expect(await fault(seated, 'measures: [{ key: seats }, { key: nrr }]')).toMatchObject({ code: 'FORBIDDEN' })
    expect(await fault(seated, 'measures: [{ key: seats }]')).toBeUndefined()
    expect(await fault(seated, 'measures: [{ key: seats }], first: 101')).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await fault(key, `measures: [${'{ key: mrr }, '.repeat(11)}], first: 500`)).toMatchObject({
      code: 'COST_EXCEEDED',
    })
    expect(await fault(key, 'measures: [{ key: mrr }], orderBy: { column: "x" }')).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'orderBy.column',
    })

    const token = await aSession(db, tenantId, ['birch'])
    const { data } = await query(app, {
      token,
      query: `{ report(measures: [{ key: mrr }], ${range}, by: [{ kind: COHORT }], bucket: MONTH) { rows { cells { value } } totals { value } } }`,
    })
    const row = (...values: string[]) => ({ cells: values.map((value) => ({ value })) })
    expect(data).toEqual({
      report: {
        rows: [row('2025-02-01', '2026-03-01', '50.00'), row('2025-02-01', '2026-04-01', '50.00')],
        totals: [{ value: null }, { value: null }, { value: '50.00' }],
      },
    })
  })
})
