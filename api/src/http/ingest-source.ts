import type { Authenticate } from '../access/authenticate.ts'
import { hasScope, type KeyPrincipal } from '../access/principal.ts'
import { ExpectedError } from '../shared/errors.ts'

/** The holder of a key that may ingest. */
export async function ingestPrincipal(authenticate: Authenticate, headers: Headers): Promise<KeyPrincipal> {
  const principal = await authenticate(headers)
  if (principal.kind === 'KEY' && hasScope(principal, 'ingest')) return principal
  throw new ExpectedError('FORBIDDEN', 'Sending data takes an API key with the scope "ingest".')
}

/** The source that a request is from, named in its address. */
export function ingestSource(parameters: URLSearchParams, otherwise: string): string {
  const name = parameters.get('source') ?? otherwise
  if (/^[a-z0-9][a-z0-9-]{0,38}$/.test(name)) return name
  throw new ExpectedError(
    'INVALID_INPUT',
    `"${name.slice(0, 40)}" cannot name a source: use lower-case letters, digits and hyphens, at most 39.`,
    'source',
  )
}
