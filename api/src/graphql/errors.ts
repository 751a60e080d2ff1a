import { GraphQLError } from 'graphql'
import { ExpectedError } from '../shared/errors.ts'
import { isUnavailable, unavailable } from '../shared/unavailable.ts'

/** What the caller gets for an error: expected ones as they are, GraphQL's own as they are, the rest masked and reported. */
export function translate(error: unknown, requestId: string, report: (cause: unknown) => void): GraphQLError {
  const cause = error instanceof GraphQLError ? error.originalError : error
  if (cause instanceof ExpectedError) {
    return respell(error, cause.message, { code: cause.code, ...(cause.field ? { field: cause.field } : {}) })
  }
  if (error instanceof GraphQLError && (cause == null || cause instanceof GraphQLError)) return error
  report(cause)
  if (isUnavailable(cause)) {
    const http = { status: 503, headers: { 'retry-after': '2' } }
    return respell(error, unavailable(requestId), { code: 'UNAVAILABLE', requestId, http })
  }
  return respell(error, `Something went wrong. Quote the request id ${requestId}.`, { code: 'INTERNAL', requestId })
}

function respell(error: unknown, message: string, extensions: Record<string, unknown>): GraphQLError {
  const { nodes, path } = error instanceof GraphQLError ? error : {}
  return new GraphQLError(message, { ...(nodes ? { nodes } : {}), ...(path ? { path } : {}), extensions })
}
