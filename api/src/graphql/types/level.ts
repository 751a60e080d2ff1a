import { AccountLevel } from './vocabulary.ts'

/** Argument of the questions that can be asked of accounts or of their ultimate parents. */
export const levelArg = {
  type: AccountLevel,
  defaultValue: 'ACCOUNT',
  description:
    'Accounts, or their ultimate parents; then where.accountIds names parents. Not for a viewer of some accounts.',
} as const
