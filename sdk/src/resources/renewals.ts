import { RenewalsDocument, type RenewalsQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { Renewals } from '../types.ts'

export const renewalsOf =
  (query: Query) =>
  async (variables?: RenewalsQueryVariables, options?: RequestOptions): Promise<Renewals> =>
    (await query(RenewalsDocument, variables, options)).renewals
