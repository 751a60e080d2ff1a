import { expect, it } from 'vitest'
import { createClient } from '../client.ts'
import { recordsOf, reportOf } from './report.ts'

const client = createClient({ auth: { sandbox: true } })
const asked = { measures: [{ key: 'mrr' as const }, { key: 'nrr' as const }], by: [{ kind: 'PLAN' as const }] }

it('gives a table whose amounts add up to its total, and records by the names of its columns', async () => {
  const report = await reportOf(client, asked)
  expect(report.columns.map(({ name, type, unit }) => [name, type, unit])).toEqual([
    ['plan', 'TEXT', null],
    ['mrr', 'DECIMAL', 'MONEY'],
    ['nrr', 'DECIMAL', 'RATIO'],
  ])
  const records = recordsOf(report)
  expect(records).toHaveLength(report.rowCount)
  const cents = (amount: string | null | undefined) => Math.round(Number(amount) * 100)
  expect(records.reduce((sum, { mrr }) => sum + cents(mrr), 0)).toBe(cents(report.totals[1]?.value))
  expect(report.totals[1]?.value).toBe((await client.metric({ key: 'mrr' })).total?.value)
  expect(report.totals[2]?.value).toBe((await client.metric({ key: 'nrr' })).total?.value)
})

it('calls values by their names in the language asked for, and leaves what is not defined empty', () => {
  const label = { en: 'Not set', ja: '未設定' }
  const none = { label: null, completeness: null, reason: null }
  const report = {
    columns: [
      { name: 'region', label: { en: 'Region', ja: '地域' }, type: 'TEXT' as const, unit: null, currency: null },
      {
        name: 'nrr',
        label: { en: 'NRR', ja: 'NRR' },
        type: 'DECIMAL' as const,
        unit: 'RATIO' as const,
        currency: null,
      },
    ],
    rows: [
      {
        cells: [
          { ...none, value: null, label },
          { ...none, value: null, reason: 'NO_OPENING_MRR' as const },
        ],
      },
    ],
  }
  expect(recordsOf(report, 'ja')).toEqual([{ region: '未設定', nrr: null }])
})
