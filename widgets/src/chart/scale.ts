/** Maps the domain onto the range in a straight line; a domain of no width maps to the range's start. */
export function linear([from, to]: readonly [number, number], [start, end]: readonly [number, number]) {
  const factor = to === from ? 0 : (end - start) / (to - from)
  return (value: number) => start + (value - from) * factor
}
