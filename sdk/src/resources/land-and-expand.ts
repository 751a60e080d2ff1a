import { LandAndExpandDocument, type LandAndExpandQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { LandAndExpand } from '../types.ts'

/** Seats and MRR now beside those of the first paid close, and how accounts spread. Beside the client, so that only who asks for it loads it: `landAndExpandOf(client, { at: '2026-03-01' })`. */
export const landAndExpandOf = async (
  { query }: { query: Query },
  variables?: LandAndExpandQueryVariables,
  options?: RequestOptions,
): Promise<LandAndExpand> => (await query(LandAndExpandDocument, variables, options)).landAndExpand
