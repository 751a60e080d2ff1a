import { describe, expect, it } from 'vitest'
import type { InvoiceEvent } from '../../event.ts'
import { subscriptionReceived } from './history/received.ts'
import { anEvent, anItem, aPrice, aSubscription, iso, read, START } from './testing.ts'

type Fields = Record<string, unknown>
const MONTH = 30 * 86_400

/** Ten of Basic for a month, as API versions since 2025 write a line. */
const aLine = (fields: Fields = {}, details: Fields = {}): Fields => ({
  ...{ id: 'il_1', object: 'line_item', amount: 10_000, currency: 'usd', quantity: 10, description: '10 × Basic' },
  period: { start: START, end: START + MONTH },
  discount_amounts: [],
  parent: {
    type: 'subscription_item_details',
    subscription_item_details: { subscription: 'sub_1', subscription_item: 'si_1', proration: false, ...details },
    invoice_item_details: null,
  },
  pricing: {
    type: 'price_details',
    price_details: { price: 'price_basic', product: 'prod_core' },
    unit_amount_decimal: '1000',
  },
  ...fields,
})

/** The same as older ones do. */
const anOldLine = (fields: Fields = {}): Fields => ({
  ...{ id: 'il_1', object: 'line_item', amount: 10_000, currency: 'usd', quantity: 10, type: 'subscription' },
  period: { start: START, end: START + MONTH },
  ...{ proration: false, subscription: 'sub_1', subscription_item: 'si_1', price: aPrice() },
  ...fields,
})

const anInvoice = (lines: Fields[], fields: Fields = {}): Fields => ({
  ...{ id: 'in_1', object: 'invoice', customer: 'cus_1', currency: 'usd', status: 'open', created: START },
  parent: { type: 'subscription_details', subscription_details: { subscription: 'sub_1' } },
  lines: { object: 'list', has_more: false, data: lines },
  ...fields,
})

const told = (invoice: Fields, kind = 'finalized'): InvoiceEvent[] =>
  read(anEvent(`invoice.${kind}`, invoice)).events.filter((event): event is InvoiceEvent => event.type === 'invoice')
const only = (...lines: Fields[]) => told(anInvoice(lines))[0]?.lines

const whole = { line: 'il_1', start: iso(START), end: iso(START + MONTH), amount: '10000' }
const pricing = {
  ...{
    currency: 'USD',
    scheme: 'PER_UNIT',
    unitAmount: '1000',
    interval: 'MONTH',
    intervalCount: 1,
    usage: 'LICENSED',
  },
}
const held = { item: 'si_1', price: 'price_basic', product: 'prod_core', quantity: 10 }

