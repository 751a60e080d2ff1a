/** Resolves after a time; rejects with the signal's reason when it is aborted first. */
export function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return unlessAborted(new Promise((resolve) => setTimeout(resolve, milliseconds)), signal)
}

/** The promise, unless the signal is aborted first. What the promise stands for goes on for its other waiters. */
export function unlessAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** Of what several wait for: aborted once none of them waits any more. */
export function whenAllAborted(signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  const controller = new AbortController()
  const check = () => {
    if (signals.every((signal) => signal?.aborted)) controller.abort()
  }
  for (const signal of signals) signal?.addEventListener('abort', check, { once: true })
  return controller.signal
}

/** Doubling delay with jitter in milliseconds: up to 0.5 s, 1 s, 2 s, … 8 s. */
export function backOff(attempt: number): number {
  return Math.min(8000, 500 * 2 ** attempt) * (0.5 + Math.random() / 2)
}
