import { CapacityUseDocument, type CapacityUseQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { CapacityUse } from '../types.ts'

/** Use of limits by what is limited, and how many accounts are near one. Beside the client, so that only who asks for it loads it: `capacityUseOf(client, { at: '2026-03-01' })`. */
export const capacityUseOf = async (
  { query }: { query: Query },
  variables?: CapacityUseQueryVariables,
  options?: RequestOptions,
): Promise<CapacityUse> => (await query(CapacityUseDocument, variables, options)).capacityUse
