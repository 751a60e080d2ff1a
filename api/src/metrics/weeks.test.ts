import { describe, expect, it } from 'vitest'
import { firstDayIn, placeOfDay, sameDayBefore, WEEKS } from '../facts/calendar.ts'
import type { LateLine } from '../facts/closed.ts'
import type { Store } from '../facts/column-store.ts'
import { monthOf } from '../facts/month.ts'
import type { RateRow } from '../facts/rates.ts'
import { everyAccount } from '../facts/scope.ts'
import { aStore, type Change, NOW, type StoreSketch } from '../facts/testing/a-store.ts'
import { evaluate } from './evaluate.ts'
import { type MetricKey, metricKeys } from './registry.ts'
import { report } from './report.ts'
import type { MetricValue } from './result.ts'
import { strategyMix } from './strategy-mix.ts'

const week = (monday: string) => placeOfDay(WEEKS, monday)
const shown = ({ value, reason }: MetricValue) => value ?? reason

/** Values of the weeks from a Monday on, then the total. */
function weeks(
  key: MetricKey,
  sketch: StoreSketch | Store,
  monday: string,
  count = 1,
  more: object = {},
): MetricValue[] {
  const store = 'calendar' in sketch ? sketch : aStore(sketch)
  const range = { start: week(monday), end: week(monday) + count }
  const [series] = evaluate(store, {
    scope: everyAccount(store),
    now: NOW,
    keys: [key],
    range,
    bucket: 'WEEK',
    ...more,
  })
  return [...series!.values, series!.total!]
}

const flows = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const
/** The flows of one week that are not zero. */
const flowsOf = (changes: Change[], monday: string, more?: object) =>
  Object.fromEntries(
    flows.flatMap((key) => {
      const value = weeks(key, { changes }, monday, 1, more)[0]!.value
      return value === '0.00' ? [] : [[key, value]]
    }),
  )

describe('an account has one movement a week', () => {
  const held: Change = ['a', '2024-06-05', 10_000]

  it.each<[string, Change[], string, Record<string, string>]>([
    [
      'what comes and goes from Monday to Sunday is none',
      [held, ['a', '2024-11-04', 500], ['a', '2024-11-10', -500]],
      '2024-11-04',
      {},
    ],
    [
      'what is left of a week is its movement',
      [held, ['a', '2024-11-05', 700], ['a', '2024-11-07', -500]],
      '2024-11-04',
      { expansion: '2.00' },
    ],
    [
      'who leaves and returns within a week has not left',
      [held, ['a', '2024-11-08', -10_000], ['a', '2024-11-10', 10_000]],
      '2024-11-04',
      {},
    ],
    [
      'who leaves on Friday has left that week',
      [held, ['a', '2024-11-08', -10_000], ['a', '2024-11-11', 9_000]],
      '2024-11-04',
      { churn: '100.00' },
    ],
    [
      'and returns on Monday in the next',
      [held, ['a', '2024-11-08', -10_000], ['a', '2024-11-11', 9_000]],
      '2024-11-11',
      { reactivation: '90.00' },
    ],
    [
      'who came and left within a week never paid',
      [
        ['a', '2024-11-05', 500],
        ['a', '2024-11-06', -500],
        ['a', '2024-11-12', 500],
      ],
      '2024-11-11',
      { new: '5.00' },
    ],
    [
      'who paid at the close of a week has paid before, though no month closed so',
      [
        ['a', '2024-11-05', 500],
        ['a', '2024-11-12', -500],
        ['a', '2024-12-02', 300],
      ],
      '2024-12-02',
      { reactivation: '3.00' },
    ],
    [
      'a week goes on over the end of a month',
      [held, ['a', '2024-10-31', 500], ['a', '2024-11-01', -800]],
      '2024-10-28',
      { contraction: '3.00' },
    ],
    [
      'and of a year',
      [held, ['a', '2024-12-31', -10_000], ['a', '2025-01-02', 12_000]],
      '2024-12-30',
      { expansion: '20.00' },
    ],
    ['a leap day is a day', [held, ['a', '2024-02-29', 4_000]], '2024-02-26', { new: '40.00' }],
  ])('%s', (_, changes, monday, expected) => {
    expect(flowsOf(changes, monday)).toEqual(expected)
  })

  it('days are movements of their own where the view nets by event, and sum to the week', () => {
    const changes: Change[] = [held, ['a', '2024-11-05', 700], ['a', '2024-11-07', -500]]
    expect(flowsOf(changes, '2024-11-04', { view: { netting: 'EVENT' } })).toEqual({
      expansion: '7.00',
      contraction: '5.00',
    })
    const over: Change[] = [held, ['a', '2024-10-31', -10_000], ['a', '2024-11-01', 12_000]]
    expect(flowsOf(over, '2024-10-28', { view: { netting: 'EVENT' } })).toEqual({
      churn: '100.00',
      reactivation: '120.00',
    })
  })

  it('the window of a return is of days from one close of a week to another', () => {
    const changes: Change[] = [held, ['a', '2024-11-04', -10_000], ['a', '2024-11-18', 5_000]]
    expect(flowsOf(changes, '2024-11-18', { view: { reactivationWindow: 14 } })).toEqual({ reactivation: '50.00' })
    expect(flowsOf(changes, '2024-11-18', { view: { reactivationWindow: 13 } })).toEqual({ new: '50.00' })
  })

  it('the total is the sum of the weeks: nothing is netted between them', () => {
    const changes: Change[] = [held, ['a', '2024-11-08', 500], ['a', '2024-11-11', -500]]
    expect(weeks('expansion', { changes }, '2024-11-04', 2).map(shown)).toEqual(['5.00', '0.00', '5.00'])
    expect(weeks('contraction', { changes }, '2024-11-04', 2).map(shown)).toEqual(['0.00', '5.00', '5.00'])
    expect(weeks('mrr', { changes }, '2024-11-04', 2).map(shown)).toEqual(['105.00', '100.00', '100.00'])
  })
})

