import type { Better, MetricUnit } from '@nobishiro/sdk'
import { describe, expect, it } from 'vitest'
import { messagesOf, termsOf } from '../../i18n/messages.ts'
import { aCard, type CardOptions } from '../../testing/a-metric.ts'
import { cardText } from './card-words.ts'
import { cardModel } from './metric-card-model.ts'

const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u202f\u00a0]/g, ' ')

function aModel(values: (number | null)[], options: CardOptions & { locale?: 'en' | 'ja'; key?: 'mrr' | 'nrr' } = {}) {
  const { locale = 'en', key = 'mrr', ...card } = options
  return cardModel({
    card: aCard(key, values, card),
    bucket: card.bucket ?? 'MONTH',
    compare: card.compare ?? 'PREVIOUS',
    text: cardText(messagesOf(locale), locale),
    terms: termsOf(locale, undefined),
    language: locale,
    locale,
  })
}

describe('a change', () => {
  it.each<[MetricUnit, Better, number, number, string, string]>([
    ['RATIO', 'HIGHER', 1.115, 1.124, '+0.9 pts', 'good'],
    ['RATIO', 'LOWER', 0.011, 0.016, '+0.5 pts', 'bad'],
    ['RATIO', 'LOWER', 0.016, 0.011, '−0.5 pts', 'good'],
    ['RATIO', 'NEITHER', 0.7, 0.6, '−10.0 pts', 'neither'],
    ['MONEY', 'HIGHER', 812_000, 842_000, '+3.7 %', 'good'],
    ['MONEY', 'HIGHER', 842_000, 812_000, '−3.6 %', 'bad'],
    ['MONEY', 'LOWER', 0, 1200, '+1,200', 'bad'],
    ['MONEY', 'NEITHER', 90, -420, '−510.00', 'neither'],
    ['COUNT', 'HIGHER', 480, 504, '+5.0 %', 'good'],
    ['COUNT', 'HIGHER', 0, 12, '+12', 'good'],
    ['MULTIPLE', 'HIGHER', 2.42, 3.52, '+1.1', 'good'],
    ['NUMBER', 'LOWER', 14.3, 12.1, '−2.2', 'good'],
    // What does not show is not called better or worse.
    ['RATIO', 'HIGHER', 1.1241, 1.1243, '', 'neither'],
    ['MONEY', 'HIGHER', 842_000, 842_000, '', 'neither'],
    ['MONEY', 'LOWER', 0, 0, '', 'neither'],
  ])('of a %s where %s is better, from %d to %d, is %j and %s news', (unit, better, before, now, text, news) => {
    const { change } = aModel([before, now], { unit, better })
    expect([plain(change?.text), change?.news]).toEqual([text, news])
  })

  it('is said in words, not in colour alone', () => {
    const said = (better: Better, locale: 'en' | 'ja' = 'en') => aModel([1, 2], { better, locale }).change?.comparison
    expect([said('HIGHER'), said('LOWER'), said('NEITHER')]).toEqual([
      'better than Sep 2026',
      'worse than Sep 2026',
      'against Sep 2026',
    ])
    expect([said('HIGHER', 'ja'), said('LOWER', 'ja')]).toEqual(['2026年9月より改善', '2026年9月より悪化'])
    expect(aModel([1, 1]).change?.comparison).toBe('unchanged from Sep 2026')
  })

  it('against a month without a value says so', () => {
    const model = aModel([null, 1.02])
    expect([model.change, model.noChange]).toEqual([null, 'no value in Sep 2026'])
  })

  it('may be against the year before', () => {
    const model = aModel([...Array(12).fill(1), 1.5], { compare: 'YEAR_AGO' })
    expect(model.change?.comparison).toBe('better than Oct 2025')
    expect(model.table.columns.at(-1)?.label).toBe('Year before')
  })
})

