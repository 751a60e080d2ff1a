import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { Settings } from '../provider/settings.ts'
import { transferred } from '../provider/transfer.tsx'
import type { Ask, AskKey } from './key.ts'
import type { Asked } from './widget-state.ts'

function useInBrowser<Answer>({ queryClient }: Settings, ask: Ask<Answer>): Asked<Answer> {
  const known = transferred(ask.queryKey)
  const initial = known ? { initialData: known.data as Answer, initialDataUpdatedAt: known.at } : {} // the answer to this key
  return useQuery({ ...ask, ...initial } as Ask<Answer>, queryClient)
}

type Suspending<Answer> = Parameters<typeof useSuspenseQuery<Answer, Error, Answer, AskKey>>[0]

/** On a server the widget waits for its answer, and is sent with it. */
function useOnServer<Answer>({ queryClient }: Settings, { queryKey, queryFn }: Ask<Answer>): Asked<Answer> {
  return useSuspenseQuery({ queryKey, queryFn } as Suspending<Answer>, queryClient) // every ask has its function
}

/** Asks for a widget through the provider's private cache. Which of the two it is never changes while it runs. */
export const useWidgetQuery = typeof window === 'undefined' ? useOnServer : useInBrowser

/** Asks for a headless hook, which has no boundary of ours around it: a server renders it as loading. */
export function useHookQuery<Answer>({ queryClient }: Settings, ask: Ask<Answer>): Asked<Answer> {
  return useQuery(ask, queryClient)
}