describe('a window goes back to the same day of an earlier month', () => {
  const day = (text: string) => Date.parse(text) / 86_400_000
  it.each([
    ['2024-11-10', 12, '2023-11-10'],
    ['2024-03-31', 1, '2024-02-29'],
    ['2023-03-31', 1, '2023-02-28'],
    ['2025-02-28', 12, '2024-02-28'],
    ['2024-05-31', 3, '2024-02-29'],
    ['2024-01-07', 1, '2023-12-07'],
    ['2024-02-29', 12, '2023-02-28'],
  ])('%s less %i months is %s', (from, months, expected) => {
    expect(sameDayBefore(day(from), months)).toBe(day(expected))
  })

  const changes: Change[] = [
    ['a', '2024-02-29', 10_000],
    ['b', '2024-03-01', 50_000],
    ['a', '2024-03-31', 2_000],
    ['a', '2024-04-01', 9_000],
  ]
  it('of the week to 31 March, a month back, the cohort is who paid on 29 February', () => {
    expect(weeks('nrr', { changes }, '2024-03-25', 1, { window: 1 }).map(shown)).toEqual(['1.2', '1.2'])
    const [next] = weeks('nrr', { changes }, '2024-04-01', 1, { window: 1 })
    expect([next!.denominator?.value, next!.numerator?.value]).toEqual(['600.00', '710.00'])
  })

  it('what opens before anyone paid lacks history, and what opens on nobody’s payments a base', () => {
    expect(weeks('grr', { changes }, '2024-03-18', 1, { window: 1 }).map(shown)).toEqual([
      'NOT_ENOUGH_HISTORY',
      'NOT_ENOUGH_HISTORY',
    ])
    const left: Change[] = [...changes, ['a', '2024-04-08', -21_000], ['b', '2024-04-08', -50_000]]
    expect(weeks('grr', { changes: left }, '2024-06-03', 1, { window: 1 })[0]?.reason).toBe('NO_OPENING_MRR')
  })

  it('what the other weeks of an answer are changes nothing', () => {
    const alone = weeks('nrr', { changes }, '2024-03-25', 1, { window: 1 })[0]
    const many = weeks('nrr', { changes }, '2024-01-01', 30, { window: 1 })
    expect(many.find(({ days }) => days.start === '2024-03-25')).toEqual(alone)
  })
})

