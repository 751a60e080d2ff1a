/** Codes that users can rely on; sent as extensions.code. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'SESSION_EXPIRED'
  | 'FORBIDDEN'
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'COST_EXCEEDED'
  | 'UNAVAILABLE'
  | 'VERSION_SKEW'

/** An expected fault: its message is for the caller. Anything else is masked at the door. */
export class ExpectedError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** For INVALID_INPUT: the argument or field that is wrong, e.g. "range.end". */
    readonly field?: string,
  ) {
    super(message)
    this.name = 'ExpectedError'
  }
}
