import type { ExpansionStrategy } from '@nobishiro/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatInUnit } from '../../format/money.ts'
import { en } from '../../i18n/en.ts'
import { ja } from '../../i18n/ja.ts'
import { aWaterfall } from '../../testing/a-waterfall.ts'
import { layoutColumns } from './waterfall-layout.ts'
import { needsBreak, waterfallBars, waterfallUnit } from './waterfall-model.ts'
import { largestNote, noteOf, subtitleOf, tableOf } from './waterfall-text.ts'

const MONTH = aWaterfall({
  changes: { NEW: 31_200, EXPANSION: 54_000, REACTIVATION: 3_500, CONTRACTION: -9_800, CHURN: -14_200 },
  strategies: { SEAT: 24_600, UPSELL: 18_100, FEATURE: 7_300, CONTRACT_VALUE: 4_000 },
})

const amount = fc.integer({ min: -500_000, max: 500_000 })
const anyWaterfall = fc
  .record({
    opening: fc.integer({ min: 0, max: 5_000_000 }),
    NEW: fc.nat(500_000),
    CHURN: fc.nat(500_000),
    FX: amount,
    parts: fc.array(amount, { minLength: 7, maxLength: 7 }),
  })
  .map(({ opening, NEW, CHURN, FX, parts }) => {
    const names: ExpansionStrategy[] = [
      'SEAT',
      'UPSELL',
      'CROSS_SELL',
      'FEATURE',
      'USAGE',
      'GEOGRAPHIC',
      'CONTRACT_VALUE',
    ]
    const strategies = Object.fromEntries(names.map((name, index) => [name, parts[index] ?? 0]))
    const EXPANSION = parts.reduce((sum, part) => sum + part, 0)
    return aWaterfall({ opening, changes: { NEW, EXPANSION, CHURN: -CHURN, FX }, strategies })
  })

describe('bars', () => {
  it('stand one on the other from opening to closing, whatever is merged', () => {
    fc.assert(
      fc.property(anyWaterfall, fc.integer({ min: 1, max: 7 }), (waterfall, most) => {
        const bars = waterfallBars(waterfall, en, most)
        const changes = bars.filter(({ kind }) => kind === 'change')
        expect(bars[0]?.to).toBe(Number(waterfall.opening.amount))
        expect(bars.at(-1)?.to).toBe(Number(waterfall.closing.amount))
        changes.forEach((bar, index) => {
          expect(bar.from).toBe(index === 0 ? bars[0]?.to : changes[index - 1]?.to)
          expect(bar.to).toBe(bar.from + bar.amount)
        })
        const sum = changes.reduce((total, bar) => total + bar.amount, 0)
        expect(sum).toBe(Number(waterfall.closing.amount) - Number(waterfall.opening.amount))
        expect(bars.filter(({ strategies }) => strategies.length > 0).length).toBeLessThanOrEqual(most)
      }),
    )
  })
  it.each([
    [en, 'Currency'],
    [ja, '為替'],
  ])('show what exchange rates made, up or down, in the picture and in the table', (text, label) => {
    const words = (FX: number) => {
      const waterfall = aWaterfall({ changes: { NEW: 5_000, FX }, currency: 'JPY' })
      const locale = text === ja ? 'ja' : 'en'
      return { waterfall, unit: waterfallUnit(waterfall, locale), window: 12, text, locale }
    }
    const [up, down] = [waterfallBars(words(900).waterfall, text), waterfallBars(words(-900).waterfall, text)]
    expect(up.map(({ key }) => key)).toEqual(['OPENING', 'NEW', 'FX', 'CLOSING'])
    expect([up[2]?.label, up[2]?.tone, up[2]?.amount, down[2]?.amount]).toEqual([label, 'neutral', 900, -900])
    expect(tableOf(down, words(-900), 'MRR').values[2]).toEqual([label, -900, down[2]?.accounts])
  })
  it('leave out what is zero', () => {
    const bars = waterfallBars(aWaterfall({ changes: { NEW: 5_000 } }), en)
    expect(bars.map(({ key }) => key)).toEqual(['OPENING', 'NEW', 'CLOSING'])
  })
  it('merge the smallest strategies and keep their names', () => {
    const bars = waterfallBars(MONTH, en, 3)
    expect(bars.map(({ label }) => label)).toEqual([
      'Opening',
      'New',
      'Seats',
      'Upgrades',
      'Other',
      'Returned',
      'Contraction',
      'Churn',
      'Closing',
    ])
    expect(bars[4]).toMatchObject({ amount: 11_300, strategies: ['FEATURE', 'CONTRACT_VALUE'] })
  })
  it('show a negative strategy as a loss', () => {
    const waterfall = aWaterfall({
      changes: { EXPANSION: 8_000 },
      strategies: { SEAT: 10_000, CONTRACT_VALUE: -2_000 },
    })
    expect(waterfallBars(waterfall, en).map(({ tone }) => tone)).toEqual(['ink', 'accent', 'loss', 'ink'])
  })
  it('are broken only where the levels tower over the changes', () => {
    expect(needsBreak(waterfallBars(MONTH, en))).toBe(true)
    expect(needsBreak(waterfallBars(aWaterfall({ opening: 0, changes: { NEW: 8_400 } }), en))).toBe(false)
  })
})

