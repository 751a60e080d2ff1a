import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'an account that paid before, stopped and pays again, after any gap',
    [
      ['a', '2020-01-05', 10000],
      ['a', '2020-05-05', -10000],
      ['a', '2024-12-05', 7000],
    ],
    '70.00',
  ],
  [
    'it is not expansion, whatever it paid before',
    [
      ['a', '2023-12-05', 1000],
      ['a', '2024-05-05', -1000],
      ['a', '2024-12-05', 9000],
    ],
    '90.00',
  ],
  ['an account that never paid is new', [['a', '2024-12-05', 10000]], '0.00'],
]

describe('reactivation', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('reactivation', changes, asked)).toBe(expected)
  })
})
