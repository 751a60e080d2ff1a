import { type QueryKey, type UseQueryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Settings } from '../provider/settings.ts'

/** Asks through the provider's private cache. */
export function useWidgetQuery<Answer, Key extends QueryKey>(
  { queryClient }: Settings,
  options: UseQueryOptions<Answer, Error, Answer, Key>,
): UseQueryResult<Answer> {
  return useQuery(options, queryClient)
}
