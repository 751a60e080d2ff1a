import { type KeyboardEvent, useRef, useState } from 'react'

/** A cell of rows of different lengths. */
export interface Place {
  row: number
  age: number
}

const MOVES: Record<string, readonly [row: number, age: number]> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
}

const within = (value: number, length: number) => Math.min(length - 1, Math.max(0, value))

/** Where a key leads: arrows to the neighbour, Home and End to the ends of the row, with Control to the first and last cell. */
export function nextPlace(
  { key, ctrlKey = false }: { key: string; ctrlKey?: boolean },
  { row, age }: Place,
  lengths: readonly number[],
): Place | null {
  const at = (wanted: number, far: number) => {
    const to = within(wanted, lengths.length)
    return { row: to, age: within(far, lengths[to] ?? 0) }
  }
  if (key === 'Home') return at(ctrlKey ? 0 : row, 0)
  if (key === 'End') return at(ctrlKey ? lengths.length : row, Number.POSITIVE_INFINITY)
  const move = MOVES[key]
  return move ? at(row + move[0], age + move[1]) : null
}

/** One tab stop for all cells; arrow keys walk them in two dimensions, Enter and Space choose. */
export function useCells({
  lengths,
  onCurrent,
  onChoose,
}: {
  lengths: readonly number[]
  onCurrent: (place: Place | null) => void
  onChoose: (place: Place) => void
}) {
  const cells = useRef(new Map<string, SVGGElement>())
  const [stop, setStop] = useState<Place | null>(null)
  const row = within(stop?.row ?? 0, lengths.length)
  const age = within(stop?.age ?? Number.POSITIVE_INFINITY, lengths[row] ?? 0)
  const nameOf = (place: Place) => `${place.row}/${place.age}`

  const onKeyDown = (event: KeyboardEvent, place: Place) => {
    const next = nextPlace(event, place, lengths)
    if (next) cells.current.get(nameOf(next))?.focus()
    else if (event.key === 'Enter' || event.key === ' ') onChoose(place)
    else return
    event.preventDefault()
  }

  /** Attributes of the cell at a place. */
  return (place: Place) => ({
    ref: (element: SVGGElement | null) => {
      if (element) cells.current.set(nameOf(place), element)
      else cells.current.delete(nameOf(place))
    },
    tabIndex: place.row === row && place.age === age ? 0 : -1,
    onFocus: () => {
      setStop(place)
      onCurrent(place)
    },
    onBlur: () => onCurrent(null),
    onPointerEnter: () => onCurrent(place),
    onPointerLeave: () => onCurrent(null),
    onKeyDown: (event: KeyboardEvent) => onKeyDown(event, place),
    onClick: () => onChoose(place),
  })
}
