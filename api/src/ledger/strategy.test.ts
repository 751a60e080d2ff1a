import { describe, expect, it } from 'vitest'
import { aPrice } from '../testing/build.ts'
import type { HeldLine } from './held.ts'
import { classify } from './strategy.ts'

type Said = Partial<HeldLine> & { quantity: number; unit: number }

/** A line of the CRM's Basic plan unless said otherwise. */
function line({ unit, ...rest }: Said): HeldLine {
  const plan = rest.plan ?? 'basic'
  const mrr = rest.level ?? BigInt(unit * rest.quantity)
  const { subscription = 'sub', item = 'si', region = '', currency = 'USD' } = rest
  return {
    key: [subscription, item, plan, region, currency].join(' '),
    source: 'stripe',
    subscription,
    item,
    product: 'crm',
    plan,
    rank: plan === 'pro' ? 2 : 1,
    kind: 'LICENCE',
    region,
    currency,
    price: `${plan}-${unit}`,
    pricing: aPrice(String(unit)),
    status: 'ACTIVE',
    discounts: '[[]]',
    renewed: false,
    level: mrr,
    seats: mrr > 0n ? rest.quantity : 0,
    sourceProduct: 'stripe:crm',
    ...rest,
  }
}

const lines = (...said: Said[]) => new Map(said.map(line).map((held) => [held.key, held]))
const chat = { product: 'chat', plan: 'chat', item: 'si_chat' }

const CASES: [string, Said[], Said[], [string, number, number][]][] = [
  [
    'rule 2: metered consumption is usage',
    [
      { quantity: 1, unit: 100 },
      { ...chat, kind: 'METERED', quantity: 1, unit: 50 },
    ],
    [
      { quantity: 1, unit: 100 },
      { ...chat, kind: 'METERED', quantity: 1, unit: 80 },
    ],
    [['USAGE', 30, 2]],
  ],
  [
    'rule 3: an add-on is a feature',
    [{ quantity: 1, unit: 100 }],
    [
      { quantity: 1, unit: 100 },
      { plan: 'sso', item: 'si_2', kind: 'ADD_ON', quantity: 1, unit: 40 },
    ],
    [['FEATURE', 40, 3]],
  ],
  [
    'rule 4: a product not held before is cross-sell',
    [{ quantity: 10, unit: 100 }],
    [
      { quantity: 10, unit: 100 },
      { ...chat, quantity: 5, unit: 30 },
    ],
    [['CROSS_SELL', 150, 4]],
  ],
  [
    'rule 4: a product not held after, too',
    [
      { quantity: 10, unit: 100 },
      { ...chat, quantity: 5, unit: 30 },
    ],
    [{ quantity: 10, unit: 100 }],
    [['CROSS_SELL', -150, 4]],
  ],
  [
    'rule 5: a held product in a new region is geographic',
    [{ quantity: 10, unit: 100 }],
    [
      { quantity: 10, unit: 100 },
      { quantity: 3, unit: 100, region: 'SG', item: 'si_2' },
    ],
    [['GEOGRAPHIC', 300, 5]],
  ],
  [
    'rule 6: another line of a held product is seats',
    [{ quantity: 10, unit: 100 }],
    [
      { quantity: 10, unit: 100 },
      { quantity: 5, unit: 80, subscription: 'sub2' },
    ],
    [['SEAT', 400, 6]],
  ],
  [
    'rule 6: a second, cheaper line leaves the first alone when it goes',
    [
      { quantity: 10, unit: 100 },
      { quantity: 5, unit: 80, subscription: 'sub2' },
    ],
    [{ quantity: 10, unit: 100 }],
    [['SEAT', -400, 6]],
  ],
  [
    'rule 7: 10 Basic to 50 Pro is 400 seats and 400 upgrade',
    [{ quantity: 10, unit: 10 }],
    [{ quantity: 50, unit: 18, plan: 'pro' }],
    [
      ['SEAT', 400, 7],
      ['UPSELL', 400, 7],
    ],
  ],
  [
    'rule 7: and back',
    [{ quantity: 50, unit: 18, plan: 'pro' }],
    [{ quantity: 10, unit: 10 }],
    [
      ['SEAT', -720, 7],
      ['UPSELL', -80, 7],
    ],
  ],
  [
    'rule 7: a move without more seats is all upgrade',
    [{ quantity: 10, unit: 10 }],
    [{ quantity: 10, unit: 18, plan: 'pro' }],
    [['UPSELL', 80, 7]],
  ],
  [
    'rule 7: some seats of two plans move up',
    [
      { quantity: 10, unit: 10 },
      { quantity: 5, unit: 18, plan: 'pro', item: 'si_2' },
    ],
    [
      { quantity: 8, unit: 10 },
      { quantity: 7, unit: 18, plan: 'pro', item: 'si_2' },
    ],
    [['UPSELL', 16, 7]],
  ],
  [
    'rule 8: more of one price is seats',
    [{ quantity: 3, unit: 100 }],
    [{ quantity: 50, unit: 100 }],
    [['SEAT', 4_700, 8]],
  ],
  [
    'rule 8: a volume price that falls with the quantity is still seats',
    [{ quantity: 10, unit: 100, price: 'v' }],
    [{ quantity: 20, unit: 80, price: 'v' }],
    [['SEAT', 600, 8]],
  ],
  [
    'rule 8: two plans that both grow are both seats',
    [
      { quantity: 10, unit: 10 },
      { quantity: 5, unit: 18, plan: 'pro', item: 'si_2' },
    ],
    [
      { quantity: 13, unit: 10 },
      { quantity: 6, unit: 18, plan: 'pro', item: 'si_2' },
    ],
    [['SEAT', 48, 8]],
  ],
  [
    'rule 9: a new price of the same plan is contract value',
    [{ quantity: 10, unit: 100 }],
    [{ quantity: 10, unit: 110 }],
    [['CONTRACT_VALUE', 100, 9]],
  ],
  [
    'rule 9: seats at the old price, the rise apart',
    [{ quantity: 10, unit: 100 }],
    [{ quantity: 12, unit: 110 }],
    [
      ['SEAT', 200, 9],
      ['CONTRACT_VALUE', 120, 9],
    ],
  ],
]

