import { CohortsDocument, type CohortsQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { Cohorts } from '../types.ts'

/** Net and gross retention by first paid month and age. Beside the client, so that only who asks for it loads it: `cohortsOf(client, { range: { start: '2025-01-01', end: '2026-01-01' } })`. */
export const cohortsOf = async (
  { query }: { query: Query },
  variables?: CohortsQueryVariables,
  options?: RequestOptions,
): Promise<Cohorts> => (await query(CohortsDocument, variables, options)).cohorts
