import { describe, expect, it } from 'vitest'
import type { SubscriptionState } from '../../ingest/event.ts'
import { anItem, aPrice, aSubscription } from '../../testing/build.ts'
import { catalogMapping } from '../catalog.ts'
import { histories, type SourcedEvent } from '../history.ts'
import { accountLines } from '../lines.ts'
import { outlookOf } from '../outlook.ts'
import { NOBISHIRO, type Recognition } from '../recognition.ts'
import { unsound } from '../unsound.ts'
import type { SourcedInvoice } from './invoiced-lines.ts'
import { anInvoice, aPeriod, fold, instant, moves, type State, type Told, ten } from './testing.ts'

const seats = (quantity: number): State => ({ items: [{ ...ten, quantity }] })
const START: Told = ['2024-01-01', seats(10)]
const ENDED: State = { status: 'ENDED', items: [] }
const period = (start: string, end: string) => ({ period: { start: instant(start), end: instant(end) } })

const month = (number: number, amount: number, more?: Parameters<typeof aPeriod>[3]) =>
  aPeriod(`2024-0${number}-01`, `2024-0${number + 1}-01`, amount, more)
const months = (from: number, until: number, amount = 10_000): SourcedInvoice[] =>
  Array.from({ length: until - from + 1 }, (_, index) => anInvoice([month(from + index, amount)]))
const upTo = (quantity: number, amount: number) => ({ quantity, proration: true, line: `p${quantity}_${amount}` })

