import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../csv/problem.ts'
import { type ChartmogulExport, readChartmogul } from './chartmogul.ts'
import { historyOf } from './history.ts'
import type { SubscriptionLine } from './lines.ts'
import type { ExportRecord } from './record.ts'

const at = (day: string) => `${day}T00:00:00.000Z`
const monthly = { plan: 'basic', name: 'Basic', interval: 'MONTH', every: 1 } as const
const aLine = (start: string, end: string, cents: number, rest: Partial<SubscriptionLine> = {}): SubscriptionLine => ({
  account: 'acme',
  subscription: 'S',
  plan: monthly,
  start: at(start),
  end: at(end),
  cents: BigInt(cents),
  quantity: 1,
  proration: 'none',
  isTrial: false,
  cancelledAt: undefined,
  currency: 'USD',
  ...rest,
})
const told = (lines: SubscriptionLine[], cancellations: string[] = []) =>
  historyOf(lines, cancellations).map(({ effectiveAt, state }) => [
    effectiveAt.slice(0, 10),
    state.status,
    ...state.items.map(({ item, quantity, pricing }) => `${quantity} ${item} ${pricing.unitAmount}`),
  ])

describe('service periods', () => {
  it.each<[string, SubscriptionLine[], string[], string[][]]>([
    [
      'run on after their end',
      [aLine('2024-01-01', '2024-02-01', 1000)],
      [],
      [['2024-01-01', 'ACTIVE', '1 basic 1000']],
    ],
    [
      'end when they are cancelled, and begin anew',
      [
        aLine('2024-01-01', '2024-02-01', 1000, { cancelledAt: at('2024-02-01') }),
        aLine('2024-05-01', '2024-06-01', 1500),
      ],
      [],
      [
        ['2024-01-01', 'ACTIVE', '1 basic 1000'],
        ['2024-02-01', 'ENDED'],
        ['2024-05-01', 'ACTIVE', '1 basic 1500'],
      ],
    ],
    [
      'add a prorated difference to what was held',
      [
        aLine('2024-01-01', '2024-02-01', 3100, { quantity: 10 }),
        aLine('2024-01-16', '2024-02-01', 1600, { quantity: 20, proration: 'differential' }),
      ],
      [],
      [
        ['2024-01-01', 'ACTIVE', '10 basic 3100'],
        ['2024-01-16', 'ACTIVE', '20 basic 6200'],
      ],
    ],
    [
      'replace by a full proration',
      [aLine('2024-01-01', '2024-02-01', 3100), aLine('2024-01-16', '2024-02-01', 1600, { proration: 'full' })],
      [],
      [
        ['2024-01-01', 'ACTIVE', '1 basic 3100'],
        ['2024-01-16', 'ACTIVE', '1 basic 3100'],
      ],
    ],
    [
      'a trial is a trial, until a cancellation of its own file',
      [aLine('2024-01-01', '2024-02-01', 0, { isTrial: true })],
      [at('2024-01-20')],
      [
        ['2024-01-01', 'TRIAL', '1 basic 0'],
        ['2024-01-20', 'ENDED'],
      ],
    ],
    [
      'an end and a start of one instant leave the start',
      [
        aLine('2024-01-01', '2024-02-01', 1000, { cancelledAt: at('2024-02-01') }),
        aLine('2024-02-01', '2024-03-01', 900),
      ],
      [],
      [
        ['2024-01-01', 'ACTIVE', '1 basic 1000'],
        ['2024-02-01', 'ENDED'],
        ['2024-02-01', 'ACTIVE', '1 basic 900'],
      ],
    ],
  ])('%s', (_, lines, cancellations, states) => {
    expect(told(lines, cancellations)).toEqual(states)
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (mixed) => {
        expect(told(mixed, cancellations)).toEqual(states)
      }),
    )
  })
})

