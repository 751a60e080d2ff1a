import { RenewalsDocument, type RenewalsQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { Renewals } from '../types.ts'

/** Contracts that end soon. Beside the client, so that only who asks for it loads it: `renewalsOf(client, { within: 90 })`. */
export const renewalsOf = async (
  { query }: { query: Query },
  variables?: RenewalsQueryVariables,
  options?: RequestOptions,
): Promise<Renewals> => (await query(RenewalsDocument, variables, options)).renewals
