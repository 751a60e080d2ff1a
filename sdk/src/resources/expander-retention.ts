import { ExpanderRetentionDocument, type ExpanderRetentionQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { ExpanderRetention } from '../types.ts'

/** Whether accounts that have expanded stay longer, by age. Beside the client, so that only who asks for it loads it: `expanderRetentionOf(client, { at: '2026-03-01' })`. */
export const expanderRetentionOf = async (
  { query }: { query: Query },
  variables?: ExpanderRetentionQueryVariables,
  options?: RequestOptions,
): Promise<ExpanderRetention> => (await query(ExpanderRetentionDocument, variables, options)).expanderRetention
