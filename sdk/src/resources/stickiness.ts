import { StickinessDocument, type StickinessQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { Stickiness } from '../types.ts'

/** Churn and expansion by number of integrations or features in use. Beside the client, so that only who asks for it loads it: `stickinessOf(client, { by: 'INTEGRATIONS' })`. */
export const stickinessOf = async (
  { query }: { query: Query },
  variables: StickinessQueryVariables,
  options?: RequestOptions,
): Promise<Stickiness> => (await query(StickinessDocument, variables, options)).stickiness
