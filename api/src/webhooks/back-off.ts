/** Attempts before a delivery is dead: with the waits between them, about three days. */
export const MOST_ATTEMPTS = 12

const FIRST_MS = 5_000
const LONGEST_MS = 12 * 3_600_000
/** A receiver may ask for no longer wait than this. */
const LONGEST_ASKED_MS = 24 * 3_600_000

/** Milliseconds to wait after the n-th attempt: four times as long each time, between three and five quarters of that, so that many do not come at once. */
export function backOff(attempts: number, random: () => number = Math.random): number {
  const plain = Math.min(FIRST_MS * 4 ** (attempts - 1), LONGEST_MS)
  return Math.round(plain * (0.75 + random() / 2))
}

/** What `Retry-After` asks for, in milliseconds from now: seconds or a date; null when it says nothing that can be read. */
export function askedWait(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  const wait = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now.getTime()
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), LONGEST_ASKED_MS)
}
