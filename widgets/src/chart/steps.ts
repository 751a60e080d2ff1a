type Place = (value: number) => number

/** A stepped line: flat through each month, upright between two. Null breaks it. */
export function stepLine(values: readonly (number | null)[], edge: Place, y: Place): string {
  return values
    .map((value, index) => {
      if (value === null) return ''
      const isStart = index === 0 || values[index - 1] === null
      return `${isStart ? `M${edge(index)} ${y(value)}` : `V${y(value)}`}H${edge(index + 1)}`
    })
    .join('')
}

/** The stepped area between two lines over a run of months. */
export function stepArea(top: readonly number[], base: readonly number[], edge: Place, y: Place, from = 0): string {
  if (top.length === 0) return ''
  const upper = top.map(
    (value, index) => `${index === 0 ? `M${edge(from)} ` : 'V'}${y(value)}H${edge(from + index + 1)}`,
  )
  const lower = [...base].map((value, index) => `V${y(value)}H${edge(from + index)}`).reverse()
  return `${upper.join('')}${lower.join('')}Z`
}

/** Runs of months in which a value is known: first index and the values. */
export function runsOf(values: readonly (number | null)[]): { from: number; values: number[] }[] {
  const runs: { from: number; values: number[] }[] = []
  values.forEach((value, index) => {
    if (value === null) return
    const open = runs.at(-1)
    if (open && open.from + open.values.length === index) open.values.push(value)
    else runs.push({ from: index, values: [value] })
  })
  return runs
}
