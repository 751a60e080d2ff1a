import { describe, expect, it } from 'vitest'
import { aPrice } from '../testing.ts'
import type { Gap } from './gap.ts'
import { subscriptionReceived } from './received.ts'

type Fields = Record<string, unknown>

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 1000
const AS_OF = '2024-06-10T00:00:00.000Z'

const PRICES = [
  aPrice({ id: 'basic', product: 'prod_basic', unit_amount: 1000 }),
  aPrice({ id: 'pro', product: 'prod_pro', unit_amount: 1800 }),
  aPrice({
    id: 'yearly',
    product: 'prod_pro',
    unit_amount: 18_000,
    recurring: { interval: 'year', interval_count: 1 },
  }),
  aPrice({ id: 'metered', product: 'prod_calls', recurring: { interval: 'month', usage_type: 'metered' } }),
  aPrice({ id: 'set_up', product: 'prod_set_up', type: 'one_time', recurring: null }),
  aPrice({ id: 'euro', product: 'prod_basic', currency: 'eur' }),
  aPrice({
    ...{ id: 'tiered', product: 'prod_tiered', unit_amount: null, billing_scheme: 'tiered', tiers_mode: 'graduated' },
    tiers: [
      { up_to: 5, unit_amount: 1000, flat_amount: 500 },
      { up_to: null, unit_amount: 800, flat_amount: null },
    ],
  }),
]
const COUPONS = [
  { id: 'FOREVER', duration: 'forever', percent_off: 10 },
  { id: 'ONCE', duration: 'once', percent_off: 50 },
]
const KNOWN = new Map([...PRICES, ...COUPONS].map((object) => [String((object as Fields)['id']), object as Fields]))

const aPlan = { id: 'basic', object: 'plan', product: 'prod_basic', amount: 1000, currency: 'usd', interval: 'month' }

/** A line of API versions since 2025: from, until, price, quantity, amount; a proration where it says so. */
type Line = [from: string, until: string, price: string, quantity: number | null, amount: number, more?: Fields]

const newLine = ([from, until, price, quantity, amount, more = {}]: Line): Fields => {
  const { proration = false, item = 'si_1', ...rest } = more
  return {
    ...{
      id: `il_${from}_${price}_${amount}`,
      amount,
      quantity,
      currency: 'usd',
      period: { start: day(from), end: day(until) },
    },
    parent: { subscription_item_details: { subscription: 'sub_1', subscription_item: item, proration } },
    pricing: { price_details: { price, product: 'prod_gone' }, unit_amount_decimal: '700' },
    ...rest,
  }
}

const oldLine = ([from, until, price, quantity, amount, more = {}]: Line): Fields => {
  const { proration = false, item = 'si_1', ...rest } = more
  return {
    ...{
      id: `il_${from}_${price}_${amount}`,
      amount,
      quantity,
      currency: 'usd',
      period: { start: day(from), end: day(until) },
    },
    ...{ proration, subscription: 'sub_1', subscription_item: item, type: proration ? 'invoiceitem' : 'subscription' },
    // Before 2020 a line had the plan alone.
    ...(price === 'basic' ? { plan: aPlan } : { price: KNOWN.get(price) }),
    ...rest,
  }
}

const invoice = (lines: Fields[], more: Fields = {}): Fields => ({
  ...{
    id: 'in_1',
    object: 'invoice',
    status: 'paid',
    currency: 'usd',
    subscription: 'sub_1',
    created: day('2024-01-01'),
  },
  lines: { data: lines, has_more: false },
  ...more,
})

const item = (price: string, quantity: number | null, more: Fields = {}): Fields => ({
  ...{ id: 'si_1', price: KNOWN.get(price), quantity, metadata: {} },
  ...{ current_period_start: day('2024-06-01'), current_period_end: day('2024-07-01') },
  ...more,
})

const object = (items: Fields[], more: Fields = {}): Fields => ({
  ...{ id: 'sub_1', object: 'subscription', customer: 'cus_1', status: 'active', currency: 'usd', metadata: {} },
  ...{ created: day('2024-01-01'), start_date: day('2024-01-01') },
  items: { data: items, has_more: false },
  ...more,
})

type Case = {
  lines?: Line[]
  invoices?: Fields[]
  object?: Fields
  since?: string
  pending?: Fields[]
  shape?: typeof newLine
}

