import type { ExpansionStrategy } from '@nobishiro/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messagesOf } from '../../i18n/messages.ts'
import type { MixBucket } from '../../queries/strategy-mix.ts'
import { aStrategyMix, type StrategyMixOptions } from '../../testing/a-strategy-mix.ts'
import { layoutMix, nextCell, ticksAround } from './mix-layout.ts'
import { mixModel, sharesOf } from './mix-model.ts'
import { describeCell, describeLayer, type MixTexts, mixUnit, summaryOf, tableOf } from './mix-text.ts'
import { mixWords } from './mix-words.ts'

type Parts = Parameters<typeof aStrategyMix>[0]

const plain = (text: string | undefined) => (text ?? '').replace(/[\u202f\u00a0]/g, ' ')
const sum = (values: readonly bigint[]) => values.reduce((all, value) => all + value, 0n)

function aMix(parts: Parts, options: StrategyMixOptions & { bucket?: MixBucket; locale?: 'en' | 'ja' } = {}): MixTexts {
  const { bucket = 'MONTH', locale = 'en', ...rest } = options
  const model = mixModel(aStrategyMix(parts, rest), bucket, undefined)
  const shared = { text: messagesOf(locale), words: mixWords[locale], locale }
  return { model, bucket, unit: mixUnit(model, locale), ...shared }
}

const SEVEN: Parts = {
  SEAT: [40, 10],
  UPSELL: [0, 30],
  CROSS_SELL: [5, 4],
  USAGE: [8, -28],
  GEOGRAPHIC: [1, 2],
  FEATURE: [0.25, 0.5],
  CONTRACT_VALUE: [2, 2],
}

describe('layers', () => {
  it.each<[string, Parts, string[]]>([
    ['the four largest, then the rest as one', SEVEN, ['SEAT', 'UPSELL', 'USAGE', 'CROSS_SELL', 'OTHER']],
    ['by size, also where it is below zero', { SEAT: [3], USAGE: [-7] }, ['USAGE', 'SEAT']],
    ['four need no rest', { SEAT: [4], UPSELL: [3], USAGE: [2], FEATURE: [1] }, ['SEAT', 'UPSELL', 'USAGE', 'FEATURE']],
    ['equals stand as the API lists them', { SEAT: [1], USAGE: [1], UPSELL: [1] }, ['UPSELL', 'SEAT', 'USAGE']],
    ['what cancels out is still there', { SEAT: [5, 5], FEATURE: [2, -2] }, ['SEAT', 'FEATURE']],
    ['nothing is left out of nothing', { SEAT: [0, 0] }, []],
  ])('are %s', (_what, parts, keys) => expect(aMix(parts).model.layers.map(({ key }) => key)).toEqual(keys))

  it('have the sums of what they are made of', () => {
    const { layers, periods, total } = aMix(SEVEN).model
    // 1 + 0.25 + 2 and 2 + 0.5 + 2, in cents; 56.25 and 20.50 in all.
    expect(layers.at(-1)).toMatchObject({
      strategies: ['CONTRACT_VALUE', 'GEOGRAPHIC', 'FEATURE'],
      minor: [325n, 450n],
      total: 775n,
    })
    expect(periods.map((period) => period.total)).toEqual([5625n, 2050n])
    expect(total).toBe(7675n)
  })

  it('add up to every period and to the whole, to the minor unit', () => {
    const keys: ExpansionStrategy[] = [
      'SEAT',
      'UPSELL',
      'CROSS_SELL',
      'FEATURE',
      'USAGE',
      'GEOGRAPHIC',
      'CONTRACT_VALUE',
    ]
    const amounts = fc.array(fc.integer({ min: -9_999_999, max: 99_999_999 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 7, maxLength: 7 }), (all) => {
        const parts = Object.fromEntries(keys.map((key, index) => [key, all[index] ?? []]))
        const { layers, periods, total } = aMix(parts, { currency: 'JPY' }).model
        for (const [at, period] of periods.entries()) {
          expect(sum(layers.map(({ minor }) => minor[at] ?? 0n))).toBe(period.total)
          expect(period.total).toBe(BigInt(all.reduce((whole, one) => whole + (one[at] ?? 0), 0)))
        }
        expect(sum(layers.map((layer) => layer.total))).toBe(total)
      }),
      { numRuns: 50 },
    )
  })
})

