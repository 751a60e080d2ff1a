import type { AccountEvent } from '../../event.ts'
import type { Row } from './fields.ts'

/** What a row says of an account. */
export type Account = Row<'accounts'> & { attributes?: Record<string, string> }

/** An account from its row and the other columns that describe it. */
export function toAccount(row: Row<'accounts'>, attributes: Record<string, string>): Account {
  return Object.keys(attributes).length === 0 ? row : { ...row, attributes }
}

export function accountEvents(account: Account, at: string): AccountEvent[] {
  return [{ type: 'account', at, ...account }]
}
