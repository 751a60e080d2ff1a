import type { Explanation, Movement, Span } from '@nobishiro/sdk'
import { minorToAmount } from '../format/money.ts'
import { aDefinition, aValue } from './a-metric.ts'
import { aWaterfall } from './a-waterfall.ts'
import { aMoney } from './money.ts'

const KNOWN: [name: string, opening: number, closing: number][] = [
  ['Aozora', 3_130, 52_170],
  ['Kitahama Foods', 12_400, 33_450],
  ['Sora Bank', 14_800, 0],
  ['Northwind', 19_200, 31_600],
  ['Lumen Labs', 9_600, 2_290],
  ['Minato Press', 8_000, 0],
]

/** Opening and closing of every account of the sample cohort: 760,600 and 854,915 in all. */
export function cohort(): [name: string, opening: number, closing: number][] {
  const rest = 82
  const opening = 760_600 - KNOWN.reduce((sum, [, value]) => sum + value, 0)
  const closing = 854_915 - KNOWN.reduce((sum, [, , value]) => sum + value, 0)
  const share = (total: number, index: number) =>
    index === rest - 1 ? total - Math.floor(total / rest) * (rest - 1) : Math.floor(total / rest)
  return [
    ...KNOWN,
    ...Array.from({ length: rest }, (_, index): [string, number, number] => [
      `Account ${index + 1}`,
      share(opening, index),
      share(closing, index),
    ]),
  ]
}

function spansOf(key: 'nrr' | 'grr'): Span[] {
  let running = 0
  return cohort()
    .map(([name, opening, closing]) => {
      const kept = Math.min(opening, closing)
      return { name, opening, closing, kept, change: (key === 'nrr' ? closing : kept) - opening }
    })
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .map(({ name, opening, closing, kept, change }) => {
      running += change
      return {
        account: { id: `id:${name}`, externalId: name.toLowerCase(), name },
        opening: aMoney(opening),
        closing: aMoney(closing),
        kept: aMoney(kept),
        change: aMoney(change),
        runningTotal: {
          amount: minorToAmount(BigInt(running) * 100n, 'USD'),
          minor: String(running * 100),
          currency: 'USD',
        },
        returned: name === 'Lumen Labs',
      }
    })
}

/** Explains NRR or GRR of the sample cohort, page after page as the API does. */
export function anExplanation(key: 'nrr' | 'grr' = 'nrr', after?: string | null, first = 20): Explanation {
  const all = cohort()
  const sum = (part: (opening: number, closing: number) => number) =>
    all.reduce((total, [, opening, closing]) => total + part(opening, closing), 0)
  const opening = sum((value) => value)
  const closing = sum((_, value) => value)
  const kept = sum(Math.min)
  const count = (is: (opening: number, closing: number) => boolean) => all.filter(([, a, b]) => is(a, b)).length
  const bridge = aWaterfall({
    population: 'COHORT',
    opening,
    changes: {
      EXPANDED: sum((a, b) => Math.max(0, b - a)),
      CONTRACTED: sum((a, b) => (b === 0 ? 0 : Math.min(0, b - a))),
      LOST: sum((a, b) => (b === 0 ? -a : 0)),
    },
  })
  for (const step of bridge.steps) {
    if (step.key === 'EXPANDED') step.accounts = count((a, b) => b > a)
    if (step.key === 'CONTRACTED') step.accounts = count((a, b) => b > 0 && b < a)
    if (step.key === 'LOST') step.accounts = count((_, b) => b === 0)
  }
  const value = aValue(key, '2026-10-01', (key === 'nrr' ? closing : kept) / opening)
  const term = (amount: number, en: string, ja: string) => ({
    label: { en, ja },
    value: String(amount),
    unit: 'MONEY' as const,
    money: aMoney(amount),
  })
  value.numerator = term(
    key === 'nrr' ? closing : kept,
    'MRR of the same accounts at the end',
    '同じアカウントの期末MRR',
  )
  value.denominator = term(opening, 'MRR of these accounts at the start', '対象アカウントの期首MRR')
  const spans = spansOf(key)
  const start = after ? Number(after) : 0
  const page = spans.slice(start, start + first)
  return {
    metric: aDefinition(key),
    value,
    period: { start: '2025-11-01', end: '2026-11-01' },
    sentence: {
      en: `${all.length} accounts paid $760,600 a month at the end of October 2025; the same accounts paid $854,915 at the end of October 2026.`,
      ja: `2025年10月末に月額 $760,600 を支払っていた${all.length}アカウントは、2026年10月末に月額 $854,915 を支払っています。`,
    },
    accounts: all.length,
    bridge,
    spans: {
      totalCount: spans.length,
      edges: page.map((node, index) => ({ cursor: String(start + index + 1), node })),
      pageInfo: { hasNextPage: start + first < spans.length, endCursor: String(start + page.length) },
    },
    landsOn: 'DIFFERENCE',
    inputs: [],
    entries: { totalCount: 0, edges: [], pageInfo: { hasNextPage: false, endCursor: null } },
    numeratorKinds: [],
    denominatorKinds: [],
    movements: {
      totalCount: 0,
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
      totals: [],
      view: 'NOBISHIRO',
    },
    reconciles: true,
    difference: aMoney(0),
  }
}

