import { describe, expect, it } from 'vitest'
import type { ItemState, SubscriptionEvent } from '../ingest/event.ts'
import { anItem, aPrice, aSubscription } from '../testing/build.ts'
import { catalogMapping } from './catalog.ts'
import { histories } from './history.ts'
import { accountLines, type Line } from './lines.ts'
import { monthOf } from './month.ts'
import type { Reading } from './month-usage.ts'
import type { Price } from './price.ts'
import type { Recognition } from './recognition.ts'
import { withUsage } from './usage-steps.ts'

const calls = (rest: Partial<Price> = {}): ItemState =>
  anItem('calls', 1, aPrice('1', { usage: 'METERED', meter: 'calls', ...rest }))
const started = (at: string, ...items: ItemState[]): SubscriptionEvent =>
  aSubscription({ at: `${at}T09:00:00.000Z`, items: items.length > 0 ? items : [calls()] })
const ended = (at: string): SubscriptionEvent =>
  aSubscription({ at: `${at}T09:00:00.000Z`, status: 'ENDED', items: [], rank: 2 })
const used = (day: string, quantity: string, rest: Partial<Reading> = {}): Reading => ({
  ...{ metric: 'calls', subscription: null, item: null, day, at: null, mode: 'ADD', aggregation: null, quantity },
  ...{ reportedAt: `${day}T12:00:00.000Z`, event: `u ${day}`, id: `u ${day}`, ...rest },
})

type Asked = { closed?: string; metric?: string; timeZone?: string; recognition?: Partial<Recognition> }

function fold(events: SubscriptionEvent[], readings: Reading[], asked: Asked = {}): Line[] {
  const { closed, metric = 'calls', timeZone = 'UTC', recognition = {} } = asked
  const sourced = events.map((event, index) => ({ source: 'stripe', sourceEvent: `s${index}`, event }))
  const metering = { readings, closed: new Map(closed ? [[metric, monthOf(`${closed}-01`)]] : []) }
  const history = withUsage(histories(sourced), metering, { timeZone, recognition })
  return accountLines('stripe:acme', history, timeZone, catalogMapping(new Map()))
}
const shown = (lines: Line[]) =>
  lines.map(({ effectiveDay, amount, strategy }) => `${effectiveDay} ${amount} ${strategy}`)

const months = [
  used('2024-01-20', '300'),
  used('2024-02-20', '600'),
  used('2024-03-20', '900'),
  used('2024-04-20', '0'),
]

describe('usage counts as the mean of the last three closed months', () => {
  it.each<[string, SubscriptionEvent[], Reading[], Asked, string[]]>([
    ['none before a month is closed', [started('2024-01-10')], months.slice(0, 1), {}, []],
    [
      'the first month counts from the start of the second, then the mean of two, then of three',
      [started('2024-01-10')],
      months,
      { closed: '2024-04' },
      ['2024-02-01 300 USAGE', '2024-03-01 150 USAGE', '2024-04-01 150 USAGE', '2024-05-01 -100 USAGE'],
    ],
    [
      'an item that stops reporting while others go on is at zero after three months',
      [started('2024-01-10')],
      months.slice(0, 1),
      { closed: '2024-05' },
      ['2024-02-01 300 USAGE', '2024-03-01 -150 USAGE', '2024-04-01 -50 USAGE', '2024-05-01 -100 USAGE'],
    ],
    [
      'where nobody reports any more, nothing is known and nothing changes',
      [started('2024-01-10')],
      months.slice(0, 1),
      { closed: '2024-01' },
      ['2024-02-01 300 USAGE'],
    ],
    [
      'it ends with the item',
      [started('2024-01-10'), ended('2024-02-15')],
      months,
      { closed: '2024-04' },
      ['2024-02-01 300 USAGE', '2024-02-15 -300 USAGE'],
    ],
    [
      'a new price counts at once for all that was used',
      [started('2024-01-10'), started('2024-02-15', calls({ unitAmount: '2' }))],
      months.slice(0, 1),
      { closed: '2024-01' },
      ['2024-02-01 300 USAGE', '2024-02-15 300 USAGE'],
    ],
    [
      'a month begins at local midnight',
      [started('2024-01-10')],
      months.slice(0, 1),
      { closed: '2024-01', timeZone: 'Asia/Tokyo' },
      ['2024-02-01 300 USAGE'],
    ],
    [
      'the last month alone, where the policy says so',
      [started('2024-01-10')],
      months,
      { closed: '2024-04', recognition: { metered: 'LAST_MONTH' } },
      ['2024-02-01 300 USAGE', '2024-03-01 300 USAGE', '2024-04-01 300 USAGE', '2024-05-01 -900 USAGE'],
    ],
    [
      'not at all, where the policy says so',
      [started('2024-01-10')],
      months,
      { closed: '2024-04', recognition: { metered: 'EXCLUDE' } },
      [],
    ],
    [
      'the fraction of a minor unit is rounded once, half-even',
      [started('2024-01-10', calls({ unitAmount: '0.5' }))],
      [used('2024-01-20', '5')],
      { closed: '2024-01' },
      ['2024-02-01 2 USAGE'],
    ],
  ])('%s', (_, events, readings, asked, expected) => expect(shown(fold(events, readings, asked))).toEqual(expected))

  it('a subscription that replaces another on the same metric goes on where that one was', () => {
    const next = { ...started('2024-02-15'), subscription: 'sub_2' }
    const lines = fold([started('2024-01-10'), ended('2024-02-15'), next], months, { closed: '2024-02' })
    expect(lines.map(({ subscription, effectiveDay, amount }) => `${subscription} ${effectiveDay} ${amount}`)).toEqual([
      'stripe:sub_1 2024-02-01 300',
      'stripe:sub_1 2024-02-15 -300',
      'stripe:sub_2 2024-02-15 300',
      'stripe:sub_2 2024-03-01 150',
    ])
  })

  it('months in which nothing was held do not count for one who returns', () => {
    const back = started('2024-03-10')
    const lines = fold([started('2024-01-10'), ended('2024-01-15'), back], months, { closed: '2024-03' })
    expect(shown(lines)).toEqual(['2024-04-01 900 USAGE'])
  })

  it('a pause takes it to zero, with the reason', () => {
    const paused = { ...started('2024-02-15'), state: { ...started('2024-02-15').state, status: 'PAUSED' as const } }
    const lines = fold([started('2024-01-10'), paused], months, { closed: '2024-01' })
    expect(lines.map(({ amount, reason }) => [amount, reason])).toEqual([
      [300n, null],
      [-300n, 'PAUSE'],
    ])
  })

  it('a line says which months, quantities and amounts it rests on, and the delivery that came last', () => {
    const [, , third] = fold([started('2024-01-10')], months, { closed: '2024-03' })
    expect(third).toMatchObject({
      ...{ rule: 2, strategy: 'USAGE', effectiveAt: '2024-04-01T00:00:00.000Z', sourceEvent: 'u 2024-03-20', seats: 0 },
      evidence: {
        ...{ metric: 'calls', months: '2024-01, 2024-02, 2024-03' },
        ...{ quantities: '300, 600, 900', amounts: '300, 600, 900', levelBefore: '450', levelAfter: '600' },
      },
    })
  })
})

