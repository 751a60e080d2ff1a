import { MovementsDocument, type MovementsQueryVariables } from '../generated/graphql.ts'
import { nodesOf } from '../pages.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { Movement, MovementPage } from '../types.ts'

export function movementsOf(query: Query) {
  const page = async (variables: MovementsQueryVariables = {}, options?: RequestOptions): Promise<MovementPage> =>
    (await query(MovementsDocument, { first: 50, ...variables }, options)).revenueMovements

  return {
    /** One page, with the totals of the whole filtered set. */
    page,
    /** Every movement, page after page. */
    all: (
      variables?: Omit<MovementsQueryVariables, 'after'>,
      options?: RequestOptions,
    ): AsyncGenerator<Movement, void, void> => nodesOf((after) => page({ ...variables, after }, options)),
  }
}