describe('a card', () => {
  it('names its unit once', () => {
    const model = aModel([812_000, 842_000], { unit: 'MONEY' })
    expect([model.subtitle, model.value]).toEqual([['Oct 2026', '$k'], '842.0'])
    expect(aModel([1_515_600_000], { unit: 'MONEY', currency: 'JPY', locale: 'ja' })).toMatchObject({
      subtitle: ['2026年10月', '億円'],
      value: '15.2',
    })
  })

  it('says why there is no number, also in its summary', () => {
    const model = aModel([1.1, null], { reason: 'NO_LOSS' })
    expect([model.value, model.reason, model.change]).toEqual([null, messagesOf('en').reasons.NO_LOSS, null])
    expect(model.summary).toBe('MRR has no value, Oct 2026. Nothing was lost, so there is nothing to divide by.')
    expect(model.table.rows.at(-1)?.[1]).toBe(model.reason)
  })

  it('says everything in one summary, in each language', () => {
    const options = { key: 'nrr', window: 12 } as const
    expect(plain(aModel([1.115, 1.124], options).summary)).toBe(
      'Net revenue retention is 112.4 %, 12 months to Oct 2026. That is +0.9 pts, better than Sep 2026.',
    )
    expect(plain(aModel([1.115, 1.124], { ...options, locale: 'ja' }).summary)).toBe(
      '売上継続率（NRR）は112.4 %です（2026年10月までの12か月）。2026年9月より改善（+0.9 ポイント）。',
    )
  })

  it('says how far a target is, and what is published of others', () => {
    const beside = (value: number | null, options: CardOptions & { locale?: 'en' | 'ja' }) =>
      aModel([1, value], options).beside.map(plain)
    expect(beside(1.068, { target: '1.1' })).toEqual(['Target 110.0 %: −3.2 pts'])
    expect(beside(1.124, { target: '1.1' })).toEqual(['Target 110.0 %: reached'])
    expect(beside(0.02, { target: '0.01', better: 'LOWER' })).toEqual(['Target 1.0 %: +1.0 pts'])
    expect(beside(0.01, { target: '0.01', better: 'LOWER', locale: 'ja' })).toEqual(['目標 1.0 %: 達成'])
    expect(beside(0.7, { target: '0.6', better: 'NEITHER' })).toEqual(['Target 60.0 %'])
    expect(beside(null, { target: '1.1' })).toEqual(['Target 110.0 %'])
    const source = { en: 'A report', ja: 'ある報告書' }
    expect(beside(0.75, { benchmark: { low: '0.7', high: '0.8', source } })).toEqual([
      'Published: 70.0 % – 80.0 %, A report',
    ])
    expect(beside(4, { benchmark: { low: '5', high: null, source }, unit: 'MULTIPLE', locale: 'ja' })).toEqual([
      '公表値: ×5.0、ある報告書',
    ])
    expect(aModel([1, 1.124], { target: '1.1' }).summary).toMatch(/Target 110\.0.%: reached\.$/)
  })

  it('has every month and what it is set beside in its table, exact for a CSV', () => {
    const { table } = aModel([0.91, 1.124])
    expect(table.rows.map((row) => row.map(plain))).toEqual([
      ['Sep 2026', '91.0 %', 'No account was paying at the start of the window.'],
      ['Oct 2026', '112.4 %', '91.0 %'],
    ])
    expect(table.values.at(-1)).toEqual(['2026-10-01', '1.124', '0.91'])
  })

  it('has a rule at zero where its line crosses it, and room around a line that does not move', () => {
    expect(aModel([3, -2], { unit: 'MONEY' }).rule?.value).toBe(0)
    expect(aModel([3, 2], { unit: 'MONEY' }).rule).toBeNull()
    const [low, high] = aModel([0, 0], { unit: 'COUNT' }).domain
    expect(low < 0 && high > 0).toBe(true)
  })
})

describe('weeks', () => {
  const weekly = (locale: 'en' | 'ja', options: CardOptions = {}) =>
    aModel([1.02, 1.04], { bucket: 'WEEK', locale, key: 'nrr', ...options })

  it('are named by their Mondays, and a window by the Sunday with which it ends', () => {
    const english = weekly('en', { window: 12 })
    expect([english.subtitle, english.trend, english.change?.comparison]).toEqual([
      ['12 months to 8 Nov 2026'],
      expect.stringContaining('last 2 weeks'),
      'better than the week of 26 Oct 2026',
    ])
    expect(english.points.map(({ month, label }) => [month, label])).toEqual([
      ['2026-10-26', 'Week of 26 Oct 2026'],
      ['2026-11-02', 'Week of 2 Nov 2026'],
    ])
    const japanese = weekly('ja', { window: 12 })
    expect([japanese.subtitle, japanese.change?.comparison, japanese.points[1]?.label]).toEqual([
      ['2026年11月8日までの12か月'],
      '2026年10月26日の週より改善',
      '2026年11月2日の週',
    ])
    expect(weekly('ja').subtitle).toEqual(['2026年11月2日の週'])
  })

  it('head the columns of the table', () => {
    const columns = (options: CardOptions, locale: 'en' | 'ja' = 'en') =>
      weekly(locale, options).table.columns.map(({ label }) => label)
    expect(columns({}).filter((_, at) => at !== 1)).toEqual(['Week', 'Week before'])
    expect(columns({ compare: 'YEAR_AGO' })[2]).toBe('52 weeks before')
    expect(columns({ compare: 'YEAR_AGO' }, 'ja').filter((_, at) => at !== 1)).toEqual(['週', '52週前'])
    expect(weekly('en').table.rows[1]?.[0]).toBe('Week of 2 Nov 2026')
    expect(weekly('en').table.values[1]?.[0]).toBe('2026-11-02')
  })
})
