/** Half-open: the end is not included. */
export interface Range {
  start: string
  end: string
}

const firstOfMonth = (index: number) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`

/** The last complete months of data that is complete through a day: that day's own month counts when it is its last. */
export function lastMonths(through: string, count: number): Range {
  const next = new Date(`${through}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  const end = next.getUTCFullYear() * 12 + next.getUTCMonth()
  return { start: firstOfMonth(end - count), end: firstOfMonth(end) }
}
