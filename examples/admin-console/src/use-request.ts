import { useCallback, useEffect, useState } from 'react'

export interface Loaded<T> {
  /** The last answer; it stays while the next one is on its way. */
  data: T | undefined
  error: unknown
  isLoading: boolean
  retry: () => void
}

/** Loads when `load` changes (wrap it in `useCallback`), and drops answers that come too late. */
export function useRequest<T>(load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ data?: T; error: unknown; isLoading: boolean }>({ error: null, isLoading: true })
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    const controller = new AbortController()
    setState((before) => ({ ...before, error: null, isLoading: true }))
    load(controller.signal).then(
      (data) => controller.signal.aborted || setState({ data, error: null, isLoading: false }),
      (error: unknown) => controller.signal.aborted || setState({ error, isLoading: false }),
    )
    return () => controller.abort()
  }, [load, attempt])

  const retry = useCallback(() => setAttempt((n) => n + 1), [])
  return { data: state.data, error: state.error, isLoading: state.isLoading, retry }
}
