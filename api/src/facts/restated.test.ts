import { describe, expect, it } from 'vitest'
import type { Close, LateLine } from './closed.ts'
import { closeOf } from './closed.ts'
import type { Store } from './column-store.ts'
import { firstDayOf, monthOf } from './month.ts'
import { type Detail, restated, restatedMonths } from './restated.ts'
import { accountsOf, everyAccount } from './scope.ts'
import { sliceOf } from './slice.ts'
import { aStore } from './testing/a-store.ts'

const month = (text: string) => monthOf(`${text}-01`)
const close = (text: string, version: number, by: Close['by'] = 'WATERMARK'): Close => ({
  month: month(text),
  version: BigInt(version),
  closedAt: new Date(version * 1000),
  by,
  reason: null,
})
const late = (text: string, version: number, amount: number, rest: Partial<LateLine> = {}): LateLine => ({
  account: 0,
  month: month(text),
  day: 1,
  version: BigInt(version),
  recordedAt: version * 1000,
  currency: 'USD',
  amount,
  seats: 0,
  part: 'core SEAT',
  ...rest,
})

function storeWith(closes: Close[], lines: LateLine[]): Store {
  const store = aStore({
    changes: [
      ['a', '2024-01-05', 500],
      ['b', '2024-01-05', 700],
    ],
  })
  return { ...store, closed: { revision: 1, policy: 'NOBISHIRO', closes, late: lines } }
}

const closes = [close('2024-02', 10), close('2024-03', 20), close('2024-04', 30)]
const cases: [title: string, lines: LateLine[], detail: Detail, expected: string[]][] = [
  [
    'a late line restates its month and those after it that were closed before it',
    [late('2024-02', 25, 5)],
    'ACCOUNT',
    ['02', '03'],
  ],
  ['a month that nothing late reaches stands', [late('2024-04', 40, 5)], 'ACCOUNT', ['04']],
  [
    'a change that ended before a month leaves it as it was',
    [late('2024-02', 40, 5), late('2024-03', 40, -5)],
    'ACCOUNT',
    ['02', '03'],
  ],
  ['what was taken back entirely restates nothing', [late('2024-02', 40, 5), late('2024-02', 41, -5)], 'ACCOUNT', []],
  [
    'other plans or strategies for the same amount are no other MRR',
    [late('2024-02', 40, -5), late('2024-02', 40, 5, { part: 'core UPSELL' })],
    'ACCOUNT',
    [],
  ],
  [
    'but they are another mix of them',
    [late('2024-04', 40, -5), late('2024-04', 40, 5, { part: 'core UPSELL' })],
    'PART',
    ['04'],
  ],
  [
    'the same on another day of the month is the same month',
    [late('2024-04', 40, -5), late('2024-04', 40, 5, { day: 9 })],
    'ACCOUNT',
    [],
  ],
  ['but other movements by day', [late('2024-04', 40, -5), late('2024-04', 40, 5, { day: 9 })], 'ACCOUNT_DAY', ['04']],
  [
    'whatever strategies they have',
    [late('2024-04', 40, -5), late('2024-04', 40, 5, { part: 'core UPSELL' })],
    'ACCOUNT_DAY',
    [],
  ],
  [
    'unless those are asked for',
    [late('2024-04', 40, -5), late('2024-04', 40, 5, { part: 'core UPSELL' })],
    'PART_DAY',
    ['04'],
  ],
  ['seats count as well', [late('2024-04', 40, 0, { seats: 2 })], 'ACCOUNT', ['04']],
]

describe('restated months', () => {
  it.each(cases)('%s', (_, lines, detail, expected) => {
    const found = restated(storeWith(closes, lines), detail).map((one) => firstDayOf(one.month).slice(5, 7))
    expect(found).toEqual(expected)
  })

  it('say when the last of what changed them was recorded', () => {
    const store = storeWith(closes, [late('2024-02', 40, 5), late('2024-03', 50, 5)])
    const months = restatedMonths(sliceOf(store, everyAccount(store)), 'ACCOUNT')
    expect([...months.values()]).toEqual([40_000, 50_000, 50_000])
  })

  it('of other accounts are not those of a scope', () => {
    const store = storeWith(closes, [late('2024-02', 40, 5)])
    expect(restatedMonths(sliceOf(store, accountsOf(store, ['b'])), 'ACCOUNT').size).toBe(0)
  })
})

describe('the close of a month', () => {
  it('is the first that covered it, or the last by a person who named it', () => {
    const named = [...closes, close('2024-03', 40, 'PERSON'), close('2024-06', 50, 'PERSON')]
    const found = ['2024-01', '2024-03', '2024-04', '2024-05', '2024-07'].map((text) => closeOf(named, month(text)))
    expect(found.map((one) => one && Number(one.version))).toEqual([10, 40, 30, 50, null])
  })
})
