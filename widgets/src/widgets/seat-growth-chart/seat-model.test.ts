import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messagesOf } from '../../i18n/messages.ts'
import { aSeatGrowth } from '../../testing/a-seat-growth.ts'
import { endLabels } from './end-labels.ts'
import { roomOf, seatModel } from './seat-model.ts'
import { describeMonth, summaryOf, tableOf } from './seat-text.ts'
import { seatText } from './seat-words.ts'

const en = seatText(messagesOf('en'), 'en')

describe('stacked plans', () => {
  it('end at the purchased seats in every month, however many plans there are', () => {
    const plan = fc.tuple(
      fc.string({ minLength: 1 }),
      fc.integer({ min: 1, max: 900 }),
      fc.integer({ min: 0, max: 40 }),
    )
    fc.assert(
      fc.property(fc.array(plan, { minLength: 1, maxLength: 8 }), (plans) => {
        const growth = aSeatGrowth({ plans: plans as [string, number, number][], months: 6 })
        const { bands } = seatModel(growth, 'Other')
        expect(bands.at(-1)?.top).toEqual(growth.purchased)
        for (const [index, band] of bands.entries()) {
          expect(band.base).toEqual(index === 0 ? band.base.map(() => 0) : bands[index - 1]?.top)
        }
        expect(bands.length).toBeLessThanOrEqual(4)
      }),
    )
  })
  it('leave out a plan without seats', () => {
    expect(
      seatModel(
        aSeatGrowth({
          plans: [
            ['Pro', 10, 1],
            ['Gone', 0, 0],
          ],
        }),
        'Other',
      ).bands.map(({ name }) => name),
    ).toEqual(['Pro'])
  })
})

describe('use', () => {
  it('is unknown rather than zero', () => {
    const model = seatModel(aSeatGrowth({ use: null }), 'Other')
    expect(model.hasActive).toBe(false)
    expect(model.months.map(roomOf)).toEqual(model.months.map(() => null))
    expect(tableOf(model, en, 'en').columns.map(({ label }) => label)).not.toContain('Active')
  })
  it('leaves no negative room', () => {
    expect(roomOf({ month: '2026-10-01', purchased: 10, active: 14, completeness: 'COMPLETE' })).toBe(0)
  })
  it('is said in words', () => {
    const month = { month: '2026-10-01', purchased: 1804, active: 1564, completeness: 'COMPLETE' } as const
    expect(describeMonth(month, en, 'en')).toBe('Oct 2026: 1,804 purchased, 1,564 active, 240 room')
    const model = { months: [month], bands: [], hasActive: true, max: 1804 }
    expect(summaryOf(model, en, 'en')).toBe(
      '1,804 seats are purchased in Oct 2026. 1,564 are active, 240 are room to grow.',
    )
  })
})

describe('end labels', () => {
  it('do not touch and stay in the picture', () => {
    const labels = endLabels(seatModel(aSeatGrowth(), 'Other'), en.seats, (seats) => 200 - seats / 10, [10, 190])
    const heights = labels.map(({ y }) => y).sort((a, b) => a - b)
    expect(labels.map(({ key }) => key).slice(0, 2)).toEqual(['purchased', 'active'])
    expect(heights.every((y, index) => index === 0 || y - (heights[index - 1] ?? 0) >= 15)).toBe(true)
    expect(heights[0]).toBeGreaterThanOrEqual(10)
    expect(heights.at(-1)).toBeLessThanOrEqual(190)
  })
})
