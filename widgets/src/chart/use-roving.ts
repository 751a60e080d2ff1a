import { type KeyboardEvent, useCallback, useRef, useState } from 'react'

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** Where a key leads from a point: arrows by one, Home and End to the ends; null for any other key. */
export function nextIndex(key: string, index: number, count: number): number | null {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = STEPS[key]
  return step === undefined ? null : Math.min(count - 1, Math.max(0, index + step))
}

/** One tab stop for all points of a chart; arrow keys walk them, Enter and Space choose. */
export function useRoving({
  count,
  start = 0,
  next = nextIndex,
  onChoose,
  onCurrent,
}: {
  count: number
  /** The point that Tab reaches first. */
  start?: number
  /** Where a key leads, in a picture that is more than a line of points. */
  next?: (key: string, index: number, count: number) => number | null
  onChoose?: ((index: number) => void) | undefined
  /** Told which point is under the pointer or has the focus. */
  onCurrent?: ((index: number | null) => void) | undefined
}) {
  const points = useRef<(SVGGElement | null)[]>([])
  const [current, setOwn] = useState<number | null>(null)
  const setCurrent = (index: number | null) => {
    setOwn(index)
    onCurrent?.(index)
  }
  const [tabStop, setTabStop] = useState<number | null>(null)
  const stop = Math.min(tabStop ?? start, Math.max(0, count - 1))

  const onKeyDown = useCallback(
    (event: KeyboardEvent, index: number) => {
      const to = next(event.key, index, count)
      if (to !== null) {
        event.preventDefault()
        points.current[to]?.focus()
      } else if (onChoose && (event.key === 'Enter' || event.key === ' ')) {
        event.preventDefault()
        onChoose(index)
      }
    },
    [count, next, onChoose],
  )

  /** Attributes of the point at an index. */
  const point = (index: number) => ({
    ref: (element: SVGGElement | null) => {
      points.current[index] = element
    },
    tabIndex: index === stop ? 0 : -1,
    onFocus: () => {
      setTabStop(index)
      setCurrent(index)
    },
    onBlur: () => setCurrent(null),
    onPointerEnter: () => setCurrent(index),
    onPointerLeave: () => setCurrent(null),
    onKeyDown: (event: KeyboardEvent) => onKeyDown(event, index),
    ...(onChoose && { onClick: () => onChoose(index) }),
  })

  return { point, current: current !== null && current < count ? current : null }
}
