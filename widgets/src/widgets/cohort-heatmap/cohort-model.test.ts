import type { Cohort, Cohorts } from '@nobishiro/sdk'
import { describe, expect, it } from 'vitest'
import { moneyUnit } from '../../format/money.ts'
import { en } from '../../i18n/en.ts'
import { ja } from '../../i18n/ja.ts'
import { aCohorts } from '../../testing/a-cohort.ts'
import { aMoney } from '../../testing/money.ts'
import { cellLabel, cohortLayout } from './cohort-layout.ts'
import { binOf, cohortModel } from './cohort-model.ts'
import { canExplain, questionOf } from './cohort-question.ts'
import { describeCell, noteOf, summaryOf, tableOf, type Wording } from './cohort-text.ts'
import { cohortWords } from './cohort-words.ts'
import { nextPlace } from './use-cells.ts'

const cohort = (month: string | null, accounts: number, opening: number | null, nrr: (string | null)[]): Cohort => ({
  month,
  accounts,
  opening: opening === null ? null : aMoney(opening),
  paying: nrr.map((_, age) => Math.max(0, accounts - age)),
  nrr,
  grr: nrr.map((ratio) => ratio && String(Math.min(1, Number(ratio)))),
  reason: opening === null ? 'NO_RATE' : opening === 0 ? 'NO_OPENING_MRR' : null,
})

/**
 * August: 600 of six accounts, 660 a month later, 540 after two. September: 200 of two, then 300. October: nobody.
 * Age 1 of all: (660 + 300) / 800 = 1.2; age 2: 540 / 600 = 0.9, of the six alone.
 */
const answer = (completeness: Cohorts['completeness'] = 'COMPLETE'): Cohorts => ({
  cohorts: [
    cohort('2026-08-01', 6, 600, ['1', '1.1', '0.9']),
    cohort('2026-09-01', 2, 200, ['1', '1.5']),
    cohort('2026-10-01', 0, 0, [null]),
    cohort('2026-11-01', 0, 0, []),
  ],
  total: cohort(null, 8, 800, ['1', '1.2', '0.9']),
  completeness,
  definition: 'nobishiro/1',
  asOf: '2026-11-22T03:00:00Z',
  version: '1',
})

const wordingOf = (cohorts: Cohorts, language: 'en' | 'ja' = 'en'): Wording => ({
  model: cohortModel(cohorts, 'nrr'),
  term: 'NRR',
  unit: moneyUnit([Number(cohorts.total.opening?.amount)], 'USD', language),
  text: language === 'en' ? en : ja,
  words: cohortWords[language],
  locale: language,
})

describe('bins', () => {
  it.each([
    ['nrr', [0, 0.694, 0.695, 0.844, 0.845, 0.994], [0, 0, 1, 1, 2, 2]],
    ['nrr', [0.995, 1, 1.004, 1.005, 1.15, 1.155, 1.3, 1.305, 28], [3, 3, 3, 4, 4, 5, 5, 6, 6]],
    ['grr', [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.994, 1], [0, 1, 2, 3, 4, 5, 5, 6]],
  ] as const)('%s of %j', (metric, ratios, bins) => {
    expect(ratios.map((ratio) => binOf(metric, ratio))).toEqual(bins)
  })
  it('never differ between cells that show the same whole per cent', () => {
    const bins = new Map<string, number>()
    for (let thousandths = 0; thousandths <= 1500; thousandths += 1) {
      const [label, bin] = [cellLabel(thousandths / 1000, 0, 'en'), binOf('nrr', thousandths / 1000)]
      expect(bins.get(label) ?? bin).toBe(bin)
      bins.set(label, bin)
    }
  })
})