/** Explains the month's expansion by its movements. */
export function anExpansionExplanation(): Explanation {
  const parts: [string, number][] = [
    ['Aozora', 24_000],
    ['Kitahama Foods', 15_500],
    ['Northwind', 9_400],
    ['Lumen Labs', 5_100],
  ]
  const movements = parts.map(([name, change], index) => aMovement(name, change, index))
  const total = parts.reduce((sum, [, change]) => sum + change, 0)
  const base = anExplanation('nrr')
  return {
    ...base,
    metric: aDefinition('expansion'),
    value: {
      ...aValue('expansion', '2026-10-01', 1),
      value: String(total),
      unit: 'MONEY',
      money: aMoney(total),
      numerator: {
        label: { en: 'Expansion MRR', ja: '拡大MRR' },
        value: String(total),
        unit: 'MONEY',
        money: aMoney(total),
      },
      denominator: null,
    },
    sentence: {
      en: `4 accounts grew by $${total.toLocaleString('en')} in October 2026.`,
      ja: `2026年10月に4アカウントが $${total.toLocaleString('en')} 拡大しました。`,
    },
    accounts: parts.length,
    bridge: null,
    landsOn: null,
    inputs: [],
    entries: { totalCount: 0, edges: [], pageInfo: { hasNextPage: false, endCursor: null } },
    numeratorKinds: ['EXPANSION'],
    denominatorKinds: [],
    spans: { totalCount: 0, edges: [], pageInfo: { hasNextPage: false, endCursor: null } },
    movements: {
      totalCount: movements.length,
      edges: movements.map((node, index) => ({ cursor: String(index), node })),
      pageInfo: { hasNextPage: false, endCursor: null },
      totals: [{ kind: 'EXPANSION', accounts: parts.length, amount: aMoney(total) }],
      view: 'NOBISHIRO',
    },
  }
}

/** An expansion of one account, made of one line. */
export function aMovement(name: string, change: number, index = 0): Movement {
  const account = { id: `id:${name}`, externalId: name.toLowerCase(), name }
  return {
    id: `movement:${index}`,
    account,
    month: '2026-10-01',
    day: null,
    kind: 'EXPANSION',
    amount: aMoney(change),
    change: aMoney(change),
    opening: aMoney(3_130),
    closing: aMoney(3_130 + change),
    seatsChange: 47,
    strategyParts: [{ strategy: 'SEAT', amount: aMoney(change) }],
    rates: [],
    lines: [
      {
        id: `line:${index}`,
        amount: aMoney(change),
        seatsChange: 47,
        strategy: 'SEAT',
        rule: 6,
        reason: null,
        plan: { id: 'plan:0', name: 'Pro', rank: 1, product: { id: 'product:1', name: 'Suite' } },
        region: null,
        effectiveOn: '2026-10-14',
        effectiveAt: '2026-10-14T02:00:00Z',
        recordedAt: '2026-10-14T02:00:03Z',
        source: 'stripe',
        sourceEvent: `evt_1QkAo${index}ra`,
        subscriptionId: 'sub_1',
        itemId: 'si_1',
        evidence: {},
      },
    ],
    completeness: 'COMPLETE',
  }
}
