import { describe, expect, it } from 'vitest'
import { anEvent, read, START } from './testing.ts'

const metered = { id: 'price_calls', object: 'price', recurring: { interval: 'month', usage_type: 'metered' } }
const aLine = (fields: Record<string, unknown> = {}) => ({
  ...{
    id: 'il_1',
    object: 'line_item',
    subscription: 'sub_1',
    subscription_item: 'si_1',
    price: metered,
    quantity: 900,
  },
  period: { start: START - 86_400, end: START },
  ...fields,
})
const anInvoice = (...data: unknown[]) => ({ id: 'in_1', object: 'invoice', customer: 'cus_1', lines: { data } })
const readLines = (...lines: unknown[]) => read(anEvent('invoice.finalized', anInvoice(...lines)))
const usage = (quantity: string) => ({
  ...{ type: 'usage', account: 'cus_1', metric: 'invoiced_usage', day: '2023-11-14', at: '2023-11-14T22:13:19.000Z' },
  ...{ subscription: 'sub_1', item: 'si_1', mode: 'SET', quantity },
})

describe('an invoice tells what metered items used', () => {
  it('in the period of the line, up to its last second', () =>
    expect(readLines(aLine()).events).toEqual([usage('900')]))

  it('tiers of one item add up', () =>
    expect(readLines(aLine({ quantity: 1000 }), aLine({ quantity_decimal: '250.5' })).events).toEqual([
      usage('1250.5'),
    ]))

  it('a line of a newer API version names price and item elsewhere', () => {
    const details = { subscription: 'sub_1', subscription_item: 'si_1' }
    const line = {
      ...aLine({ subscription: undefined, subscription_item: undefined, price: undefined }),
      parent: { type: 'subscription_item_details', subscription_item_details: details },
      pricing: { type: 'price_details', price_details: { price: 'price_calls' } },
    }
    expect(readLines(line).events.filter(({ type }) => type === 'usage')).toEqual([usage('900')])
  })

  it.each([
    ['a line without a subscription item', { subscription_item: null }],
    ['a proration', { proration: true }],
    ['a line without a quantity', { quantity: null }],
  ])('%s is none', (_, fields) => {
    expect(readLines(aLine(fields))).toMatchObject({ ignored: 'The invoice bills nothing that recurs.', events: [] })
  })
})
