import { RestatementsDocument, type RestatementsQueryVariables } from '../generated/graphql.ts'
import { nodesOf } from '../pages.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { Restatement, RestatementPage } from '../types.ts'

/**
 * Closed months that were changed afterwards: by how much, and by which lines. Beside the client, so that only who asks for it
 * loads it: `restatementsOf(client).page()`.
 */
export function restatementsOf({ query }: { query: Query }) {
  const page = async (variables: RestatementsQueryVariables = {}, options?: RequestOptions): Promise<RestatementPage> =>
    (await query(RestatementsDocument, { first: 12, ...variables }, options)).restatements

  return {
    /** One page, the newest month first, each with up to `lines` of the lines that changed it. */
    page,
    /** Every such month, page after page. */
    all: (
      variables?: Omit<RestatementsQueryVariables, 'after'>,
      options?: RequestOptions,
    ): AsyncGenerator<Restatement, void, void> => nodesOf((after) => page({ ...variables, after }, options)),
  }
}
