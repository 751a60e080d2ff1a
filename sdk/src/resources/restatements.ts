import { RestatementsDocument, type RestatementsQueryVariables } from '../generated/graphql.ts'
import { nodesOf } from '../pages.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { Restatement, RestatementPage } from '../types.ts'

export function restatementsOf(query: Query) {
  const page = async (variables: RestatementsQueryVariables = {}, options?: RequestOptions): Promise<RestatementPage> =>
    (await query(RestatementsDocument, { first: 12, ...variables }, options)).restatements

  return {
    /** One page of closed months that were changed afterwards, with up to `lines` of the lines that did it. */
    page,
    /** Every such month, page after page. */
    all: (
      variables?: Omit<RestatementsQueryVariables, 'after'>,
      options?: RequestOptions,
    ): AsyncGenerator<Restatement, void, void> => nodesOf((after) => page({ ...variables, after }, options)),
  }
}
