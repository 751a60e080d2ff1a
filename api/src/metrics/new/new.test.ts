import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  ['the first paid close of an account', [['a', '2024-12-05', 10000]], '100.00'],
  [
    'an account that paid before is not new',
    [
      ['a', '2023-12-05', 10000],
      ['a', '2024-05-05', -10000],
      ['a', '2024-12-05', 10000],
    ],
    '0.00',
  ],
  [
    'paying within a month without reaching its close is not having paid',
    [
      ['a', '2024-05-05', 10000],
      ['a', '2024-05-20', -10000],
      ['a', '2024-12-05', 10000],
    ],
    '100.00',
  ],
  [
    'a longer period adds its months',
    [
      ['a', '2024-11-05', 10000],
      ['b', '2024-12-05', 2000],
    ],
    '120.00',
    { months: 3 },
  ],
]

describe('new', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('new', changes, asked)).toBe(expected)
  })
})
