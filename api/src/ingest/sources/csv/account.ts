import type { AccountEvent } from '../../event.ts'
import type { Row } from './fields.ts'

/** What a row says of an account. */
export type Account = Omit<Row<'accounts'>, 'partner'> & { attributes?: Record<string, string> }

/** An account from its row and the other columns that describe it; its partner is an attribute. */
export function toAccount({ partner, ...row }: Row<'accounts'>, described: Record<string, string>): Account {
  const attributes = partner === undefined ? described : { ...described, partner }
  return Object.keys(attributes).length === 0 ? row : { ...row, attributes }
}

export function accountEvents(account: Account, at: string): AccountEvent[] {
  return [{ type: 'account', at, ...account }]
}
