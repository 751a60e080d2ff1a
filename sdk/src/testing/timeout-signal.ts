/** `AbortSignal.timeout` on the timers that tests can move. */
export function timeoutSignal(milliseconds: number): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(new DOMException('timed out', 'TimeoutError')), milliseconds)
  return controller.signal
}
