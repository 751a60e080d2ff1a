import type { ExplainQueryVariables, Explanation } from '@nobishiro/sdk'
import { infiniteQueryOptions } from '@tanstack/react-query'
import type { WidgetClient } from '../provider/client.ts'
import { queryKey } from './key.ts'

/** The number to explain. */
export type Question = Omit<ExplainQueryVariables, 'first' | 'after'>

/** Cursor of the next page of evidence; undefined at the end. */
function nextCursor({ spans, movements }: Explanation): string | undefined {
  const list = spans.pageInfo.hasNextPage ? spans : movements
  return list.pageInfo.hasNextPage ? (list.pageInfo.endCursor ?? undefined) : undefined
}

/** The evidence of a number, page after page. */
export function explainQuery(client: WidgetClient, question: Question, first = 20) {
  return infiniteQueryOptions({
    queryKey: queryKey('explain', { ...question, first }),
    queryFn: ({ pageParam, signal }) => client.explain({ ...question, first, after: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextCursor,
  })
}
