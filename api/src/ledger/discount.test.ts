import { describe, expect, it } from 'vitest'
import type { Discount, ItemState } from '../ingest/event.ts'
import { anItem, aPrice, aSubscription } from '../testing/build.ts'
import { histories } from './history.ts'
import { levels } from './levels.ts'

const item = (unit: string, quantity: number, discounts?: Discount[]): ItemState =>
  anItem('crm', quantity, aPrice(unit), discounts ? { discounts } : {})
const percent = (percentOff: string, end?: string): Discount => ({
  id: `p${percentOff}`,
  percentOff,
  ...(end ? { end } : {}),
})
const amount = (amountOff: string): Discount => ({ id: `a${amountOff}`, amountOff })

describe('recurring discounts are taken off the level', () => {
  it.each<[string, ItemState[], Discount[], bigint[]]>([
    ['a percentage', [item('1000', 1)], [percent('50')], [500n]],
    ['a fraction of a percent, exactly', [item('10000', 1)], [percent('12.5')], [8_750n]],
    ['two percentages, one after the other', [item('10000', 1)], [percent('10'), percent('10')], [8_100n]],
    ['an amount off one item', [item('1000', 3)], [amount('500')], [2_500n]],
    ['an amount off several items, in proportion', [item('1000', 1), item('3000', 1)], [amount('400')], [900n, 2_700n]],
    ['never below zero', [item('1000', 1)], [amount('5000')], [0n]],
    ["an item's own before the subscription's", [item('1000', 1, [amount('200')])], [percent('50')], [400n]],
    ['everything', [item('1000', 2)], [percent('100')], [0n]],
  ])('%s', (_, items, discounts, expected) => {
    expect(levels({ status: 'ACTIVE', currency: 'USD', items, discounts })).toEqual(expected)
  })

  it('120 a year less 10 % is 9 a month', () => {
    const yearly = anItem('crm', 1, aPrice('12000', { interval: 'YEAR' }))
    expect(levels({ status: 'ACTIVE', currency: 'USD', items: [yearly], discounts: [percent('10')] })).toEqual([900n])
  })

  it('one that ends is a step of its own, unless something happened before', () => {
    const event = aSubscription({ at: '2024-01-10T00:00:00.000Z', items: [item('1000', 1)] })
    event.state.discounts = [percent('50', '2024-04-10T00:00:00.000Z'), percent('10')]
    const later = aSubscription({ at: '2024-03-01T00:00:00.000Z', items: [item('1000', 2)] })
    const sourced = [event, later].map((each, index) => ({ source: 's', sourceEvent: `e${index}`, event: each }))
    const steps = (events: typeof sourced) =>
      histories(events)[0]?.steps.map((step) => [step.effectiveAt.slice(0, 10), ...levels(step.state)])
    expect(steps(sourced.slice(0, 1))).toEqual([
      ['2024-01-10', 450n],
      ['2024-04-10', 900n],
    ])
    expect(steps(sourced)).toEqual([
      ['2024-01-10', 450n],
      ['2024-03-01', 2_000n],
    ])
  })
})