type Case = [title: string, Told[], SourcedInvoice[], [string, number][], Partial<Recognition>?]
const cases: Case[] = [
  ['a renewal of the same posts nothing', [START], months(1, 4), [['2024-01-01', 10_000]]],
  [
    'a year is a twelfth of it a month',
    [START],
    [anInvoice([aPeriod('2024-01-01', '2025-01-01', 100_000, { price: aPrice('10000', { interval: 'YEAR' }) })])],
    [['2024-01-01', 8_333]],
  ],
  [
    'a week is 52 twelfths of it',
    [START],
    [anInvoice([aPeriod('2024-01-01', '2024-01-08', 12_000, { price: aPrice('1200', { interval: 'WEEK' }) })])],
    [['2024-01-01', 52_000]],
  ],
  [
    'what the price does not explain counts as it was asked for',
    [START],
    [anInvoice([month(1, 7_700)])],
    [['2024-01-01', 7_700]],
  ],
  [
    'for its days where it is no interval of its price: 36.00 for ten of them are 109.50 a month',
    [START],
    [anInvoice([aPeriod('2024-01-01', '2024-01-11', 3_600)])],
    [['2024-01-01', 10_950]],
  ],
  [
    'seats added within a period count from then on, at their price',
    [START],
    [
      ...months(1, 1),
      anInvoice([
        aPeriod('2024-01-16', '2024-02-01', -5_161, upTo(10, -5_161)),
        aPeriod('2024-01-16', '2024-02-01', 7_742, upTo(15, 7_742)),
      ]),
      anInvoice([month(2, 15_000, { quantity: 15 })]),
    ],
    [
      ['2024-01-01', 10_000],
      ['2024-01-16', 5_000],
    ],
  ],
  [
    'a credit alone takes the item back',
    [START],
    [...months(1, 1), anInvoice([aPeriod('2024-01-16', '2024-02-01', -5_161, upTo(10, -5_161))])],
    [
      ['2024-01-01', 10_000],
      ['2024-01-16', -10_000],
    ],
  ],
  [
    'items are summed, each in its own period',
    [['2024-01-01', { items: [ten, { ...anItem('extra', 1, aPrice('500')), item: 'si_2' }] }]],
    [
      ...months(1, 3),
      anInvoice([
        aPeriod('2024-02-10', '2024-05-10', 1_500, {
          ...{ item: 'si_2', quantity: 1, price: aPrice('1500', { intervalCount: 3 }) },
          held: { product: 'extra', price: 'price_extra' },
        }),
      ]),
    ],
    [
      ['2024-01-01', 10_000],
      ['2024-02-10', 500],
    ],
  ],
  [
    'tiers that are invoiced line by line are one item',
    [START],
    [
      anInvoice(
        [
          { line: 'a', quantity: 5, amount: 5_000 },
          { line: 'b', quantity: 0, amount: 500, flatFee: true },
          { line: 'c', quantity: 7, amount: 5_600 },
        ].map(({ amount, ...more }) => month(1, amount, { ...more, price: TIERED() })),
      ),
    ],
    [['2024-01-01', 11_100]],
  ],
  [
    'what discounts took off is taken off',
    [START],
    [anInvoice([month(1, 10_000, { reductions: [{ discount: 'd1', amount: '2500' }] })]), ...months(2, 2)],
    [
      ['2024-01-01', 7_500],
      ['2024-02-01', 2_500],
    ],
  ],
  ['one that applies once is not', [START], [anInvoice([month(1, 10_000, ONCE())])], [['2024-01-01', 10_000]]],
  [
    'or is, where the policy says so',
    [START],
    [anInvoice([month(1, 10_000, ONCE())]), ...months(2, 2)],
    [
      ['2024-01-01', 7_500],
      ['2024-02-01', 2_500],
    ],
    { discounts: 'ALL' },
  ],
  [
    'or list prices count',
    [START],
    [anInvoice([month(1, 10_000, { reductions: [{ discount: 'd1', amount: '2500' }] })])],
    [['2024-01-01', 10_000]],
    { discounts: 'NONE' },
  ],
  [
    'a percentage holds for what a proration adds',
    [START],
    [
      anInvoice([month(1, 10_000, TENTH())]),
      anInvoice([
        aPeriod('2024-01-16', '2024-02-01', -4_645, upTo(10, -4_645)),
        aPeriod('2024-01-16', '2024-02-01', 9_290, upTo(20, 9_290)),
      ]),
    ],
    [
      ['2024-01-01', 9_000],
      ['2024-01-16', 9_000],
    ],
  ],
  [
    'a draft asks for nothing yet',
    [START],
    [...months(1, 1), anInvoice([month(2, 12_000)], { standing: 'DRAFT', rank: 0 })],
    [['2024-01-01', 10_000]],
  ],
  [
    'a void invoice asks for nothing any more: what was in service ended with the period before',
    [START],
    [
      ...months(1, 1),
      anInvoice([month(2, 10_000)]),
      anInvoice([month(2, 10_000)], { at: '2024-02-20', standing: 'VOID' }),
    ],
    [
      ['2024-01-01', 10_000],
      ['2024-02-01', -10_000],
    ],
  ],
  [
    'one that was corrected by another is that other',
    [START],
    [
      ...months(1, 1),
      anInvoice([month(2, 10_000)], { invoice: 'wrong', standing: 'VOID' }),
      anInvoice([month(2, 8_000, { quantity: 8 })], { invoice: 'right' }),
    ],
    [
      ['2024-01-01', 10_000],
      ['2024-02-01', -2_000],
    ],
  ],
  [
    'one that was given up is past due',
    [START],
    [...months(1, 1), anInvoice([month(2, 10_000)], { standing: 'UNCOLLECTIBLE' })],
    [
      ['2024-01-01', 10_000],
      ['2024-02-11', -10_000],
    ],
    { pastDueDays: 10 },
  ],
  [
    'a trial is invoiced for nothing',
    [
      ['2024-01-01', { ...seats(10), status: 'TRIAL' }],
      ['2024-02-01', seats(10)],
    ],
    [anInvoice([month(1, 0)]), ...months(2, 3)],
    [['2024-02-01', 10_000]],
  ],
  [
    'time between two periods is not paid',
    [START],
    [...months(1, 2), ...months(5, 5)],
    [
      ['2024-01-01', 10_000],
      ['2024-03-01', -10_000],
      ['2024-05-01', 10_000],
    ],
  ],
  [
    'after the last period it counts on while the subscription runs and tells of the next',
    [START, ['2024-03-01', { ...seats(10), ...period('2024-03-01', '2024-04-01') }]],
    months(1, 2),
    [['2024-01-01', 10_000]],
  ],
  [
    'and no longer once that went by without an invoice: it ended with what was invoiced',
    [START, ['2024-04-01', { ...seats(10), ...period('2024-04-01', '2024-05-01') }]],
    months(1, 2),
    [
      ['2024-01-01', 10_000],
      ['2024-03-01', -10_000],
    ],
  ],
  [
    'service ends when the subscription says, whatever was invoiced beyond',
    [START, ['2024-02-11', ENDED]],
    months(1, 2),
    [
      ['2024-01-01', 10_000],
      ['2024-02-11', -10_000],
    ],
  ],
  [
    'one that ended after what was invoiced counts until it did',
    [START, ['2024-03-05', ENDED]],
    months(1, 2),
    [
      ['2024-01-01', 10_000],
      ['2024-03-05', -10_000],
    ],
  ],
  [
    'one that nobody pays any more is lost when its source says so',
    [START, ['2024-02-05', { ...seats(10), status: 'PAST_DUE' }], ['2024-02-25', { ...seats(10), status: 'UNPAID' }]],
    months(1, 2),
    [
      ['2024-01-01', 10_000],
      ['2024-02-25', -10_000],
    ],
  ],
  [
    'a pause counts from the end of what was invoiced',
    [START, ['2024-02-10', { ...seats(10), status: 'PAUSED' }]],
    months(1, 2),
    [
      ['2024-01-01', 10_000],
      ['2024-03-01', -10_000],
    ],
  ],
  [
    'or goes on counting, where the policy keeps it',
    [START, ['2024-02-10', { ...seats(10), status: 'PAUSED' }]],
    months(1, 2),
    [['2024-01-01', 10_000]],
    { paused: 'KEEP' },
  ],
  [
    'an item that is no longer held ends with its period',
    [
      ['2024-01-01', { items: [ten, { ...ten, item: 'si_2' }] }],
      ['2024-01-20', seats(10)],
    ],
    [anInvoice([month(1, 10_000), month(1, 10_000, { item: 'si_2' })]), ...months(2, 2)],
    [
      ['2024-01-01', 20_000],
      ['2024-02-01', -10_000],
    ],
  ],
  [
    'a change that nobody has invoiced counts nothing',
    [START, ['2024-01-20', seats(30)]],
    months(1, 1),
    [['2024-01-01', 10_000]],
  ],
  ['nor does a subscription without an invoice', [START], [], []],
  [
    'nor what is fully discounted, where list prices count',
    [['2024-01-01', { ...seats(10), discounts: [{ id: 'd1', percentOff: '100' }] }]],
    [],
    [],
    { discounts: 'NONE' },
  ],
  [
    'usage is left out, however it is invoiced',
    [['2024-01-01', { items: [ten, { ...anItem('calls', 1, METERED()), item: 'si_2' }] }]],
    [
      anInvoice([
        month(1, 10_000),
        month(1, 4_200, { item: 'si_2', quantity: 420, held: { product: 'calls', price: 'price_calls' } }),
      ]),
    ],
    [['2024-01-01', 10_000]],
  ],
  [
    'another currency than the subscription has is left out',
    [START],
    [anInvoice([month(1, 10_000), month(1, 9_000, { item: 'si_9', price: aPrice('900', { currency: 'EUR' }) })])],
    [['2024-01-01', 10_000]],
  ],
  [
    'a line waits for a price that nothing tells',
    [START],
    [...months(1, 1), anInvoice([month(2, 15_000, { quantity: 15, held: { price: 'price_new', untold: true } })])],
    [['2024-01-01', 10_000]],
  ],
  [
    'a line that names no item is of the only one',
    [START],
    [anInvoice([month(1, 10_000, { held: { item: '' } })])],
    [['2024-01-01', 10_000]],
  ],
  [
    'or of the one at its price, and goes on with that',
    [['2024-01-01', { items: [ten, { ...anItem('extra', 1, aPrice('500')), item: 'si_2' }] }]],
    [
      anInvoice([
        month(1, 10_000, { held: { item: '' } }),
        month(1, 500, {
          ...{ line: 'other', quantity: 1, price: aPrice('500') },
          held: { item: '', product: 'extra', price: 'price_extra_500' },
        }),
      ]),
    ],
    [['2024-01-01', 10_500]],
  ],
  [
    'an end that is asked for counts then, where the policy says so',
    [
      START,
      ['2024-02-10', { ...seats(10), scheduled: [{ effectiveAt: instant('2024-03-01'), state: ENDED_STATE() }] }],
    ],
    months(1, 2),
    [
      ['2024-01-01', 10_000],
      ['2024-02-10', -10_000],
    ],
    { churn: 'AT_REQUEST' },
  ],
]

