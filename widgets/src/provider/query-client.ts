import { NobishiroError } from '@nobishiro/sdk'
import { QueryCache, QueryClient } from '@tanstack/react-query'
import type { NobishiroEvent } from './event.ts'

/** The typed event of a fault. */
export function errorEvent(error: unknown): NobishiroEvent {
  if (error instanceof NobishiroError) {
    return { type: 'error', code: error.code, message: error.message, requestId: error.requestId ?? null, error }
  }
  return { type: 'error', code: 'UNEXPECTED', message: String(error), requestId: null, error }
}

/** A client of the provider's own: a host on another version of react-query is not disturbed. */
export function createQueryClient(emit: (event: NobishiroEvent) => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error) => emit(errorEvent(error)) }),
    defaultOptions: {
      // The SDK retries what is worth retrying.
      queries: { retry: false, staleTime: 60_000, refetchOnWindowFocus: false },
    },
  })
}