describe('what is committed is no usage', () => {
  const plan = calls({
    scheme: 'GRADUATED',
    tiers: [
      { upTo: 100, unitAmount: '0', flatAmount: '5000' },
      { upTo: null, unitAmount: '10', flatAmount: '0' },
    ],
  })

  it('the fee counts as a licence from the start, without seats, and what is beyond it as usage', () => {
    const seats = anItem('crm', 3, aPrice('1000'), { item: 'si_2' })
    const lines = fold([started('2024-01-10', seats), started('2024-01-12', seats, plan)], months.slice(0, 1), {
      closed: '2024-01',
    })
    expect(
      lines.map(({ effectiveDay, amount, strategy, seats: many }) => [effectiveDay, amount, strategy, many]),
    ).toEqual([
      ['2024-01-10', 3_000n, 'CROSS_SELL', 3],
      ['2024-01-12', 5_000n, 'CROSS_SELL', 0],
      ['2024-02-01', 2_000n, 'USAGE', 0],
    ])
  })

  it('a percentage off counts for both, an amount off for what is committed', () => {
    const off = (discount: object) => ({
      ...started('2024-01-10', plan),
      state: { ...started('2024-01-10', plan).state, discounts: [{ id: 'd', ...discount } as never] },
    })
    const reading = months.slice(0, 1)
    expect(shown(fold([off({ percentOff: '50' })], reading, { closed: '2024-01' }))).toEqual([
      '2024-01-10 2500 CROSS_SELL',
      '2024-02-01 1000 USAGE',
    ])
    expect(shown(fold([off({ amountOff: '1000' })], reading, { closed: '2024-01' }))).toEqual([
      '2024-01-10 4000 CROSS_SELL',
      '2024-02-01 2000 USAGE',
    ])
  })
})

describe('whose usage it is', () => {
  it('readings that name another subscription or item do not count', () => {
    const other = [used('2024-01-20', '5', { subscription: 'sub_9' }), used('2024-01-21', '7', { item: 'si_9' })]
    expect(fold([started('2024-01-10')], other, { closed: '2024-01' })).toEqual([])
  })

  it('what was billed counts in months of which nothing was measured', () => {
    const { meter: _, ...legacy } = calls().pricing
    const billed = (day: string, quantity: string) =>
      used(day, quantity, { metric: 'invoiced_usage', item: 'si_1', mode: 'SET' })
    const readings = [
      billed('2024-01-31', '50'),
      billed('2024-02-29', '80'),
      used('2024-02-10', '90', { metric: 'item_usage', item: 'si_1' }),
    ]
    const item = { ...calls(), pricing: legacy }
    const lines = fold([started('2024-01-10', item)], readings, { closed: '2024-02', metric: 'item_usage' })
    expect(shown(lines)).toEqual(['2024-02-01 50 USAGE', '2024-03-01 20 USAGE'])
  })
})
