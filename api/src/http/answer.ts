import { type ErrorCode, ExpectedError } from '../shared/errors.ts'
import { isUnavailable, unavailable } from '../shared/unavailable.ts'

const STATUS: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  SESSION_EXPIRED: 401,
  FORBIDDEN: 403,
  INVALID_INPUT: 400,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  COST_EXCEEDED: 400,
  UNAVAILABLE: 503,
  VERSION_SKEW: 409,
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
}

/** A refusal in the shape of GraphQL errors, which every client of ours reads. */
export function refusal(status: number, code: string, message: string, more: Record<string, unknown> = {}): Response {
  const headers: Record<string, string> = {}
  if (status === 401) headers['www-authenticate'] = 'Bearer'
  if (status === 503) headers['retry-after'] = '2'
  return json(status, { errors: [{ message, extensions: { code, ...more } }] }, headers)
}

/** The answer to an error: expected ones as they are, anything else masked and reported. */
export function answerError(error: unknown, requestId: string, report: (cause: unknown) => void): Response {
  if (error instanceof Refused) return refusal(error.status, error.code, error.message)
  if (error instanceof ExpectedError) {
    return refusal(STATUS[error.code], error.code, error.message, error.field ? { field: error.field } : {})
  }
  report(error)
  if (isUnavailable(error)) return refusal(503, 'UNAVAILABLE', unavailable(requestId), { requestId })
  return refusal(500, 'INTERNAL', `Something went wrong. Quote the request id ${requestId}.`, { requestId })
}

/** A refusal by the rules of HTTP rather than of the product. */
export class Refused extends ExpectedError {
  constructor(
    readonly status: 404 | 405 | 413 | 415 | 422,
    message: string,
    code: ErrorCode = 'INVALID_INPUT',
  ) {
    super(code, message)
  }
}
