/** Anchors lie on days that every month has. */
export const addMonths = (from: number, months: number): number => {
  const date = new Date(from * 1000)
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.getTime() / 1000
}

export const at = (text: string): number => Date.parse(text.length === 10 ? `${text}T09:00:00Z` : text) / 1000
export const monthOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 7)
