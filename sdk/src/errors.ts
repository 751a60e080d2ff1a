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
  | 'NETWORK'

/** Points an operation asked for, points left, and points that come back per second. */
export interface Cost {
  requested: number
  available: number
  restoreRate: number
}

export interface ErrorDetails {
  field?: string | undefined
  retryAfter?: number | undefined
  cost?: Cost | undefined
  requestId?: string | undefined
  cause?: unknown
}

/** Every fault that this package raises. `code` says which; `requestId` names it in the server's log. */
export abstract class NobishiroError extends Error {
  abstract readonly code: ErrorCode
  readonly requestId: string | null

  constructor(message: string, { cause, requestId }: ErrorDetails = {}) {
    super(message, { cause })
    this.requestId = requestId ?? null
  }

  override get name(): string {
    return `NobishiroError ${this.code}`
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

abstract class LimitError extends NobishiroError {
  /** What the operation asked for and what is left; null when the server did not say. */
  readonly cost: Cost | null

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details)
    this.cost = details.cost ?? null
  }
}

/** Too much in too short a time. */
export class RateLimitedError extends LimitError {
  readonly code = 'RATE_LIMITED'
  /** Seconds to wait; null when the server did not say. */
  readonly retryAfter: number | null

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details)
    this.retryAfter = details.retryAfter ?? null
  }
}

/** One operation that asks for more than any single operation may. */
export class CostExceededError extends LimitError {
  readonly code = 'COST_EXCEEDED'
}

/** A variable or argument that the server refuses. */
export class InvalidInputError extends NobishiroError {
  readonly code = 'INVALID_INPUT'
  /** The argument at fault; null when it is not one. */
  readonly field: string | null

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details)
    this.field = details.field ?? null
  }
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

/** No answer: no connection, a time-out, or something that is not the API. */
export class NetworkError extends NobishiroError {
  readonly code = 'NETWORK'
}