describe('exchange rates are those of the week’s close', () => {
  const rate = (day: string, value: string): RateRow => ({ currency: 'EUR', day, rate: value, per: '1' })
  const changes: Change[] = [
    ['a', '2024-10-01', 10_000, { currency: 'EUR' }],
    ['a', '2024-11-13', 10_000, { currency: 'EUR' }],
    ['b', '2024-10-01', 500],
  ]
  const rates = [rate('2024-11-03', '1'), rate('2024-11-08', '1.1'), rate('2024-11-17', '1.2'), rate('2024-11-18', '9')]

  it('carried for at most 7 days; rates and movements lead from opening to closing', () => {
    const ask = (key: MetricKey) => weeks(key, { changes, rates }, '2024-11-04', 2).map(shown)
    expect(ask('mrr')).toEqual(['115.00', '245.00', '245.00'])
    expect(ask('expansion')).toEqual(['0.00', '110.00', '110.00'])
    expect(ask('fx')).toEqual(['10.00', '20.00', '30.00'])
  })

  it('a week that lacks one has none, and what needs none stands', () => {
    const gap = [rate('2024-11-03', '1'), rate('2024-11-17', '1.2')]
    const ask = (key: MetricKey, more?: object) => weeks(key, { changes, rates: gap }, '2024-11-04', 2, more).map(shown)
    expect(ask('mrr')).toEqual(['105.00', '245.00', '245.00']) // 10 November is 7 days after the 3rd
    const late = [rate('2024-11-02', '1'), rate('2024-11-17', '1.2')]
    const without = (key: MetricKey) => weeks(key, { changes, rates: late }, '2024-11-04', 2).map(shown)
    expect(without('mrr')).toEqual(['NO_RATE', '245.00', '245.00'])
    expect(without('expansion')).toEqual(['0.00', 'NO_RATE', 'NO_RATE'])
    expect(without('new')).toEqual(['0.00', '0.00', '0.00'])
    expect(() => mix({ changes, rates: late }, '2024-11-11')).toThrow('of EUR at 2024-11-10 or within 7 days before it')
  })

  it('today’s, of a week that is not over; both ends of NRR at those of the opening', () => {
    const now = new Date('2024-11-13T12:00:00Z')
    const running = [...rates, rate('2024-11-12', '1.15')]
    expect(weeks('mrr', { changes, rates: running }, '2024-11-11', 1, { now }).map(shown)).toEqual(['235.00', '235.00'])
    const [nrr] = weeks('nrr', { changes, rates: [rate('2024-10-17', '2'), ...rates] }, '2024-11-11', 1, { window: 1 })
    expect([nrr!.numerator?.value, nrr!.denominator?.value]).toEqual(['405.00', '205.00'])
  })

  const mix = (sketch: StoreSketch, monday: string) => {
    const store = aStore(sketch)
    const range = { start: week(monday), end: week(monday) + 1 }
    return strategyMix(store, { scope: everyAccount(store), now: NOW, range, bucket: 'WEEK' })
  }
})