describe('the service periods of an invoice', () => {
  it('name their price by id where newer API versions do, and tell it where older ones do', () => {
    expect(only(aLine())).toEqual([
      { ...whole, held: { ...held, pricing: { ...pricing, unitAmount: null }, untold: true } },
    ])
    expect(only(anOldLine())).toEqual([{ ...whole, held: { ...held, pricing } }])
  })

  it.each([
    ['a draft', { status: 'draft' }, 'created', 'DRAFT', 0],
    ['one that was sent', {}, 'finalized', 'ISSUED', 1],
    ['one that was paid', { status: 'paid' }, 'paid', 'ISSUED', 2],
    ['one that was given up', { status: 'uncollectible' }, 'marked_uncollectible', 'UNCOLLECTIBLE', 3],
    ['one that is void', { status: 'void' }, 'voided', 'VOID', 3],
    ['a draft that was thrown away', { status: 'draft' }, 'deleted', 'VOID', 3],
  ])('%s stands as that', (_, fields, kind, standing, rank) => {
    expect(told(anInvoice([aLine()], fields), kind)).toMatchObject([
      { account: 'cus_1', subscription: 'sub_1', invoice: 'in_1', at: iso(START), rank, standing },
    ])
  })

  it('are prorations where they say so, and negative where they take back', () => {
    const line = aLine({ amount: -500 }, { proration: true })
    expect(only(line)).toMatchObject([{ amount: '-500', proration: true }])
    expect(only(anOldLine({ amount: -500, proration: true, type: 'invoiceitem' }))).toMatchObject([
      { amount: '-500', proration: true },
    ])
  })

  it('say what discounts took off, those in full that the invoice shows', () => {
    const line = aLine({
      discount_amounts: [
        { amount: 1000, discount: 'di_shown' },
        { amount: 0, discount: 'di_nothing' },
        { amount: 500, discount: 'di_named' },
      ],
    })
    const coupon = { id: 'TENTH', duration: 'forever', percent_off: 10 }
    const shown = { id: 'di_shown', object: 'discount', invoice: 'in_1', source: { coupon } }
    expect(told(anInvoice([line], { discounts: [shown] }))[0]?.lines).toMatchObject([
      {
        reductions: [
          { discount: 'di_shown', amount: '1000' },
          { discount: 'di_named', amount: '500' },
        ],
        // Of one invoice alone: once, whatever its coupon says.
        held: { discounts: [{ id: 'di_shown', percentOff: '10', once: true }], namedDiscounts: [{ id: 'di_named' }] },
      },
    ])
  })

  it('tell fees of tiered prices from their units, whose tiers webhooks leave out', () => {
    const price = aPrice({ billing_scheme: 'tiered', tiers_mode: 'graduated', unit_amount: null })
    const fee = { amount: 500, quantity: 1, description: 'Flat fee for Basic (Tier 1)' }
    expect(only(anOldLine({ ...fee, price }))).toMatchObject([{ flatFee: true }])
    expect(only(aLine(fee))).toMatchObject([{ flatFee: true }])
    expect(only(anOldLine(fee))?.[0]).not.toHaveProperty('flatFee')
  })

  it.each<[string, Fields]>([
    ['what is charged once', anOldLine({ price: aPrice({ type: 'one_time', recurring: null }) })],
    ['an invoice item that is no proration', anOldLine({ type: 'invoiceitem' })],
    ['the same of newer versions', aLine({ parent: { invoice_item_details: { subscription: 'sub_1' } } })],
    ['usage', anOldLine({ price: aPrice({ recurring: { interval: 'month', usage_type: 'metered' } }) })],
    ['an amount by hand', aLine({ pricing: null })],
    ['a line of no subscription', anOldLine({ subscription: null, type: 'invoiceitem' })],
  ])('leave out %s', (_, line) => {
    expect(told(anInvoice([line]))).toEqual([])
  })

  it('are missing where the list is cut short, or a line cannot be read', () => {
    const lines = { object: 'list', has_more: true, data: [aLine()] }
    expect(told(anInvoice([], { lines }))).toMatchObject([{ isShort: true, lines: [{ line: 'il_1' }] }])
    const timeless = aLine({ period: null })
    expect(told(anInvoice([timeless]))).toMatchObject([{ isShort: true, lines: [] }])
  })

  it('name a price that cannot be read, or is of another currency, by its id', () => {
    for (const price of [aPrice({ unit_amount: 'ten' }), aPrice({ currency: 'eur' })]) {
      const [read] = told(anInvoice([anOldLine({ price })]))
      expect(read).toMatchObject({ lines: [{ held: { price: 'price_basic', untold: true } }] })
      expect(read).not.toHaveProperty('isShort')
    }
  })

  it('of several subscriptions are an event of each', () => {
    const other = aLine({ id: 'il_2' }, { subscription: 'sub_2', subscription_item: 'si_2' })
    expect(told(anInvoice([aLine(), other])).map(({ subscription, lines }) => [subscription, lines.length])).toEqual([
      ['sub_1', 1],
      ['sub_2', 1],
    ])
  })

  it('write amounts in the minor units of ISO 4217', () => {
    const line = anOldLine({
      amount: 150_000,
      currency: 'ugx',
      price: aPrice({ currency: 'ugx', unit_amount: 15_000 }),
    })
    expect(told(anInvoice([line], { currency: 'ugx' }))[0]?.lines).toMatchObject([
      { amount: '1500', held: { pricing: { currency: 'UGX', unitAmount: '150' } } },
    ])
  })

  it('are the same from a reading, with prices in full', () => {
    const invoice = anInvoice([aLine()], { status: 'paid' })
    const papers = { object: aSubscription({ items: [anItem()] }), invoices: [invoice], pending: [] }
    const moment = { source: 'stripe', asOf: iso(START + 1000), since: null }
    const received = subscriptionReceived(papers, new Map([['price_basic', aPrice()]]), moment)
    const own = received.find(({ kind }) => kind === 'history.invoices')
    expect(own).toMatchObject({ externalId: 'history:sub_1:invoices', account: 'cus_1' })
    const [byWebhook] = told(invoice, 'paid')
    expect(own?.events).toEqual([
      { ...byWebhook, at: iso(START + 1000), lines: [{ ...whole, held: { ...held, pricing } }] },
    ])
  })
})