function TIERED() {
  const tiers = [
    { upTo: 5, unitAmount: '1000', flatAmount: '500' },
    { upTo: null, unitAmount: '800', flatAmount: '0' },
  ]
  return aPrice('0', { scheme: 'GRADUATED', unitAmount: null, tiers })
}
function ONCE() {
  const discounts = [{ id: 'd1', percentOff: '25', once: true as const }]
  return { reductions: [{ discount: 'd1', amount: '2500' }], held: { discounts } }
}
function TENTH() {
  return { reductions: [{ discount: 'd1', amount: '1000' }], held: { discounts: [{ id: 'd1', percentOff: '10' }] } }
}
function METERED() {
  return aPrice('10', { usage: 'METERED' })
}
function ENDED_STATE(): SubscriptionState {
  return { status: 'ENDED', currency: 'USD', items: [] }
}

describe('MRR of invoices', () => {
  it.each(cases)('%s', (_, states, invoices, expected, policy) => {
    expect(moves(states, invoices, policy)).toEqual(expected)
    // The order of delivery decides nothing.
    expect(moves([...states], [...invoices].reverse(), policy)).toEqual(expected)
  })

  it('stays in the region of an item that is paid for and no longer held', () => {
    const japanese = { ...ten, item: 'si_2', region: 'JP' }
    const states: Told[] = [
      ['2024-01-01', { items: [ten, japanese] }],
      ['2024-01-20', seats(10)],
    ]
    const invoices = [anInvoice([month(1, 10_000), month(1, 10_000, { item: 'si_2' })]), ...months(2, 2)]
    const { recognition, histories: folded } = fold(states, invoices)
    const lines = accountLines('a', folded, 'UTC', catalogMapping(new Map()), recognition)
    expect(lines.filter(({ item }) => item === 'si_2').map((line) => [line.effectiveDay, line.region])).toEqual([
      ['2024-01-01', 'JP'],
      ['2024-02-01', 'JP'],
    ])
  })

  it('of an invoice that is told again, names the delivery that said it first', () => {
    const [sent] = months(1, 1)
    if (!sent) throw new Error('There is no invoice')
    const paid = anInvoice(sent.event.lines, { at: '2024-01-03', rank: 2 })
    const { histories: folded } = fold([START], [paid, sent])
    expect(folded[0]?.steps.map(({ sourceEvent }) => sourceEvent)).toContain(sent.sourceEvent)
    expect(folded[0]?.steps.map(({ sourceEvent }) => sourceEvent)).not.toContain(paid.sourceEvent)
  })

  it('is what an invoice says last: a line that it no longer lists is gone', () => {
    const states: Told[] = [['2024-01-01', { items: [ten, { ...ten, item: 'si_2' }] }]]
    const whole = [month(1, 10_000), month(1, 10_000, { item: 'si_2' })]
    const corrected = anInvoice(whole.slice(0, 1), { at: '2024-01-02' })
    expect(moves(states, [corrected, anInvoice(whole)])).toEqual([['2024-01-01', 10_000]])
  })

  it('takes nothing back of what was told in full when a list is cut short, and names what never was', () => {
    const whole = [month(1, 10_000), month(1, 2_000, { item: 'si_2', quantity: 2 })]
    const states: Told[] = [['2024-01-01', { items: [ten, { ...ten, item: 'si_2', quantity: 2 }] }]]
    const full = anInvoice(whole)
    const short = anInvoice(whole.slice(0, 1), { at: '2024-01-02', rank: 2, isShort: true })
    expect(moves(states, [short, full])).toEqual([['2024-01-01', 12_000]])
    expect(fold(states, [short, full]).histories[0]?.uncovered).toBeUndefined()
    expect(fold(states, [short]).histories[0]?.uncovered).toEqual({ short: [short.event.invoice] })
  })

  it('is not read of what the ledger cannot hold', () => {
    expect(unsound([anInvoice([month(1, 10_000)]).event])).toBeNull()
    const byDay = anInvoice([month(1, Number.MAX_SAFE_INTEGER)]).event
    expect(unsound([byDay])).toMatch(
      /^invoice in_2024.*: line il_si_1.* asks for 9007199254740991; accepted: at most 2905548146690\d\d minor units\.$/,
    )
    const seated = anInvoice([month(1, 1, { quantity: 2_147_483_647, price: aPrice('999999999999') })]).event
    expect(unsound([seated])).toContain('the MRR of item si_1 is ')
  })

  it('of the time before a reading was to begin, nothing is said', () => {
    const recognition: Recognition = { ...NOBISHIRO, basis: 'INVOICE' }
    const state = aSubscription({ at: instant('2024-02-10'), items: [ten] }).state
    const history: SourcedEvent = {
      ...{ source: 'stripe', sourceEvent: 'history:sub_1' },
      event: {
        ...{ type: 'subscriptionHistory', account: 'acme', subscription: 'sub_1', at: instant('1970-01-01'), rank: 0 },
        ...{ states: [{ effectiveAt: instant('2024-02-10'), state }], hindsight: true },
      },
    }
    const bySubscription = new Map([['stripe:sub_1', months(1, 2)]])
    const folded = histories([history], recognition, { bySubscription, periodic: new Set() })
    expect(folded[0]?.steps.map(({ effectiveAt }) => effectiveAt)).toEqual([instant('2024-02-10')])
  })

  it('what is agreed to come stands beside what is invoiced', () => {
    const states: Told[] = [
      START,
      ['2024-01-10', { ...seats(30), scheduled: [{ effectiveAt: instant('2024-04-01'), state: ENDED_STATE() }] }],
    ]
    const invoices = [...months(1, 1), anInvoice([month(2, 30_000, { quantity: 30 })])]
    const { recognition, histories: folded } = fold(states, invoices)
    const points = outlookOf(folded, { timeZone: 'UTC', mapping: catalogMapping(new Map()), recognition })
    expect(points.map(({ day, kind, amount }) => [day, kind, Number(amount)])).toEqual([
      ['2024-01-10', 'PENDING', -10_000],
      ['2024-02-01', 'PENDING', 10_000],
      ['2024-02-01', 'PENDING', -30_000],
      ['2024-04-01', 'PENDING', 30_000],
    ])
  })
})

