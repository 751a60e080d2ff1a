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
  VersionSkewError,
} from './errors.ts'

const classes: Record<string, new (message: string, details: ErrorDetails) => NobishiroError> = {
  UNAUTHENTICATED: UnauthenticatedError,
  SESSION_EXPIRED: SessionExpiredError,
  FORBIDDEN: ForbiddenError,
  RATE_LIMITED: RateLimitedError,
  COST_EXCEEDED: CostExceededError,
  INVALID_INPUT: InvalidInputError,
  NOT_FOUND: NotFoundError,
  CONFLICT: ConflictError,
  UNAVAILABLE: UnavailableError,
  VERSION_SKEW: VersionSkewError,
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

/** The fault that an answer's body carries: a GraphQL error, `{ error: { … } }`, or `{ code, message }`. */
function faultIn(body: unknown): Fault | undefined {
  const { errors, error, code } = (body ?? {}) as { errors?: Fault[]; error?: Fault; code?: unknown }
  return errors?.[0] ?? error ?? (typeof code === 'string' ? (body as Fault) : undefined)
}

/** `Retry-After` in seconds, whether it was sent as seconds or as a date. */
export function retryAfterOf(header: string | null | undefined): number | undefined {
  return header ? Number(header) || Math.max(0, (Date.parse(header) - Date.now()) / 1000) || undefined : undefined
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
    retryAfter: extensions.retryAfter ?? retryAfterOf(headers?.get('retry-after')),
  })
}