describe('a week runs in the tenant’s time zone', () => {
  const standing = (timeZone: string, now: string, monday: string, dataThrough: string | null = '2025-12-31') =>
    weeks('mrr', { changes: [['a', '2024-01-05', 500]], timeZone, dataThrough }, monday, 1, { now: new Date(now) })[0]
      ?.completeness

  it.each([
    ['Europe/Berlin', '2024-10-27T22:59:59Z', '2024-10-21', 'PARTIAL'], // the clock went back on that Sunday
    ['Europe/Berlin', '2024-10-27T23:00:00Z', '2024-10-21', 'COMPLETE'],
    ['Europe/Berlin', '2024-03-31T21:59:59Z', '2024-03-25', 'PARTIAL'], // and forward on this one
    ['Europe/Berlin', '2024-03-31T22:00:00Z', '2024-03-25', 'COMPLETE'],
    ['Asia/Tokyo', '2024-11-10T15:00:00Z', '2024-11-04', 'COMPLETE'],
    ['America/New_York', '2024-11-11T04:59:59Z', '2024-11-04', 'PARTIAL'],
  ])('in %s at %s the week of %s is %s', (timeZone, now, monday, expected) => {
    expect(standing(timeZone, now, monday)).toBe(expected)
  })

  it('and is partial while a source has not passed its Sunday', () => {
    expect(standing('UTC', '2024-12-01T00:00:00Z', '2024-11-04', '2024-11-09')).toBe('PARTIAL')
    expect(standing('UTC', '2024-12-01T00:00:00Z', '2024-11-04', '2024-11-10')).toBe('COMPLETE')
  })

  it('the default range is the 12 last complete weeks', () => {
    const store = aStore({ changes: [['a', '2024-01-05', 500]], dataThrough: '2024-11-09' })
    const [series] = evaluate(store, { scope: everyAccount(store), now: NOW, keys: ['mrr'], bucket: 'WEEK' })
    expect(series!.values.map(({ days }) => days.start)).toEqual(
      Array.from({ length: 12 }, (_, at) => firstDayIn(WEEKS, week('2024-08-12') + at)),
    )
    expect(series!.total?.days).toEqual({ start: '2024-08-12', end: '2024-11-04' })
  })
})

describe('a week is restated', () => {
  const late = (day: string, amount: number, version = 20n): LateLine => ({
    account: 0,
    month: monthOf(day),
    day: Number(day.slice(8)),
    version,
    recordedAt: 5_000,
    currency: 'USD',
    amount,
    seats: 0,
    part: 'core SEAT',
  })
  const close = (month: string, version: bigint) => ({
    month: monthOf(`${month}-01`),
    version,
    closedAt: new Date(1),
    by: 'PERSON' as const,
    reason: null,
  })
  const storeWith = (lines: LateLine[], closes = [close('2024-10', 10n)]): Store => ({
    ...aStore({ changes: [['a', '2024-01-05', 500]] }),
    closed: { revision: 1, policy: 'NOBISHIRO', closes, late: lines },
  })
  const standings = (key: MetricKey, lines: LateLine[], more?: object, closes?: ReturnType<typeof close>[]) =>
    weeks(key, storeWith(lines, closes), '2024-10-07', 4, more)
      .slice(0, -1)
      .map(({ completeness, restatedSince }) => (restatedSince ? completeness[0] : '-'))
      .join('')

  it('where it was closed, with the month that holds its Sunday, and says something else since', () => {
    // The last of the four ends on 3 November, which is not closed.
    expect(standings('mrr', [late('2024-10-15', 100)])).toBe('-RR-')
    expect(standings('mrr', [late('2024-10-15', 100), late('2024-10-20', -100)])).toBe('----')
    expect(standings('mrr', [late('2024-10-15', 100), late('2024-10-21', -100)])).toBe('-RR-')
    expect(standings('mrr', [late('2024-10-15', 100)], {}, [close('2024-10', 10n), close('2024-11', 30n)])).toBe('-RR-')
    expect(standings('mrr', [late('2024-10-15', 100, 40n)], {}, [close('2024-10', 10n), close('2024-11', 30n)])).toBe(
      '-RRR',
    )
  })

  it('what went to another day of it is another movement only where days are netted, or opened on', () => {
    const moved = [late('2024-10-15', 100), late('2024-10-17', -100)]
    expect(standings('expansion', moved)).toBe('----')
    expect(standings('expansion', moved, { view: { netting: 'EVENT' } })).toBe('-R--')
    const since = weeks('nrr', storeWith(moved), '2024-11-11', 2, { window: 1 }).map(
      ({ restatedSince }) => restatedSince,
    )
    expect(since).toEqual([new Date(5_000), null, null]) // 17 October lies in that week, 24 October does not
  })
})

