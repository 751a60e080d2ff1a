import type { Month } from './month.ts'

/** A month was closed, and with it every month before it that was still open. */
export type Close = {
  month: Month
  /** Ledger version at that moment: lines of a later one are late. */
  version: bigint
  closedAt: Date
  by: 'PERSON' | 'WATERMARK'
  reason: string | null
}

/** A line that was recorded after a month it counts in was closed. */
export type LateLine = {
  /** Place in the store's accounts. */
  account: number
  month: Month
  /** Day of the month, 1 to 31. */
  day: number
  version: bigint
  /** Milliseconds since 1970. */
  recordedAt: number
  currency: string
  amount: number
  seats: number
  /** Plan, region and strategy, as text. */
  part: string
}

/** Closes and late lines in the order of versions, and the recognition policy that the lines follow: its revision and name. */
export type Closed = { revision: number; policy: string; closes: readonly Close[]; late: readonly LateLine[] }

/** What is in force where nobody has set another. */
export const FIRST_POLICY = { revision: 1, policy: 'NOBISHIRO' } as const

/** What counts as reported of a month: the last close by a person who named it, else the first that covered it. */
export function closeOf(closes: readonly Close[], month: Month): Close | null {
  const named = closes.findLast((close) => close.by === 'PERSON' && close.month === month)
  return named ?? closes.find((close) => close.month >= month) ?? null
}

/** What is late for a month: lines in or before it, recorded after its close. */
export const isLateFor = (line: Pick<LateLine, 'month' | 'version'>, month: Month, close: Close): boolean =>
  line.month <= month && line.version > close.version