function rebuild({ lines = [], invoices, object: given, since, pending = [], shape = newLine }: Case) {
  const papers = {
    object: given ?? object([item('basic', 10)]),
    invoices: invoices ?? [invoice(lines.map(shape))],
    pending,
  }
  const [received, used] = subscriptionReceived(papers, KNOWN, { source: 'stripe', asOf: AS_OF, since: since ?? null })
  if (!received) throw new Error('Nothing was received')
  const history = received.events.find((event) => event.type === 'subscriptionHistory')
  const states = (history?.type === 'subscriptionHistory' ? history.states : []).map(({ effectiveAt, state }) => {
    const held = state.items.map((each) => `${each.price}x${each.quantity}${each.discounts ? ' reduced' : ''}`)
    return [effectiveAt.slice(0, 10), state.status, ...held, ...(state.discounts ? ['reduced'] : [])].join(' ')
  })
  const { gaps } = JSON.parse(Buffer.from(received.raw).toString()) as { gaps: Gap[] }
  return { states, gaps: gaps.map(({ code }) => code), received, used }
}

const month = (number: number, price: string, quantity: number | null, amount: number, more?: Fields): Line =>
  [`2024-0${number}-01`, `2024-0${number + 1}-01`, price, quantity, amount, ...(more ? [more] : [])] as Line // the optional place may be left out
const months = (from: number, until: number, price: string, quantity: number | null): Line[] =>
  Array.from({ length: until - from + 1 }, (_, index) => month(from + index, price, quantity, 1))

describe.each([
  ['since 2025', newLine],
  ['before 2025', oldLine],
])('invoice lines of API versions %s', (_, shape) => {
  it.each<[string, Line[], string[]]>([
    ['renewals of what has not changed say nothing', months(1, 6, 'basic', 10), ['2024-01-01 ACTIVE basicx10']],
    ['a quantity of null is one', months(1, 6, 'basic', null), ['2024-01-01 ACTIVE basicx1']],
    [
      'a change within a period is told by its proration',
      [
        ...months(1, 3, 'basic', 10),
        ['2024-03-15', '2024-04-01', 'basic', 10, -500, { proration: true }],
        ['2024-03-15', '2024-04-01', 'pro', 12, 900, { proration: true }],
        ...months(4, 6, 'pro', 12),
      ],
      ['2024-01-01 ACTIVE basicx10', '2024-03-15 ACTIVE prox12'],
    ],
    [
      'a change made twice at once counts as it ended',
      [
        ...months(1, 3, 'basic', 10),
        ['2024-03-15', '2024-04-01', 'basic', 10, -500, { proration: true }],
        ['2024-03-15', '2024-04-01', 'basic', 15, 750, { proration: true }],
        ['2024-03-15', '2024-04-01', 'basic', 15, -750, { proration: true }],
        ['2024-03-15', '2024-04-01', 'basic', 20, 1000, { proration: true }],
        ...months(4, 6, 'basic', 20),
      ],
      ['2024-01-01 ACTIVE basicx10', '2024-03-15 ACTIVE basicx20'],
    ],
    [
      'a change undone at once is none',
      [
        ...months(1, 6, 'basic', 10),
        ['2024-03-15', '2024-04-01', 'basic', 10, -500, { proration: true }],
        ['2024-03-15', '2024-04-01', 'basic', 15, 750, { proration: true }],
        ['2024-03-15', '2024-04-01', 'basic', 15, -750, { proration: true }],
        ['2024-03-15', '2024-04-01', 'basic', 10, 500, { proration: true }],
      ],
      ['2024-01-01 ACTIVE basicx10'],
    ],
    [
      'two changes of one period, invoiced together',
      [
        ...months(1, 6, 'basic', 10).slice(0, 3),
        ['2024-03-10', '2024-04-01', 'basic', 10, -500, { proration: true }],
        ['2024-03-20', '2024-04-01', 'basic', 15, -400, { proration: true }],
        ['2024-03-20', '2024-04-01', 'basic', 5, 100, { proration: true }],
        ['2024-03-10', '2024-04-01', 'basic', 15, 750, { proration: true }],
        ...months(4, 6, 'basic', 5),
      ],
      ['2024-01-01 ACTIVE basicx10', '2024-03-10 ACTIVE basicx15', '2024-03-20 ACTIVE basicx5'],
    ],
    [
      'a switch to a yearly price begins a new period',
      [
        ...months(1, 3, 'pro', 10),
        ['2024-03-15', '2024-04-01', 'pro', 10, -900, { proration: true }],
        ['2024-03-15', '2025-03-15', 'yearly', 10, 180_000],
      ],
      ['2024-01-01 ACTIVE prox10', '2024-03-15 ACTIVE yearlyx10'],
    ],
    [
      'a trial is invoiced for nothing',
      [['2024-01-01', '2024-02-01', 'basic', 10, 0], ...months(2, 6, 'basic', 10)],
      ['2024-01-01 TRIAL basicx10', '2024-02-01 ACTIVE basicx10'],
    ],
    [
      'a gap between periods is not paid',
      [...months(1, 2, 'basic', 10), ...months(5, 6, 'basic', 10)],
      ['2024-01-01 ACTIVE basicx10', '2024-03-01 PAUSED basicx10', '2024-05-01 ACTIVE basicx10'],
    ],
    [
      'several items, one added and one removed within a period',
      [
        ...months(1, 6, 'basic', 10),
        ['2024-02-10', '2024-03-01', 'pro', 3, 300, { proration: true, item: 'si_2' }],
        month(3, 'pro', 3, 5400, { item: 'si_2' }),
        ['2024-03-20', '2024-04-01', 'pro', 3, -200, { proration: true, item: 'si_2' }],
      ],
      ['2024-01-01 ACTIVE basicx10', '2024-02-10 ACTIVE basicx10 prox3', '2024-03-20 ACTIVE basicx10'],
    ],
    [
      'set-up fees are left out, and a metered item is held once, however much it used',
      [
        ...months(1, 6, 'basic', 10),
        month(1, 'set_up', 1, 9900, { item: 'si_3' }),
        ...[2, 3, 4, 5].map((number) => month(number, 'metered', 1000 * number, 1234, { item: 'si_4' })),
      ],
      ['2024-01-01 ACTIVE basicx10', '2024-02-01 ACTIVE basicx10 meteredx1', '2024-06-01 ACTIVE basicx10'],
    ],
  ])('%s', (_name, lines, expected) => {
    const items = lines.some(([, , price]) => price === 'yearly')
      ? [item('yearly', 10, { current_period_start: day('2024-03-15') })]
      : undefined
    expect(rebuild({ lines, shape, ...(items && { object: object(items) }) }).states).toEqual(expected)
  })
})

