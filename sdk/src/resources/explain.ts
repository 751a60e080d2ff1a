import { ExplainDocument, type ExplainQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { Explanation } from '../types.ts'

export const explainOf =
  (query: Query) =>
  async (variables: ExplainQueryVariables, options?: RequestOptions): Promise<Explanation> =>
    (await query(ExplainDocument, { first: 20, ...variables }, options)).explain