describe('shares', () => {
  it.each<[number[], (number | null)[]]>([
    [
      [30, 70],
      [300, 700],
    ],
    [
      [1, 1, 1],
      [333, 334, 333],
    ],
    [
      [2, 2, 3],
      [286, 285, 429],
    ],
    [
      [150, -50],
      [1500, -500],
    ],
    [
      [0, 5],
      [0, 1000],
    ],
    [
      [0, 0],
      [null, null],
    ],
    [
      [5, -5],
      [null, null],
    ],
  ])('of %j are %j tenths', (parts, tenths) => expect(sharesOf(parts.map(BigInt))).toEqual(tenths))

  it('add up to 100.0 %, whatever they are of', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -5000n, max: 9000n }), { minLength: 1, maxLength: 7 }), (parts) => {
        const shares = sharesOf(parts)
        if (sum(parts) > 0n) expect(shares.reduce<number>((all, one) => all + (one ?? 0), 0)).toBe(1000)
      }),
    )
  })
})

describe('periods', () => {
  const ends = (months: string[], bucket: MixBucket, range?: { start: string; end: string }) =>
    mixModel(aStrategyMix({ SEAT: months.map(() => 1) }, { months }), bucket, range).periods.map(({ end }) => end)
  it.each<[MixBucket, string[], { start: string; end: string } | undefined, string[]]>([
    ['MONTH', ['2026-09-01', '2026-10-01'], undefined, ['2026-10-01', '2026-11-01']],
    ['QUARTER', ['2025-11-01', '2026-01-01', '2026-10-01'], undefined, ['2026-01-01', '2026-10-01', '2026-11-01']],
    ['MONTH', ['2024-10-01', '2026-10-01'], undefined, ['2026-10-01', '2026-11-01']],
    ['QUARTER', ['2026-04-01'], { start: '2026-04-01', end: '2026-07-01' }, ['2026-07-01']],
    ['YEAR', ['2025-04-01', '2026-04-01'], { start: '2025-04-01', end: '2026-11-01' }, ['2026-04-01', '2026-11-01']],
  ])('by %s from %j end where the next begins, and with the range', (bucket, months, range, expected) =>
    expect(ends(months, bucket, range)).toEqual(expected),
  )
})

describe('columns', () => {
  it.each([
    [0, 48_000, [0, 20_000, 40_000, 60_000]],
    [-10, 40, [-20, 0, 20, 40]],
    [-3, 0, [-3, -2, -1, 0]],
  ])('from %d to %d stand on round levels with zero among them', (low, high, ticks) =>
    expect(ticksAround(low, high, 4)).toEqual(ticks),
  )

  it('grow up from zero and fall down from it', () => {
    const { cells, zero, tops, totals, isSigned } = layoutMix(
      aMix({ SEAT: [30, 10], UPSELL: [10, -10] }).model,
      [120, 0],
    )
    expect([zero, isSigned, tops, totals]).toEqual([80, true, [0, 60], [0, 80]])
    expect(cells.map(({ column, layer, box }) => [column, layer, box?.y, box?.height])).toEqual([
      [0, 0, 20, 59],
      [0, 1, 0, 19],
      [0, null, undefined, undefined],
      [1, 1, 80, 19],
      [1, 0, 60, 19],
      [1, null, undefined, undefined],
    ])
  })

  const cells = [
    { column: 0, layer: 0 },
    { column: 0, layer: 1 },
    { column: 0, layer: null },
    { column: 1, layer: null },
    { column: 2, layer: 1 },
    { column: 2, layer: null },
  ]
  it.each([
    ['ArrowUp', 0, 1],
    ['ArrowUp', 2, 2],
    ['ArrowDown', 2, 1],
    ['ArrowDown', 4, 4],
    ['ArrowRight', 1, 3],
    ['ArrowRight', 5, 5],
    ['ArrowLeft', 4, 3],
    ['ArrowLeft', 1, 1],
    ['Home', 4, 1],
    ['End', 0, 5],
    ['a', 0, null],
  ])('%s leads from part %i to %s', (key, from, to) => expect(nextCell(cells, key, from)).toBe(to))
})