describe('the triangle', () => {
  it('has all cohorts first and leaves out those that have not closed once', () => {
    const { rows, ages } = cohortModel(answer(), 'nrr')
    expect(rows.map(({ month, cells }) => [month, cells.map(({ ratio }) => ratio)])).toEqual([
      [null, [1, 1.2, 0.9]],
      ['2026-08-01', [1, 1.1, 0.9]],
      ['2026-09-01', [1, 1.5]],
      ['2026-10-01', [null]],
    ])
    expect(ages).toBe(3)
  })
  it('counts behind each age of all cohorts the accounts that have reached it', () => {
    const [all, august, september] = cohortModel(answer(), 'nrr').rows
    expect(all?.cells.map(({ accounts, paying }) => [accounts, paying])).toEqual([
      [8, 8],
      [8, 7],
      [6, 6],
    ])
    expect([all, august, september].map((row) => row?.cells.map(({ isFew }) => isFew))).toEqual([
      [false, false, false],
      [false, false, false],
      [true, true],
    ])
  })
  it('marks the newest close of every cohort, and all that rests on it, while that is in progress', () => {
    const partial = (completeness: Cohorts['completeness']) =>
      cohortModel(answer(completeness), 'nrr').rows.map(({ cells }) => cells.map(({ isPartial }) => isPartial))
    expect(partial('PARTIAL')).toEqual([[true, true, true], [false, false, true], [false, true], [true]])
    expect(partial('RESTATED').flat()).not.toContain(true)
  })
  it.each([
    ['nrr', ['1', '1.5'], [1, 1.2, 1.4, 1.6]],
    ['nrr', ['1', '0.62'], [0.6, 0.8, 1]],
    ['nrr', ['1', '1'], [1, 1.05]],
    ['grr', ['1', '1'], [0.95, 1]],
    ['nrr', ['1', '28'], [0, 10, 20, 30]],
  ] as const)('draws the curves of %s %j between round heights: %j', (metric, ratios, ticks) => {
    const all = [cohort('2026-08-01', 6, 600, [...ratios])]
    const one = { ...answer(), cohorts: all, total: cohort(null, 6, 600, [...ratios]) }
    expect(cohortModel(one, metric).ticks).toEqual(ticks)
  })
})

describe('words', () => {
  const wording = wordingOf(answer('PARTIAL'))
  const said = (row: number, age: number, by = wording) => {
    const { rows } = by.model
    const [of, at] = [rows[row], rows[row]?.cells[age]]
    return of && at && describeCell(of, at, by)
  }
  it('say cohort, month, value, who pays, and what there is to know', () => {
    expect(said(0, 2)).toBe('All cohorts, month 2: 90.0\u202f%, 6 of 6 accounts pay, in progress')
    expect(said(2, 1)).toBe('Sep 2026, month 1: 150.0\u202f%, 1 of 2 accounts pay, fewer than 5 accounts, in progress')
    expect(said(3, 0)).toBe('Oct 2026, month 0: no value. No account first paid then.')
    expect(said(1, 1, wordingOf(answer(), 'ja'))).toBe('2026年8月、1か月後: 110.0\u202f%、6アカウント中5が支払い中')
  })
  it('sum up at the highest age that enough accounts have reached', () => {
    expect(summaryOf(wording)).toBe('NRR over all cohorts is 90.0\u202f% 2 months after the first payment.')
    const { cohorts, ...rest } = answer()
    const young = { ...rest, cohorts: cohorts.map((one) => ({ ...one, accounts: Math.min(one.accounts, 4) })) }
    expect(summaryOf(wordingOf(young))).toBe('NRR over all cohorts is 120.0\u202f% 1 month after the first payment.')
    expect(noteOf(wording, true)).toBe('Faded: fewer than 5 accounts · Month 1 opens to its accounts')
    expect(noteOf(wordingOf(aCohorts({ count: 13 })), true)).toBe('Months 1, 3, and 12 open to their accounts')
    expect(noteOf(wordingOf(aCohorts({ count: 4 }), 'ja'), true)).toBe('1、3か月後は内訳あり')
    expect(noteOf(wordingOf(aCohorts()), false)).toBe('')
  })
  it('give every cell of the picture to the table, with its reason', () => {
    const { columns, rows, values } = tableOf(wording, 'NRR by cohort')
    expect(columns.map(({ label }) => label)).toEqual([
      'First paid',
      'Accounts',
      'MRR, $',
      'Month 0',
      'Month 1',
      'Month 2',
    ])
    expect(rows[2]).toEqual([
      'Sep 2026 (fewer than 5 accounts)',
      '2',
      '200.00',
      '100.0\u202f%',
      '150.0\u202f% (in progress)',
      '',
    ])
    expect(rows[3]?.slice(0, 4)).toEqual(['Oct 2026 (no account first paid then)', '0', '0.00', ''])
    expect(values[1]).toEqual(['2026-08-01', 6, '600.00', '1', '1.1', '0.9'])
    const missing = tableOf(wordingOf(aCohorts({ count: 3, withoutRate: [1] })), 'NRR')
    expect(missing.rows[2]?.slice(0, 4)).toEqual(['Sep 2026 (An exchange rate is missing.)', '13', '', ''])
  })
})