describe('beside the lines', () => {
  it('the current object counts from the connect date on, whatever invoices say', () => {
    const { received } = rebuild({ lines: months(1, 6, 'basic', 10), object: object([item('pro', 7)]) })
    expect(received.events.at(-1)).toMatchObject({
      ...{ type: 'subscription', at: AS_OF, effectiveAt: AS_OF },
      state: { status: 'ACTIVE', items: [{ price: 'pro', quantity: 7 }] },
    })
    expect(received.events.at(-2)).toMatchObject({ type: 'subscriptionHistory', at: '1970-01-01T00:00:00.000Z' })
  })

  it('a period that is not invoiced yet is held as the object says', () => {
    expect(rebuild({ lines: months(1, 5, 'basic', 10) }).states).toEqual(['2024-01-01 ACTIVE basicx10'])
    expect(rebuild({ lines: months(1, 5, 'basic', 8) }).states).toEqual([
      '2024-01-01 ACTIVE basicx8',
      '2024-06-01 ACTIVE basicx10',
    ])
  })

  it('prorations that wait for the next invoice count', () => {
    const pending = [
      ['basic', 10, -500],
      ['pro', 10, 900],
    ].map(([price, quantity, amount]) => ({
      ...{ id: `ii_${amount}`, amount, quantity, proration: true, currency: 'usd' },
      period: { start: day('2024-06-05'), end: day('2024-07-01') },
      parent: {
        type: 'subscription_details',
        subscription_details: { subscription: 'sub_1', subscription_item: 'si_1' },
      },
      pricing: { price_details: { price, product: 'prod' } },
    }))
    expect(rebuild({ lines: months(1, 6, 'basic', 10), pending }).states).toEqual([
      '2024-01-01 ACTIVE basicx10',
      '2024-06-05 ACTIVE prox10',
    ])
  })

  it('service ends when the object says, not when the invoiced period does', () => {
    const ended = { status: 'canceled', ended_at: day('2024-03-20'), canceled_at: day('2024-03-01') }
    expect(rebuild({ lines: months(1, 3, 'basic', 10), object: object([item('basic', 10)], ended) }).states).toEqual([
      '2024-01-01 ACTIVE basicx10',
      '2024-03-20 ENDED',
    ])
  })

  it('a subscription that never started held nothing', () => {
    const { states, gaps } = rebuild({
      ...{ invoices: [invoice(months(1, 1, 'basic', 10).map(newLine), { status: 'void' })] },
      object: object([item('basic', 10)], { status: 'incomplete_expired' }),
    })
    expect([states, gaps]).toEqual([[], []])
  })

  it('tiers that are invoiced line by line are one quantity', () => {
    const lines: Line[] = [1, 2, 3, 4, 5, 6].flatMap((number): Line[] => [
      month(number, 'tiered', 5, 5000),
      month(number, 'tiered', 1, 500, { description: 'Flat fee (Tier 1)' }),
      month(number, 'tiered', 7, 5600),
    ])
    expect(rebuild({ lines, object: object([item('tiered', 12)]) }).states).toEqual(['2024-01-01 ACTIVE tieredx12'])
  })

  it('what metered items used is told by a delivery of its own, as the webhook of the invoice would', () => {
    const lines = [2, 3].map((number) => month(number, 'metered', 1000 * number, 1234, { item: 'si_4' }))
    const { used } = rebuild({ lines: [...months(1, 6, 'basic', 10), ...lines] })
    const reading = { type: 'usage', account: 'cus_1', subscription: 'sub_1', item: 'si_4', mode: 'SET' }
    expect(used).toMatchObject({
      externalId: 'history:sub_1:usage',
      eventTime: '2024-03-31T23:59:59.000Z',
      events: [
        { ...reading, at: '2024-02-29T23:59:59.000Z', quantity: '2000' },
        { ...reading, at: '2024-03-31T23:59:59.000Z', quantity: '3000' },
      ],
    })
  })

  it('the region of an item is taken to have been what it is', () => {
    const { received } = rebuild({
      lines: months(1, 6, 'basic', 10),
      object: object([item('basic', 10, { metadata: { region: 'JP' } })]),
    })
    expect(received.events.at(-2)).toMatchObject({ states: [{ state: { items: [{ region: 'JP' }] } }] })
  })

  it('since a day, what was then held is held from that day on', () => {
    const read = rebuild({ lines: months(1, 6, 'basic', 10), since: '2024-03-10T00:00:00.000Z' })
    expect([read.states, read.gaps]).toEqual([['2024-03-10 ACTIVE basicx10'], ['BEFORE_SINCE']])
  })
})