describe('in words', () => {
  const times = (factor: number) =>
    Object.fromEntries(Object.entries(SEVEN).map(([key, amounts]) => [key, amounts.map((one) => one * factor)]))

  it('a part says when, what and how much; the rest also of what', () => {
    const texts = aMix(times(1000))
    const said = (column: number, layer: number | null) => plain(describeCell({ column, layer }, texts))
    expect(said(0, 0)).toBe('Sep 2026 · Seats +40.0')
    expect(said(1, 2)).toBe('Oct 2026 · Usage −28.0')
    expect(said(0, 4)).toBe('Sep 2026 · Other +3.3: Regions +1.0, Add-ons +0.3, Renewals +2.0')
    expect(said(0, null)).toBe('Sep 2026 · Total +56.3: Seats +40.0, Usage +8.0, Cross-sell +5.0, Other +3.3')
    expect(plain(describeLayer(texts.model.layers[0] ?? null, texts))).toBe('Seats +50.0 (65.2 %)')
    expect(plain(describeLayer(null, texts))).toBe('Total +76.8')
  })

  it.each([
    [
      'en',
      aMix(times(1000)),
      'Expansion is 76.8 ($k), Sep 2026 – Oct 2026: Seats +50.0 (65.2 %), Upgrades +30.0 (39.1 %), Usage −20.0 (−26.1 %), Cross-sell +9.0 (11.7 %), Other +7.8 (10.1 %).',
    ],
    [
      'ja',
      aMix(times(100_000), { locale: 'ja', currency: 'JPY' }),
      '2026年9月〜2026年10月の拡大は767.5です（万円）。内訳: シート +500.0 (65.2 %)、上位プラン +300.0 (39.1 %)、使用量 −200.0 (−26.1 %)、クロスセル +90.0 (11.7 %)、その他 +77.5 (10.1 %)。',
    ],
  ])('everything is said in one sentence: %s', (_locale, texts, sentence) =>
    expect(plain(summaryOf(texts))).toBe(sentence),
  )

  it('the table has all seven to the minor unit, their sums and their shares', () => {
    const { columns, rows, values } = tableOf(aMix(SEVEN))
    expect(columns.map(({ label }) => label)).toEqual([
      'Month',
      ...['Upgrades', 'Cross-sell', 'Seats', 'Usage', 'Regions', 'Add-ons', 'Renewals', 'Total'].map(
        (name) => `${name} ($)`,
      ),
    ])
    expect(rows.map((row) => row.map(plain).join(' | '))).toEqual([
      'Sep 2026 | 0.00 | 5.00 | 40.00 | 8.00 | 1.00 | 0.25 | 2.00 | 56.25',
      'Oct 2026 | 30.00 | 4.00 | 10.00 | −28.00 | 2.00 | 0.50 | 2.00 | 20.50',
      'Total | 30.00 | 9.00 | 50.00 | −20.00 | 3.00 | 0.75 | 4.00 | 76.75',
      'Share | 39.1 % | 11.7 % | 65.2 % | −26.1 % | 3.9 % | 1.0 % | 5.2 % | 100.0 %',
    ])
    expect(values[1]).toEqual(['2026-10-01', '30.00', '4.00', '10.00', '-28.00', '2.00', '0.50', '2.00', '20.50'])
  })

  it('a period in progress is named so in the table, and a longer one by its months', () => {
    const quarter = tableOf(
      aMix({ SEAT: [1, 2] }, { bucket: 'QUARTER', months: ['2026-04-01', '2026-07-01'], last: 'PARTIAL' }),
    )
    expect(quarter.rows.slice(0, 2).map(([name]) => name)).toEqual([
      'Apr 2026 – Jun 2026',
      'Jul 2026 – Sep 2026 (in progress)',
    ])
    expect(quarter.columns[0]?.label).toBe('Quarter')
  })
})
