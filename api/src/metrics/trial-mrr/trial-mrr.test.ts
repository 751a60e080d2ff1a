import { describe, expect, it } from 'vitest'
import { answer, type Case } from '../testing/answer.ts'

const cases: Case[] = [
  ['nothing without trials', [['a', '2023-12-05', 10000]], '0.00'],
  [
    'what trials would pay, whoever else pays',
    [['a', '2023-12-05', 10000]],
    '50.00',
    { outlook: [['b', '2024-12-05', 5000, { kind: 'TRIAL' }]] },
  ],
  [
    'a trial that pays by the close is over',
    [['b', '2024-12-20', 5000]],
    '0.00',
    {
      outlook: [
        ['b', '2024-12-05', 5000, { kind: 'TRIAL' }],
        ['b', '2024-12-20', -5000, { kind: 'TRIAL' }],
      ],
    },
  ],
  ['what is agreed to come is not in it', [], '0.00', { outlook: [['b', '2024-12-05', 5000]] }],
  [
    'a trial in another currency without a rate means no value',
    [['a', '2023-12-05', 10000]],
    'NO_RATE',
    { outlook: [['b', '2024-12-05', 5000, { kind: 'TRIAL', currency: 'EUR' }]] },
  ],
]

describe('trialMrr', () => {
  it.each(cases)('%s', (_, changes, expected, asked) => {
    expect(answer('trialMrr', changes, asked)).toBe(expected)
  })
})
