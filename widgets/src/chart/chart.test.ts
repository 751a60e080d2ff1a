import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ringPath } from './ring.ts'
import { linear } from './scale.ts'
import { spread } from './spread.ts'
import { runsOf, stepArea, stepLine } from './steps.ts'
import { fitText, textWidth, wrapLabel } from './text-width.ts'
import { niceStep, ticksFromZero } from './ticks.ts'
import { nextIndex } from './use-roving.ts'
import { wrapText } from './wrap-text.ts'

describe('scale and ticks', () => {
  it('maps both ends, and a domain of no width to the start', () => {
    const y = linear([0, 200], [100, 0])
    expect([y(0), y(50), y(200)]).toEqual([100, 75, 0])
    expect(linear([5, 5], [10, 20])(5)).toBe(10)
  })
  it.each([
    [1804, 4, [0, 500, 1000, 1500, 2000]],
    [800, 4, [0, 200, 400, 600, 800]],
    [8, 4, [0, 2, 4, 6, 8]],
    [1, 4, [0, 1]],
  ])('gives round ticks up to %i', (max, count, ticks) => {
    expect(ticksFromZero(max, count)).toEqual(ticks)
  })
  it('always reaches the largest value with few ticks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (max) => {
        const ticks = ticksFromZero(max, 4)
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(max)
        expect(ticks.length).toBeLessThanOrEqual(6)
      }),
    )
  })
  it('steps by round numbers', () => expect([niceStep(97, 4), niceStep(1, 4), niceStep(0, 4)]).toEqual([25, 0.25, 1]))
})

describe('labels', () => {
  it('moves labels apart and keeps them in their place', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 6 }), (wishes) => {
        const placed = spread(wishes, 15, [0, 100])
        const sorted = [...placed].sort((a, b) => a - b)
        expect(sorted.every((value, index) => index === 0 || value - (sorted[index - 1] ?? 0) >= 15 - 1e-9)).toBe(true)
        expect(sorted.at(-1)).toBeLessThanOrEqual(100)
      }),
    )
  })
  it('leaves labels alone that stand apart', () => expect(spread([10, 60], 15, [0, 100])).toEqual([10, 60]))
  it('counts kana and kanji as full width', () => expect(textWidth('契約更新')).toBe(48))
  it('breaks a label at a space, or between kanji and kana', () => {
    expect(wrapLabel('Contract value', 60)).toEqual(['Contract', 'value'])
    expect(wrapLabel('上位プラン', 48)).toEqual(['上位', 'プラン'])
    expect(wrapLabel('Contraction', 20)).toEqual(['Contraction'])
  })
  it('shortens with an ellipsis', () => {
    expect(fitText('Northwind', 200)).toBe('Northwind')
    expect(fitText('株式会社日本総合', 55)).toBe('株式会…')
  })
  it('wraps sentences of both scripts without losing a letter', () => {
    const english = 'The history is shorter than the window.'
    expect(wrapText(english, 120).join(' ')).toBe(english)
    const japanese = '対象期間より履歴が短いため、計算できません。'
    expect(wrapText(japanese, 120).join('')).toBe(japanese)
    expect(wrapText(japanese, 120).every((line) => !line.startsWith('、') && !line.startsWith('。'))).toBe(true)
  })
})

describe('paths', () => {
  const same = (value: number) => value
  it('draws steps, never slopes', () => {
    expect(stepLine([1, 2], same, same)).toBe('M0 1H1V2H2')
    expect(stepLine([1, null, 3], same, same)).toBe('M0 1H1M2 3H3')
    expect(stepArea([2, 3], [0, 1], same, same)).toBe('M0 2H1V3H2V1H1V0H0Z')
  })
  it('finds the runs of known months', () => {
    expect(runsOf([null, 1, 2, null, 3])).toEqual([
      { from: 1, values: [1, 2] },
      { from: 4, values: [3] },
    ])
  })
  it('takes the long way round for more than half a circle', () => {
    const ring = { cx: 0, cy: 0, inner: 9, outer: 10 }
    expect(ringPath(ring, -120, 120)).toContain('0 1 1')
    expect(ringPath(ring, -120, 0)).toContain('0 0 1')
  })
})

describe('keys', () => {
  it.each([
    ['ArrowRight', 1, 2],
    ['ArrowDown', 1, 2],
    ['ArrowLeft', 1, 0],
    ['ArrowLeft', 0, 0],
    ['ArrowRight', 4, 4],
    ['Home', 3, 0],
    ['End', 1, 4],
    ['a', 1, null],
  ])('%s from point %i leads to %s', (key, from, to) => expect(nextIndex(key, from, 5)).toBe(to))
})
