import { NobishiroError } from './errors.ts'
import { backOff, wait } from './wait.ts'

const attempts = 3
const longestWait = 10

const passes = new Set(['RATE_LIMITED', 'UNAVAILABLE', 'NETWORK'])

/** Milliseconds to wait before the next attempt; null when another would not help. */
function delayAfter(error: unknown, attempt: number): number | null {
  if (!(error instanceof NobishiroError) || !passes.has(error.code) || attempt + 1 >= attempts) return null
  const seconds = error.retryAfter
  if (seconds === undefined) return backOff(attempt)
  return seconds > longestWait ? null : seconds * 1000
}

/** Runs a read again after faults that pass: limits, an unavailable server, a lost connection. Never use it for a mutation. */
export async function retry<T>(run: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      const delay = delayAfter(error, attempt)
      if (delay === null) throw error
      await wait(delay, signal)
    }
  }
}