const REASONS: [string, Said, Said, string | null][] = [
  ['a new price in the middle of a term', { quantity: 10, unit: 100 }, { quantity: 10, unit: 110 }, 'PRICE_CHANGE'],
  [
    'a new price as the term begins',
    { quantity: 10, unit: 100 },
    { quantity: 10, unit: 110, renewed: true },
    'RENEWAL',
  ],
  [
    'another term',
    { quantity: 10, unit: 100 },
    { quantity: 10, unit: 90, pricing: aPrice('1080', { interval: 'YEAR' }) },
    'TERM_CHANGE',
  ],
  [
    'a discount that begins',
    { quantity: 10, unit: 100 },
    { quantity: 10, unit: 100, level: 900n, discounts: '10' },
    'DISCOUNT_START',
  ],
  [
    'a discount that ends at renewal',
    { quantity: 10, unit: 100, level: 900n, discounts: '10' },
    { quantity: 10, unit: 100, renewed: true },
    'DISCOUNT_END',
  ],
  ['a pause', { quantity: 10, unit: 100 }, { quantity: 10, unit: 100, level: 0n, status: 'PAUSED' }, 'PAUSE'],
  ['its end', { quantity: 10, unit: 100, level: 0n, status: 'PAUSED' }, { quantity: 10, unit: 100 }, 'RESUME'],
]

describe('a change of one day is split by the first rule that fits', () => {
  it.each(CASES)('%s', (_, before, after, expected) => {
    const sums = new Map<string, bigint>()
    for (const { strategy, rule, amount } of classify(lines(...before), lines(...after))) {
      sums.set(`${strategy} ${rule}`, (sums.get(`${strategy} ${rule}`) ?? 0n) + amount)
    }
    const shown = [...sums].filter(([, amount]) => amount !== 0n).map(([key, amount]) => `${key}: ${amount}`)
    expect(shown).toEqual(expected.map(([strategy, amount, rule]) => `${strategy} ${rule}: ${amount}`))
  })

  it.each(REASONS)('%s names its reason', (_, before, after, reason) => {
    const parts = classify(lines(before), lines(after))
    expect(parts.find((part) => part.strategy === 'CONTRACT_VALUE')?.reason).toBe(reason)
  })

  it('what did not change posts nothing', () => {
    expect(classify(lines({ quantity: 3, unit: 7 }), lines({ quantity: 3, unit: 7 }))).toEqual([])
  })
})
