import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'

const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect

export interface Size {
  width: number
  height: number
}

/** Size of an element in whole pixels. The first paint on a server uses `initial`; the picture then scales to fit. */
export function useSize<T extends Element>(initial: Size): [RefObject<T | null>, Size] {
  const ref = useRef<T>(null)
  const [size, setSize] = useState(initial)
  useBrowserLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => {
      const box = element.getBoundingClientRect()
      const [width, height] = [Math.round(box.width), Math.round(box.height)]
      if (width === 0 || height === 0) return
      setSize((known) => (known.width === width && known.height === height ? known : { width, height }))
    }
    measure()
    if (typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, size]
}