describe('the unit', () => {
  it('suits the changes, so that none reads 0.0 beside millions', () => {
    const waterfall = aWaterfall({ opening: 16_920_000, changes: { NEW: 223_000, CHURN: -118_000 } })
    expect(waterfallUnit(waterfall, 'en').divisor).toBe(1_000)
    expect(waterfallUnit(waterfall, 'ja').divisor).toBe(10_000)
  })
  it('suits the levels where nothing changed', () => {
    expect(waterfallUnit(aWaterfall({ opening: 16_920_000, changes: {} }), 'en').divisor).toBe(1_000_000)
  })
})

describe('columns', () => {
  const layout = (width: number, isBroken: boolean) => {
    const unit = waterfallUnit(MONTH, 'en')
    return layoutColumns(waterfallBars(MONTH, en, 7), {
      width,
      height: 262,
      isBroken,
      amount: (bar) => formatInUnit(bar.amount, unit, 'en', true),
    })
  }
  it('put negative parts below their level and positive ones above', () => {
    const columns = layout(760, true)?.columns ?? []
    const churn = columns.find(({ bar }) => bar.key === 'CHURN')
    const before = columns.find(({ bar }) => bar.key === 'CONTRACTION')
    expect(churn?.y).toBeCloseTo((before?.y ?? 0) + (before?.height ?? 0), 5)
    expect(churn?.amountY).toBeGreaterThan((churn?.y ?? 0) + (churn?.height ?? 0))
  })
  it('keep proportions from zero, and stretch the changes when broken', () => {
    const height = (key: string, isBroken: boolean) =>
      layout(760, isBroken)?.columns.find(({ bar }) => bar.key === key)?.height ?? 0
    expect(height('OPENING', false) / height('CLOSING', false)).toBeCloseTo(842_000 / 906_700, 3)
    expect(height('NEW', true)).toBeGreaterThan(4 * height('NEW', false))
  })
  it('have a bracket from the first strategy to the last', () => {
    const { bracket, columns } = layout(760, true) ?? { bracket: null, columns: [] }
    const strategies = columns.filter(({ bar }) => bar.strategies.length > 0)
    expect(bracket?.from).toBe(strategies[0]?.x)
    expect(bracket?.to).toBe((strategies.at(-1)?.x ?? 0) + (strategies.at(-1)?.width ?? 0))
  })
  it('refuse a width in which their labels would touch', () => expect(layout(300, true)).toBeNull())
})

describe('words', () => {
  const words = (waterfall = MONTH) => ({
    waterfall,
    unit: waterfallUnit(waterfall, 'en'),
    window: 12,
    text: en,
    locale: 'en',
  })
  it('name period, unit and population', () => {
    expect(subtitleOf(words())).toEqual(['Oct 2026', '$k', 'all accounts, including those won in the month'])
  })
  it('name the cohort and its month', () => {
    const cohort = aWaterfall({ population: 'COHORT', opening: 760_600, changes: { EXPANDED: 94_315 } })
    expect(subtitleOf(words(cohort))).toEqual(['12 months to Oct 2026', '$k', 'the 388 accounts paying in Oct 2025'])
    expect(largestNote(words(cohort)).replace(/\u202f/g, ' ')).toBe('854.9 ÷ 760.6 = 112.4 %')
  })
  it('name the three largest accounts of a step', () => {
    const bar = waterfallBars(MONTH, en)[1]
    expect(bar && noteOf(bar, words())).toBe('New +31.2 · Aozora +9.4, Kitahama Foods +6.9, Northwind +4.4')
  })
  it('have every bar in the table', () => {
    const bars = waterfallBars(MONTH, ja)
    const table = tableOf(
      bars,
      { ...words(), text: ja, locale: 'ja', unit: waterfallUnit(MONTH, 'ja') },
      ja.waterfall.titleAll,
    )
    expect(table.rows.length).toBe(bars.length)
    expect(table.columns[1]?.label).toBe('金額（万米ドル）')
  })
})
