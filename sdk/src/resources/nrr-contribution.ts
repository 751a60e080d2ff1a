import { NrrContributionDocument, type NrrContributionQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { NrrContribution } from '../types.ts'

/** NRR by strategy: parts that add to NRR less one. Beside the client, so that only who asks for it loads it: `nrrContributionOf(client, { window: 12 })`. */
export const nrrContributionOf = async (
  { query }: { query: Query },
  variables?: NrrContributionQueryVariables,
  options?: RequestOptions,
): Promise<NrrContribution> => (await query(NrrContributionDocument, variables, options)).nrrContribution
