import { describe, expect, it } from 'vitest'
import { accountEvents, toAccount } from './account.ts'

const AT = '2026-01-01T00:00:00.000Z'

describe('an account of a file', () => {
  it.each([
    [{ account: 'A-1', name: 'Acme' }, {}, { account: 'A-1', name: 'Acme' }],
    [
      { account: 'A-1', partner: 'North' },
      { size: 'L' },
      { account: 'A-1', attributes: { size: 'L', partner: 'North' } },
    ],
    [{ account: 'A-1' }, { partner: 'South' }, { account: 'A-1', attributes: { partner: 'South' } }],
  ])('%j with %j has its partner among its attributes', (row, described, expected) => {
    expect(accountEvents(toAccount(row, described), AT)).toEqual([{ type: 'account', at: AT, ...expected }])
  })
})
