import { ExpectedError } from '../../../shared/errors.ts'

/** A payload that cannot be accepted. The message names source, place, value and what is accepted. */
export class PayloadError extends ExpectedError {
  override readonly name = 'PayloadError'

  constructor(problem: { source: string; path: string; value?: unknown; accepted: string }) {
    const found = 'value' in problem ? ` is ${shorten(problem.value)};` : ':'
    super('INVALID_INPUT', `${problem.source}: ${problem.path}${found} accepted: ${problem.accepted}.`)
  }
}

/** A supported event whose content we do not count. Not a failure: it is stored, with the reason. */
export class NotCounted extends Error {
  override readonly name = 'NotCounted'
}

function shorten(value: unknown): string {
  const printed = JSON.stringify(value) ?? String(value)
  const safe = printed.replace(/\p{Surrogate}/gu, '\uFFFD')
  return safe.length <= 40 ? safe : `${safe.slice(0, 37)}…`
}