describe('discounts', () => {
  const discount = (id: string, coupon: unknown, more: Fields = {}) => ({
    ...{ id, start: day('2024-01-01'), end: null, customer: 'cus_1', subscription: 'sub_1', source: { coupon } },
    ...more,
  })
  const reduced = (number: number, id: string, amount = 1000): Line =>
    month(number, 'basic', 10, 10_000, { discount_amounts: [{ discount: id, amount }] })
  const invoices = (lines: Line[], discounts: Fields[]) => lines.map((line) => invoice([newLine(line)], { discounts }))
  const now = (...discounts: Fields[]) => object([item('basic', 10)], { discounts })

  it('that recur count while lines show them', () => {
    const di = discount('di_1', 'FOREVER')
    const lines = [month(1, 'basic', 10, 10_000), ...[2, 3, 4, 5].map((number) => reduced(number, 'di_1'))]
    expect(rebuild({ invoices: invoices(lines, [di]), object: now(di) }).states).toEqual([
      '2024-01-01 ACTIVE basicx10',
      '2024-02-01 ACTIVE basicx10 reduced',
    ])
  })

  it('end when they say', () => {
    const di = discount('di_1', { id: 'GONE', duration: 'repeating', percent_off: 10 }, { end: day('2024-03-01') })
    const { received } = rebuild({ invoices: invoices([reduced(1, 'di_1'), reduced(2, 'di_1')], [di]) })
    const expected = { id: 'di_1', end: '2024-03-01T00:00:00.000Z', percentOff: '10' }
    expect(received.events.at(-2)).toMatchObject({ states: [{ state: { discounts: [expected] } }, {}, {}] })
  })

  it('that apply once say so, and end with their period', () => {
    const lines = [reduced(1, 'di_1'), month(2, 'basic', 10, 10_000)]
    const { received } = rebuild({ invoices: invoices(lines, [discount('di_1', 'ONCE')]) })
    const expected = { id: 'di_1', once: true, end: '2024-02-01T00:00:00.000Z' }
    expect(received.events.at(-2)).toMatchObject({
      states: expect.arrayContaining([
        expect.objectContaining({ state: expect.objectContaining({ discounts: [expect.objectContaining(expected)] }) }),
      ]),
    })
  })

  it('that apply to one invoice or to the customer do not', () => {
    const own: [Fields, string[]][] = [
      [discount('di_1', 'FOREVER', { invoice: 'in_1' }), []],
      [discount('di_1', 'FOREVER', { subscription: null }), ['CUSTOMER_DISCOUNT']],
    ]
    for (const [di, gaps] of own) {
      const lines = [1, 2, 3, 4, 5, 6].map((number) => reduced(number, 'di_1'))
      const read = rebuild({ invoices: invoices(lines, [di]) })
      expect([read.states, read.gaps]).toEqual([['2024-01-01 ACTIVE basicx10'], gaps])
    }
  })

  it('whose coupon is gone count by their amount where they repeat, and are reported', () => {
    const once = rebuild({ invoices: invoices([reduced(1, 'di_9'), ...months(2, 6, 'basic', 10)], []) })
    expect([once.states, once.gaps]).toEqual([['2024-01-01 ACTIVE basicx10'], ['UNKNOWN_DISCOUNT']])
    const lines = [1, 2, 3, 4, 5, 6].map((number) => reduced(number, 'di_9'))
    const read = rebuild({ invoices: invoices(lines, []) })
    expect([read.states, read.gaps]).toEqual([['2024-01-01 ACTIVE basicx10 reduced'], ['UNKNOWN_DISCOUNT']])
  })
})