describe('what keeps a subscription from being read of its invoices', () => {
  const day = instant
  const metered = { items: [{ ...anItem('calls', 1, METERED()), item: 'si_2' }] }
  it.each<[string, Told[], SourcedInvoice[], unknown]>([
    ['nothing, where the first tells of its start', [START], months(1, 1), undefined],
    ['no invoice at all', [START], [], { from: day('2024-01-01') }],
    [
      'what was paid for before the first',
      [START],
      months(3, 3),
      { from: day('2024-01-01'), until: day('2024-03-01') },
    ],
    [
      'nothing while it is on trial, or free, or metered alone',
      [
        ['2024-01-01', { status: 'TRIAL' }],
        ['2024-02-01', { items: [anItem('core', 1, aPrice('0'))] }],
        ['2024-03-01', metered],
      ],
      [],
      undefined,
    ],
    ['nothing, where the first was made void', [START], [anInvoice([month(1, 1)], { standing: 'VOID' })], undefined],
    [
      'lines that are missing',
      [START],
      [anInvoice([month(1, 1)], { invoice: 'in_1', isShort: true })],
      { short: ['in_1'] },
    ],
  ])('%s', (_, states, invoices, uncovered) => {
    expect(fold(states, invoices).histories[0]?.uncovered).toEqual(uncovered)
  })
})