describe('keys', () => {
  const lengths = [4, 4, 2, 1]
  it.each([
    ['ArrowRight', { row: 0, age: 0 }, { row: 0, age: 1 }],
    ['ArrowRight', { row: 2, age: 1 }, { row: 2, age: 1 }],
    ['ArrowDown', { row: 1, age: 3 }, { row: 2, age: 1 }],
    ['ArrowDown', { row: 3, age: 0 }, { row: 3, age: 0 }],
    ['ArrowDown', { row: 0, age: 0 }, { row: 1, age: 0 }],
    ['ArrowUp', { row: 2, age: 1 }, { row: 1, age: 1 }],
    ['Home', { row: 1, age: 3 }, { row: 1, age: 0 }],
    ['End', { row: 1, age: 0 }, { row: 1, age: 3 }],
    ['Control+Home', { row: 2, age: 1 }, { row: 0, age: 0 }],
    ['Control+End', { row: 0, age: 2 }, { row: 3, age: 0 }],
    ['Tab', { row: 0, age: 0 }, null],
  ])('%s leads from %j to %j', (name, from, to) => {
    const key = name.replace('Control+', '')
    expect(nextPlace({ key, ctrlKey: key !== name }, from, lengths)).toEqual(to)
  })
})

describe('what explains a cell', () => {
  it.each([1, 3, 12])('is the ratio over its %d months, of its cohort alone', (age) => {
    const at = { 1: '2025-12-01', 3: '2026-02-01', 12: '2026-11-01' }[age]
    expect(questionOf('2025-11-01', age, { segmentIds: ['s'] })).toEqual({
      window: age,
      at,
      where: { segmentIds: ['s'], cohort: ['2025-11-01'] },
    })
  })
  it('is nothing at another age, of all cohorts, or where a filter makes other cohorts', () => {
    expect(questionOf('2025-11-01', 2, undefined)).toBeNull()
    expect(questionOf(null, 1, undefined)).toBeNull()
    expect(questionOf('2025-11-01', 1, { productId: ['p'] })).toBeNull()
    expect(canExplain({ attributes: [{ key: 'size', in: ['large'], at: 'THEN' }] })).toBe(false)
    expect(canExplain({ attributes: [{ key: 'size', in: ['large'] }], productId: null })).toBe(true)
  })
})

describe('the layout', () => {
  it.each([
    [12, 764, true, 0],
    [12, 1044, true, 1],
    [12, 444, false, 0],
    [24, 764, false, 0],
    [12, 244, false, 0],
  ] as const)('of %d months in %d pixels', (count, width, isOneLine, digits) => {
    const layout = cohortLayout(wordingOf(aCohorts({ count })), width)
    expect([layout.isOneLine, layout.digits]).toEqual([isOneLine, digits])
    expect(layout.left + layout.cell * 4).toBeLessThan(width)
  })
})
