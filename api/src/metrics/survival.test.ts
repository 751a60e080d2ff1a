import { describe, expect, it } from 'vitest'
import { mantelByar, type RiskTable, riskTable, simonMakuch } from './survival.ts'

/** One subject: in group 0 up to `moved`, in group 1 after it, seen until `until`, where it happened or not. */
type Subject = [until: number, happened: boolean, moved?: number]

function tableOf(subjects: readonly Subject[]): RiskTable {
  const table = riskTable(Math.max(...subjects.map(([until]) => until)) + 1)
  for (const [until, happened, moved = Number.POSITIVE_INFINITY] of subjects) {
    for (let time = 1; time <= until; time += 1) table.atRisk[time > moved ? 1 : 0][time]! += 1
    if (happened) table.events[until > moved ? 1 : 0][until]! += 1
  }
  return table
}

/**
 * Weeks of remission under 6-MP and under a placebo (Freireich et al., Blood 21, 1963). Published in many books: the log-rank
 * statistic is 16.79; the product-limit estimates and their 95 % log-log intervals below are those that textbooks print.
 */
const [seen, censored] = [true, false]
const TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
const TREATED_CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
const PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
const remission = tableOf([
  ...TREATED.map((week): Subject => [week, seen, 0]),
  ...TREATED_CENSORED.map((week): Subject => [week, censored, 0]),
  ...PLACEBO.map((week): Subject => [week, seen]),
])

describe('weeks of remission, as published', () => {
  it('the log-rank statistic of groups that nobody leaves', () => {
    const { observed, expected, chiSquare, pValue } = mantelByar(remission)
    expect([observed, expected.toFixed(2), chiSquare?.toFixed(2)]).toEqual([9, '19.25', '16.79'])
    expect(pValue).toBeCloseTo(0.0000417, 7)
  })

  it.each([
    [6, 0.857, 0.62, 0.952],
    [7, 0.807, 0.563, 0.923],
    [10, 0.753, 0.503, 0.889],
    [13, 0.69, 0.432, 0.849],
    [16, 0.627, 0.368, 0.805],
    [22, 0.538, 0.268, 0.747],
    [23, 0.448, 0.188, 0.68],
  ])('at week %i %d of the treated are in remission, %d to %d', (week, survival, lower, upper) => {
    const curve = simonMakuch(remission, 1, 1)
    const shown = [curve.survival[week], curve.lower[week], curve.upper[week]].map((value) => Number(value?.toFixed(3)))
    expect(shown).toEqual([survival, lower, upper])
  })
})

describe('subjects that change groups', () => {
  /** A happens at 1, b moves after 1 and it happens at 2, c moves after 2 and is seen until 3, d stays, and it happens at 3. */
  const table = tableOf([
    [1, true],
    [2, true, 1],
    [3, false, 2],
    [3, true],
  ])

  it('count in the group that they are in at each time, computed by hand', () => {
    expect([...table.atRisk[0]]).toEqual([0, 4, 2, 1])
    expect([...table.atRisk[1]]).toEqual([0, 0, 1, 1])
    const { observed, expected, variance, chiSquare } = mantelByar(table)
    // At 2 one of three is in group 1, at 3 one of two.
    expect(observed).toBe(1)
    expect(expected).toBeCloseTo(1 / 3 + 1 / 2, 15)
    expect(variance).toBeCloseTo((2 * 1 * 1 * 2) / (9 * 2) + (1 * 1 * 1 * 1) / (4 * 1), 15)
    expect(chiSquare).toBeCloseTo((1 / 6) ** 2 / (2 / 9 + 1 / 4), 15)
  })

  it('a curve is of those in the group: group 1 begins at 2, where it loses its only one', () => {
    expect(simonMakuch(table, 1, 1)).toMatchObject({ from: 2, survival: [null, null, 0, 0] })
    expect(simonMakuch(table, 0, 1).survival).toEqual([null, 0.75, 0.75, 0])
  })

  it('who is moved by what happens later would not: the classic mistake gives another answer', () => {
    const later = tableOf([
      [1, true],
      [2, true, 0],
      [3, false, 0],
      [3, true],
    ])
    expect(mantelByar(later).expected).not.toBeCloseTo(mantelByar(table).expected, 3)
  })
})

describe('few at risk', () => {
  const table = tableOf([...Array.from({ length: 10 }, (): Subject => [2, true]), [5, true], [5, false]])

  it('a curve begins where there are ten, and shows no time with fewer', () => {
    const { from, survival, lower, upper } = simonMakuch(table, 0)
    expect(from).toBe(1)
    expect(survival).toEqual([null, 1, 2 / 12, null, null, null])
    // At 1 nothing has happened yet: there is no band.
    expect([lower[1], upper[1], lower[2] === null]).toEqual([null, null, false])
  })

  it('without ten there is no curve, and without two groups no test', () => {
    expect(simonMakuch(table, 1)).toMatchObject({ from: null, survival: [null, null, null, null, null, null] })
    expect(mantelByar(table)).toMatchObject({ observed: 0, expected: 0, chiSquare: null, pValue: null })
  })
})
