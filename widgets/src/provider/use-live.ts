import type { QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { WidgetClient } from './client.ts'

/** Asks again when the ledger has moved. A hidden page holds no connection; shown again, it learns what it missed. */
export function useLive(client: WidgetClient, queryClient: QueryClient, isLive: boolean): void {
  useEffect(() => {
    if (!isLive) return
    let last: string | undefined
    let stream: AbortController | undefined
    const hear = (version: string) => {
      if (last !== undefined && version !== last) queryClient.invalidateQueries()
      last = version
    }
    const follow = () => {
      if (document.visibilityState === 'hidden') {
        stream?.abort()
        stream = undefined
      } else if (!stream) {
        stream = new AbortController()
        client.watch(hear, { signal: stream.signal })
      }
    }
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      stream?.abort()
    }
  }, [client, queryClient, isLive])
}
