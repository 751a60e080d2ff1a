import type { Movement } from '@nobishiro/sdk'
import { expect, it } from 'vitest'
import { levelsOf, stepPath } from './history.ts'

const movement = (month: string, amount: string) =>
  ({ month, closing: { amount, minor: amount, currency: 'JPY' } }) as Movement // the picture reads no more of it

it('reads movements from the oldest to the newest', () => {
  const levels = levelsOf([movement('2026-03-01', '300'), movement('2025-12-01', '100')])
  expect(levels.map(({ month }) => month)).toEqual(['2025-12-01', '2026-03-01'])
})

it('holds each level until the next change', () => {
  const levels = levelsOf([movement('2026-01-01', '50'), movement('2026-03-01', '100'), movement('2026-04-01', '0')])
  expect(stepPath(levels, 400, 100)).toBe('M0 100H0V50H200V0H300V100H400')
})

it('draws nothing without movements', () => {
  expect(stepPath([], 400, 100)).toBe('')
})