describe('what cannot be rebuilt is named', () => {
  it.each<[string, Case, string[], string[]]>([
    ['time without invoices', { lines: months(3, 6, 'basic', 10) }, ['2024-03-01 ACTIVE basicx10'], ['NOT_INVOICED']],
    ['no invoice at all', {}, ['2024-06-01 ACTIVE basicx10'], ['NOT_INVOICED']],
    [
      'void invoices and old drafts',
      {
        invoices: [
          invoice(months(1, 2, 'basic', 10).map(newLine)),
          invoice(months(3, 3, 'basic', 10).map(newLine), { status: 'void' }),
          invoice(months(4, 4, 'basic', 10).map(newLine), { status: 'draft' }),
          invoice(months(5, 6, 'basic', 10).map(newLine)),
        ],
      },
      ['2024-01-01 ACTIVE basicx10', '2024-03-01 PAUSED basicx10', '2024-05-01 ACTIVE basicx10'],
      ['UNPAID_INVOICES'],
    ],
    [
      'invoices given up',
      {
        invoices: [
          invoice(months(1, 5, 'basic', 10).map(newLine)),
          invoice(months(6, 6, 'basic', 10).map(newLine), { status: 'uncollectible' }),
        ],
      },
      ['2024-01-01 ACTIVE basicx10', '2024-06-01 PAST_DUE basicx10'],
      ['UNCOLLECTIBLE'],
    ],
    [
      'a price that is gone: by amount and period',
      { lines: months(1, 6, 'price_gone', 4), object: object([item('basic', 10)]) },
      ['2024-01-01 ACTIVE price_gonex4'],
      ['UNKNOWN_PRICE'],
    ],
    [
      'a price that is gone, in a proration',
      {
        lines: [...months(1, 6, 'basic', 10), ['2024-02-03', '2024-03-01', 'price_gone', 1, 5, { proration: true }]],
      },
      ['2024-01-01 ACTIVE basicx10'],
      ['UNREADABLE_PRICE'],
    ],
    [
      'another currency',
      { lines: [...months(1, 6, 'basic', 10), month(1, 'euro', 1, 5, { currency: 'eur', item: 'si_9' })] },
      ['2024-01-01 ACTIVE basicx10'],
      ['OTHER_CURRENCY'],
    ],
    [
      'a line that names none of several items',
      {
        lines: [...months(1, 6, 'basic', 10), month(1, 'pro', 1, 5, { item: null })],
        object: object([item('basic', 10), item('pro', 1, { id: 'si_2', current_period_start: undefined })]),
      },
      ['2024-01-01 ACTIVE basicx10'],
      ['UNKNOWN_ITEM'],
    ],
    [
      'lines cut short',
      { invoices: [invoice([], { lines: { data: months(1, 6, 'basic', 10).map(newLine), has_more: true } })] },
      ['2024-01-01 ACTIVE basicx10'],
      ['LINES_MISSING'],
    ],
  ])('%s', (_, given, states, gaps) => {
    const read = rebuild(given)
    expect([read.states, [...new Set(read.gaps)]]).toEqual([states, gaps])
  })

  it('a subscription that cannot be counted is kept with the reason', () => {
    const { received } = rebuild({ object: object([item('basic', 10)], { status: 'odd' }) })
    expect(received).toMatchObject({ externalId: 'history:sub_1', events: [], ignored: expect.stringMatching(/"odd"/) })
  })
})
