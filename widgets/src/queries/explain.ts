import type { ExplainQueryVariables, Explanation } from '@nobishiro/sdk'
import type { InfiniteData, UseInfiniteQueryOptions } from '@tanstack/react-query'
import type { WidgetClient } from '../provider/client.ts'
import { type AskKey, queryKey } from './key.ts'

/** The number to explain. */
export type Question = Omit<ExplainQueryVariables, 'first' | 'after'>

type Cursor = string | undefined

/** Cursor of the next page of evidence; undefined at the end. */
function nextCursor({ spans, movements }: Explanation): Cursor {
  const list = spans.pageInfo.hasNextPage ? spans : movements
  return list.pageInfo.hasNextPage ? (list.pageInfo.endCursor ?? undefined) : undefined
}

type AskPages = UseInfiniteQueryOptions<Explanation, Error, InfiniteData<Explanation, Cursor>, AskKey, Cursor>

/** The evidence of a number, page after page. */
export function explainQuery(client: WidgetClient, question: Question, first = 20): AskPages {
  return {
    queryKey: queryKey('explain', { ...question, first }),
    queryFn: ({ pageParam, signal }) => client.explain({ ...question, first, after: pageParam }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: nextCursor,
  }
}
