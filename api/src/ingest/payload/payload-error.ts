import { ExpectedError } from '../../shared/errors.ts'

/** Where a payload is wrong, what stands there, and what would be accepted. */
export type PayloadProblem = { path: string; value?: unknown; accepted: string }

/** A payload that cannot be accepted. The message names source, place, value and what is accepted. */
export class PayloadError extends ExpectedError {
  override readonly name = 'PayloadError'
  readonly problem: PayloadProblem

  constructor({ source, ...problem }: { source: string } & PayloadProblem) {
    const found = 'value' in problem ? ` is ${shorten(problem.value)};` : ':'
    super('INVALID_INPUT', `${source}: ${problem.path}${found} accepted: ${problem.accepted}.`)
    this.problem = problem
  }
}

/** A value as JSON, short enough to show. */
export function shorten(value: unknown): string {
  const printed = JSON.stringify(value) ?? String(value)
  const safe = printed.replace(/\p{Surrogate}/gu, '\uFFFD')
  return safe.length <= 40 ? safe : `${safe.slice(0, 37)}…`
}
