import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  [
    'the sum of what every account pays at the close',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2024-12-05', 2550],
    ],
    '125.50',
  ],
  [
    'what left by the end of the month is not in it',
    [
      ['a', '2023-12-05', 10000],
      ['a', '2024-12-31', -10000],
    ],
    '0.00',
  ],
  ['what starts later is not in it', [['a', '2025-01-01', 10000]], '0.00'],
  [
    'a balance below zero from bad data counts as zero',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2024-12-05', -5000],
    ],
    '100.00',
  ],
  [
    'by region it is the MRR of the region',
    [
      ['a', '2023-12-05', 10000, { region: 'EU' }],
      ['a', '2023-12-05', 2000, { region: 'US' }],
    ],
    '20.00',
    { where: { region: ['US'] } },
  ],
  [
    'another currency without a rate means no value',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2023-12-05', 10000, { currency: 'EUR' }],
    ],
    'NO_RATE',
  ],
  [
    'a slice that holds only the currency asked for has a value',
    [
      ['a', '2023-12-05', 10000],
      ['b', '2023-12-05', 700, { currency: 'EUR' }],
    ],
    '7.00',
    { where: { accountIds: ['b'] }, currency: 'EUR' },
  ],
]

describe('mrr', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('mrr', changes, asked)).toBe(expected)
  })
})