const record = (file: string, values: Record<string, unknown>): ExportRecord => ({ file, line: 2, path: '', values })
const customers = [record('customers.csv', { external_id: 'acme', name: 'Acme' })]
const plans = [record('plans.csv', { external_id: 'basic', name: 'Basic', interval_unit: 'month' })]
const invoices = [
  record('invoices.csv', { external_id: 'INV-1', customer_external_id: 'acme', date: '2024-01-10', currency: 'USD' }),
]
const line = {
  invoice_external_id: 'INV-1',
  type: 'subscription',
  subscription_external_id: 'S-1',
  plan_external_id: 'basic',
  service_period_start: '2024-01-10',
  service_period_end: '2024-02-10',
  amount_in_cents: '1000',
}
const problemsOf = (more: Partial<ChartmogulExport>) =>
  readChartmogul({ customers, plans, invoices, line_items: [], subscription_events: [], ...more }).problems.map(
    describeProblem,
  )
const lineWith = (values: Record<string, unknown>) => ({
  line_items: [record('line_items.csv', { ...line, ...values })],
})

describe('an export', () => {
  it.each<[string, Partial<ChartmogulExport>, string]>([
    [
      'an amount with a point',
      lineWith({ amount_in_cents: '10.00' }),
      'line_items.csv:2: column amount_in_cents "10.00": expected a whole number of cents with at most 13 digits',
    ],
    [
      'no amount',
      lineWith({ amount_in_cents: '' }),
      'line_items.csv:2: column amount_in_cents "": expected a value: it must not be empty',
    ],
    [
      'a date that does not exist',
      lineWith({ service_period_start: '2024-02-30' }),
      'column service_period_start "2024-02-30": expected a date such as 2024-12-31',
    ],
    [
      'a period that ends before it starts',
      lineWith({ service_period_end: '2024-01-09' }),
      'expected a time after the start',
    ],
    [
      'an unknown type',
      lineWith({ type: 'refund' }),
      'column type "refund": expected one of subscription, one_time, trial',
    ],
    [
      'an unknown plan',
      lineWith({ plan_external_id: 'gold' }),
      'column plan_external_id "gold": expected a plan of the plans file',
    ],
    [
      'an unknown invoice',
      lineWith({ invoice_external_id: 'INV-9' }),
      'column invoice_external_id "INV-9": expected an invoice of the invoices file',
    ],
    [
      'an unknown currency',
      { invoices: [record('invoices.csv', { ...invoices[0]?.values, currency: 'XYZ' })] },
      'invoices.csv:2: column currency "XYZ": expected an ISO 4217 currency code',
    ],
    [
      'an unknown customer',
      { invoices: [record('invoices.csv', { ...invoices[0]?.values, customer_external_id: 'bolt' })] },
      'column customer_external_id "bolt": expected a customer of the customers file',
    ],
    [
      'an unknown interval',
      { plans: [record('plans.csv', { ...plans[0]?.values, interval_unit: 'moon' })] },
      'plans.csv:2: column interval_unit "moon": expected day, week, month or year',
    ],
    [
      'a cancellation of nothing',
      {
        subscription_events: [
          record('subscription_events.csv', {
            subscription_external_id: 'S-9',
            event_type: 'subscription_cancelled',
            effective_date: '2024-03-01',
          }),
        ],
      },
      '"S-9": expected a subscription that an invoice line names',
    ],
    [
      'a path inside JSON',
      {
        invoices: [
          {
            file: 'invoices.json',
            line: null,
            path: 'invoices[0]',
            values: { ...invoices[0]?.values, line_items: [{ ...line, quantity: 'ten' }] },
          },
        ],
      },
      'invoices.json: column invoices[0].line_items[0].quantity "ten": expected a whole number',
    ],
  ])('%s is refused with its place', (_, more, message) => {
    expect(problemsOf(more).join('\n')).toContain(message)
  })

  it('that is sound has no problems', () => {
    expect(problemsOf(lineWith({}))).toEqual([])
  })
})