it('is set beside the week before, or the one 52 weeks before', () => {
  const changes: Change[] = [
    ['a', '2023-11-06', 500],
    ['a', '2024-11-04', 200],
    ['a', '2024-11-11', 300],
  ]
  const before = (compare: string) => weeks('mrr', { changes }, '2024-11-11', 1, { compare })[0]!.previous!
  expect([before('PREVIOUS').days.start, before('PREVIOUS').value]).toEqual(['2024-11-04', '7.00'])
  expect([before('YEAR_AGO').days, before('YEAR_AGO').value]).toEqual([
    { start: '2023-11-13', end: '2023-11-20' },
    '5.00',
  ])
})

describe('what is made of months', () => {
  const store = aStore({ changes: [['a', '2024-01-05', 500]] })
  const query = { scope: everyAccount(store), now: NOW, bucket: 'WEEK' } as const
  const monthly = [
    'capacityReady',
    'ltv',
    'nonRecurring',
    'expansionCacRatio',
    'seatUtilisation',
    'grrPathMinimum',
    'existingRevenueShare',
    'landAndExpand',
    'freeToPaid',
    'breadth',
  ] as const

  it.each(monthly)('%s is refused by its name, in series and reports', (key) => {
    const message = `${key} is made of whole months, so there is none of a week; ask for it with bucket MONTH, QUARTER or YEAR`
    expect(() => evaluate(store, { ...query, keys: ['mrr', key] })).toThrow(message)
    expect(() => report(store, { ...query, measures: [{ key }], by: [] })).toThrow(message)
  })

  it('is not to be had of facts by week at all', () => {
    for (const key of metricKeys) {
      const ask = () => evaluate(store, { ...query, keys: [key] })
      try {
        ask()
      } catch (error) {
        expect(String(error)).toContain('is made of whole months')
      }
    }
  })

  it('a cohort is still one of months: who first paid at the close of one', () => {
    const cohorts = aStore({
      changes: [
        ['a', '2024-10-30', 500],
        ['b', '2024-11-04', 700],
        ['b', '2024-11-20', -700],
        ['c', '2024-11-05', 900],
      ],
    })
    const mrr = (cohort: (number | null)[]) => weeks('mrr', cohorts, '2024-11-11', 1, { where: { cohort } })[0]?.value
    expect([mrr([monthOf('2024-10-01')]), mrr([monthOf('2024-11-01')]), mrr([null])]).toEqual(['5.00', '9.00', '7.00'])
  })
})

it('an attribute counts as it was at the close of the week, and at the day on which a window opens', () => {
  const store = aStore({
    changes: [
      ['a', '2024-09-02', 10_000],
      ['a', '2024-11-07', 5_000],
    ],
    said: [
      ['a', '2024-01-01', { size: 'small' }],
      ['a', '2024-11-06', { size: 'large' }],
    ],
  })
  const of = (key: MetricKey, size: string, monday: string, more: object = {}) =>
    weeks(key, store, monday, 2, { where: { attributes: [{ key: 'size', in: [size], at: 'THEN' }] }, ...more }).map(
      shown,
    )
  expect([of('mrr', 'small', '2024-10-28'), of('mrr', 'large', '2024-10-28')]).toEqual([
    ['100.00', '0.00', '0.00'],
    ['0.00', '150.00', '150.00'],
  ])
  expect([of('expansion', 'small', '2024-10-28'), of('expansion', 'large', '2024-10-28')]).toEqual([
    ['0.00', '0.00', '0.00'],
    ['0.00', '50.00', '50.00'],
  ])
  // Weeks to 1 and 8 December look back to 1 and 8 November: it turned large on the 6th.
  expect([of('nrr', 'small', '2024-11-25', { window: 1 }), of('nrr', 'large', '2024-11-25', { window: 1 })]).toEqual([
    ['1.5', 'NO_OPENING_MRR', 'NO_OPENING_MRR'],
    ['NO_OPENING_MRR', '1', '1'],
  ])
})
