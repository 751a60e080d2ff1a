import type { Origins } from '../access/origins.ts'

/**
 * Lets pages of allowed origins read the answer. Other origins are never echoed, and cookies are never allowed:
 * the only credential is a header that a page sends on purpose.
 */
export async function withCors(request: Request, response: Response, origins: Origins): Promise<Response> {
  response.headers.append('vary', 'origin')
  const origin = request.headers.get('origin')
  const isAllowed = origin !== null && (await origins.allows(origin).catch(() => false))
  if (!isAllowed) return response
  response.headers.set('access-control-allow-origin', origin)
  response.headers.set('access-control-expose-headers', 'x-request-id, retry-after, etag')
  return response
}

/** The answer to a preflight; `withCors` adds who may. */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type, idempotency-key, if-none-match',
      'access-control-max-age': '600',
    },
  })
}
