import {
  AccountDocument,
  type AccountQueryVariables,
  AccountsDocument,
  type AccountsQueryVariables,
} from '../generated/graphql.ts'
import { nodesOf } from '../pages.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { Account, AccountDetail, AccountPage } from '../types.ts'

export function accountsOf(query: Query) {
  const page = async (variables: AccountsQueryVariables = {}, options?: RequestOptions): Promise<AccountPage> =>
    (await query(AccountsDocument, { first: 50, ...variables }, options)).accounts

  return {
    /** One account by `id` or `externalId`; null when there is none or it may not be seen. */
    account: async (variables: AccountQueryVariables, options?: RequestOptions): Promise<AccountDetail | null> =>
      (await query(AccountDocument, variables, options)).account,

    accounts: {
      /** One page, with the cursor of the next. */
      page,
      /** Every account, page after page. */
      all: (
        variables?: Omit<AccountsQueryVariables, 'after'>,
        options?: RequestOptions,
      ): AsyncGenerator<Account, void, void> => nodesOf((after) => page({ ...variables, after }, options)),
    },
  }
}
