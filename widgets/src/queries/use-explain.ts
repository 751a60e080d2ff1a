import type { Explanation, Movement, Span } from '@nobishiro/sdk'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSettings } from '../provider/settings.ts'
import { explainQuery, type Question } from './explain.ts'
import { type WidgetState, widgetState } from './widget-state.ts'

/** A number's evidence as far as it is loaded. */
export interface ExplanationState {
  explanation: Explanation
  /** Ratios: one per account, largest effect first. */
  spans: Span[]
  /** Flows: the movements. */
  movements: Movement[]
  hasMore: boolean
  isLoadingMore: boolean
  loadMore: () => void
}

/** The evidence of one number, page after page, for a drawer of your own. */
export function useExplain(question: Question, asker = 'useExplain'): WidgetState<ExplanationState> {
  const { client, queryClient } = useSettings(asker)
  const query = useInfiniteQuery(explainQuery(client, question), queryClient)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  return widgetState(query, ({ pages }) => {
    const explanation = pages[0] as Explanation // data exists only with a first page
    return {
      data: {
        explanation,
        spans: pages.flatMap((page) => page.spans.edges.map(({ node }) => node)),
        movements: pages.flatMap((page) => page.movements.edges.map(({ node }) => node)),
        hasMore: hasNextPage,
        isLoadingMore: isFetchingNextPage,
        loadMore: () => void fetchNextPage(),
      },
      isEmpty: false,
      isPartial: explanation.value.completeness === 'PARTIAL',
    }
  })
}
