import fc from 'fast-check'
import { FIRST, LAST } from './random-ledger.ts'

/** Some of what stands beside MRR, of accounts that may pay nothing. */
export const randomOutlook = fc.array(
  fc.record({
    accountId: fc.constantFrom('a0', 'a1', 'a2', 'a3'),
    planId: fc.constantFrom('core-basic', 'core-pro', 'chat-basic', 'chat-pro'),
    region: fc.constantFrom('', 'EU', 'US'),
    month: fc.integer({ min: FIRST, max: LAST }),
    day: fc.integer({ min: 1, max: 28 }),
    kind: fc.constantFrom('PENDING' as const, 'TRIAL' as const),
    amountMinor: fc.integer({ min: -50, max: 50 }),
  }),
  { maxLength: 4 },
)
