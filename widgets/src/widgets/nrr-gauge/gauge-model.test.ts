import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { en } from '../../i18n/en.ts'
import { messagesOf, termsOf } from '../../i18n/messages.ts'
import { readRetention } from '../../queries/retention.ts'
import { aSeries, type ValueOptions } from '../../testing/a-metric.ts'
import { type GaugeMetric, gaugeModel } from './gauge-model.ts'
import { gaugeAngle, gaugeMax } from './gauge-scale.ts'

function aModel(
  nrr: (number | null)[],
  grr: (number | null)[],
  options: { target?: number; metric?: GaugeMetric; locale?: 'en' | 'ja'; last?: ValueOptions } = {},
) {
  const { target, metric = 'nrr', locale = 'en', last } = options
  const retention = readRetention([aSeries('nrr', nrr, last), aSeries('grr', grr, last)], 12)
  if (!retention) throw new Error('no month')
  return gaugeModel({ retention, metric, target, text: messagesOf(locale), terms: termsOf(locale, undefined), locale })
}

const plain = (text: string | null | undefined) => (text ?? '').replace(/\u202f/g, ' ')

describe('the scale of the gauge', () => {
  it.each([
    [1.124, 1.5],
    [1.5, 1.5],
    [1.51, 2],
    [2.923, 3],
    [4, 5],
    [9, 10],
    [19.6, 20],
    [40, 50],
    [99, 100],
    [600, 1000],
  ])('a largest value of %d ends at %d', (largest, max) => expect(gaugeMax(largest)).toBe(max))

  it('has 100 % at twelve o’clock, and both ends at 120 degrees', () => {
    expect([gaugeAngle(0, 1.5), gaugeAngle(1, 1.5), gaugeAngle(1.5, 1.5)]).toEqual([-120, 0, 120])
    expect(gaugeAngle(3, 3)).toBe(120)
  })
  it('never clamps and never turns back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 5000, noNaN: true }),
        fc.double({ min: 0, max: 5000, noNaN: true }),
        (a, b) => {
          const max = gaugeMax(Math.max(a, b))
          const [low, high] = [gaugeAngle(Math.min(a, b), max), gaugeAngle(Math.max(a, b), max)]
          expect(low).toBeLessThanOrEqual(high)
          expect(high).toBeLessThanOrEqual(120 + 1e-9)
        },
      ),
    )
  })
})

describe('the gauge', () => {
  it('shows what was kept and what was grown, and they add to the number', () => {
    const model = aModel([1.12449], [0.94051], { target: 1.2 })
    expect(plain(model.value)).toBe('112.4 %')
    expect([model.kept, model.grown]).toEqual(['94.1 kept', '18.3 grown'])
    expect(model.parts.map(({ key }) => key)).toEqual(['kept', 'grown', 'room'])
    expect(model.parts[0]?.to).toBe(model.parts[1]?.from)
    expect(model.parts[1]?.to).toBe(model.parts[2]?.from)
  })
  it('has no room left when the target is reached', () => {
    expect(aModel([1.124], [0.94], { target: 1.1 }).parts.map(({ key }) => key)).toEqual(['kept', 'grown'])
  })
  it('shows gross retention with what was lost', () => {
    const model = aModel([1.124], [0.941], { metric: 'grr' })
    expect(model.lost).toBe('5.9 lost')
    expect(model.parts.map(({ key }) => key)).toEqual(['kept'])
  })
  it('says why there is no number', () => {
    const model = aModel([null], [null], { last: { reason: 'NOT_ENOUGH_HISTORY' }, locale: 'ja' })
    expect(model.value).toBeNull()
    expect(model.reason).toBe(messagesOf('ja').reasons.NOT_ENOUGH_HISTORY)
    expect(model.parts).toEqual([])
    expect(model.table.rows[0]?.[1]).toBe(model.reason)
  })
  it('says everything in one summary', () => {
    const { summary } = aModel([1.124], [0.941], { target: 1.2 })
    expect(plain(summary)).toBe(
      'Net revenue retention is 112.4 %, 12 months to Oct 2026. 94.1 % was kept and 18.3 % was grown. The target is 120 %.',
    )
  })
  it('names every month and every value in its table', () => {
    const { table } = aModel([1.05, 1.124], [0.93, 0.941])
    expect(table.rows.map((row) => row.map(plain))).toEqual([
      ['Sep 2026', '105.0 %', '93.0 %'],
      ['Oct 2026', '112.4 %', '94.1 %'],
    ])
    expect(table.values).toEqual([
      ['2026-09-01', 1.05, 0.93],
      ['2026-10-01', 1.124, 0.941],
    ])
  })
  it('marks a month in progress in its table', () => {
    const { table } = aModel([1.124], [0.941], { last: { completeness: 'PARTIAL' } })
    expect(table.rows[0]?.[0]).toBe(`Oct 2026 (${en.completeness.PARTIAL})`)
  })
})
