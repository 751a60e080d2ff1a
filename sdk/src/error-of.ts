import {
  ConflictError,
  type Cost,
  CostExceededError,
  type ErrorDetails,
  ForbiddenError,
  InvalidInputError,
  NetworkError,
  type NobishiroError,
  NotFoundError,
  RateLimitedError,
  SessionExpiredError,
  UnauthenticatedError,
  UnavailableError,
} from './errors.ts'

const classes: Record<string, new (message: string, details: ErrorDetails) => NobishiroError> = {
  UNAUTHENTICATED: UnauthenticatedError,
  SESSION_EXPIRED: SessionExpiredError,
  FORBIDDEN: ForbiddenError,
  RATE_LIMITED: RateLimitedError,
  COST_EXCEEDED: CostExceededError,
  INVALID_INPUT: InvalidInputError,
  BAD_USER_INPUT: InvalidInputError,
  GRAPHQL_VALIDATION_FAILED: InvalidInputError,
  GRAPHQL_PARSE_FAILED: InvalidInputError,
  NOT_FOUND: NotFoundError,
  CONFLICT: ConflictError,
  UNAVAILABLE: UnavailableError,
  NETWORK: NetworkError,
  400: InvalidInputError,
  401: UnauthenticatedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  413: InvalidInputError,
  422: InvalidInputError,
  429: RateLimitedError,
}

interface Fault {
  message?: string
  code?: string
  extensions?: { code?: string; field?: string; cost?: Cost; requestId?: string; retryAfter?: number }
}

/** The fault that an answer's body carries, in any of the forms the API answers with; null when it carries none. */
function faultIn(body: unknown): Fault | null {
  const { errors, error, code } = (body ?? {}) as { errors?: Fault[]; error?: Fault | string; code?: string }
  if (errors?.[0]) return errors[0]
  if (typeof error === 'string') return { message: error, ...(code && { code }) }
  return error ?? (code ? (body as Fault) : null)
}

/** `Retry-After` in seconds, whether it was sent as seconds or as a date. */
export function retryAfterOf(header: string | null | undefined, now = Date.now()): number | undefined {
  if (!header) return undefined
  const seconds = Number(header)
  if (!Number.isNaN(seconds)) return seconds
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now) / 1000)
}

/** The error that an HTTP answer stands for; null when it is a good one. */
export function errorOf(body: unknown, status = 200, headers?: Headers): NobishiroError | null {
  const fault = faultIn(body)
  if (!fault && status < 400) return null
  const { message = `The API answered ${status}.`, code, extensions = {} } = fault ?? {}
  const Class = classes[extensions.code ?? code ?? ''] ?? classes[status] ?? UnavailableError
  return new Class(message, {
    field: extensions.field,
    cost: extensions.cost,
    requestId: extensions.requestId ?? headers?.get('x-request-id') ?? undefined,
    retryAfter: retryAfterOf(headers?.get('retry-after')) ?? extensions.retryAfter,
  })
}
