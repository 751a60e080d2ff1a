import { useCallback, useState } from 'react'

/** State that any widget may set and the host may control: the host's value wins while it passes one. */
export function useSharedState<T>(
  controlled: T | undefined,
  changed: (value: T | undefined) => void,
): [T | undefined, (value: T | undefined) => void] {
  const [own, setOwn] = useState<T | undefined>(undefined)
  const set = useCallback(
    (value: T | undefined) => {
      setOwn(() => value)
      changed(value)
    },
    [changed],
  )
  return [controlled ?? own, set]
}
