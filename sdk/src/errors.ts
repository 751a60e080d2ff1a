/** What went wrong, as a word to switch on. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'SESSION_EXPIRED'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'COST_EXCEEDED'
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'UNAVAILABLE'
  | 'VERSION_SKEW'
  | 'NETWORK'

/** Points an operation asked for, points left, and points that come back per second. */
export interface Cost {
  requested: number
  available: number
  restoreRate: number
}

/** What may be known of a fault beside its code. */
export interface ErrorDetails {
  /** The argument at fault, of INVALID_INPUT. */
  field?: string | undefined
  /** Seconds to wait, of RATE_LIMITED. */
  retryAfter?: number | undefined
  /** Points asked for and left, of RATE_LIMITED and COST_EXCEEDED. */
  cost?: Cost | undefined
  /** Names the request in the server's log. */
  requestId?: string | undefined
  cause?: unknown
}

/** Every fault that this package raises. `code` says which. */
export abstract class NobishiroError extends Error implements ErrorDetails {
  abstract readonly code: ErrorCode
  declare readonly field?: string | undefined
  declare readonly retryAfter?: number | undefined
  declare readonly cost?: Cost | undefined
  declare readonly requestId?: string | undefined

  constructor(message: string, details?: ErrorDetails) {
    super(message)
    Object.assign(this, details)
  }

  override get name(): string {
    return 'NobishiroError'
  }
}

/** No credential, or one that the server does not know. */
export class UnauthenticatedError extends NobishiroError {
  readonly code = 'UNAUTHENTICATED'
}

/** The session ended and no new one could be had. */
export class SessionExpiredError extends NobishiroError {
  readonly code = 'SESSION_EXPIRED'
}

/** The credential is known and may not do this. */
export class ForbiddenError extends NobishiroError {
  readonly code = 'FORBIDDEN'
}

/** Too much in too short a time: `retryAfter` says when to come back, `cost` what is left. */
export class RateLimitedError extends NobishiroError {
  readonly code = 'RATE_LIMITED'
}

/** One operation that asks for more than any single operation may; `cost` says how much. */
export class CostExceededError extends NobishiroError {
  readonly code = 'COST_EXCEEDED'
}

/** A variable or argument that the server refuses; `field` names it. */
export class InvalidInputError extends NobishiroError {
  readonly code = 'INVALID_INPUT'
}

/** There is no such thing, or it may not be seen. */
export class NotFoundError extends NobishiroError {
  readonly code = 'NOT_FOUND'
}

/** It contradicts what is stored. */
export class ConflictError extends NobishiroError {
  readonly code = 'CONFLICT'
}

/** The server failed or is not ready. */
export class UnavailableError extends NobishiroError {
  readonly code = 'UNAVAILABLE'
}

/** The server is of another version than this package and does not know what it asks: bring one of them up to date. */
export class VersionSkewError extends NobishiroError {
  readonly code = 'VERSION_SKEW'
}

/** No answer: no connection, a time-out, or something that is not the API. */
export class NetworkError extends NobishiroError {
  readonly code = 'NETWORK'
}
