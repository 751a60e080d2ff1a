import type { Authenticate } from '../access/authenticate.ts'
import type { Origins } from '../access/origins.ts'
import type { Principal } from '../access/principal.ts'
import type { GraphqlServer } from '../graphql/server.ts'
import type { DocumentParams } from '../graphql/trusted-documents.ts'
import { ExpectedError } from '../shared/errors.ts'
import { Refused } from './answer.ts'
import { readJsonObject } from './body.ts'
import type { Handler } from './handler.ts'

const BODY_LIMIT = { KEY: 256 * 1024, SESSION: 16 * 1024 } as const satisfies Record<Principal['kind'], number>

type Dependencies = { authenticate: Authenticate; origins: Origins; server: GraphqlServer }

/** `/graphql`: who asks, then how much, then what. Keys may also send queries with GET; from a page, names in filters would end up in logs. */
export function graphqlHandler({ authenticate, origins, server }: Dependencies): Handler {
  return async (request, { requestId }) => {
    if (request.method !== 'POST' && request.method !== 'GET') throw new Refused(405, 'Send operations with POST.')
    const principal = await authenticate(request.headers)
    const isInUrl = request.method === 'GET'
    if (isInUrl && principal.kind === 'SESSION') throw new Refused(405, 'A session sends operations with POST.')
    if (principal.kind === 'SESSION') origins.note(principal.origins, principal.expiresAt)
    const params = isInUrl ? readUrl(request) : await readJsonObject(request, BODY_LIMIT[principal.kind])
    const isWelcome = () =>
      authenticate(request.headers).then(
        () => true,
        () => false,
      )
    return server(request, { principal, requestId, params: params as DocumentParams, isWelcome })
  }
}

/** The parameters of a URL as those of a body; maps are written as JSON. */
function readUrl({ url }: Request): Record<string, unknown> {
  return Object.fromEntries(
    [...new URL(url).searchParams].map(([name, value]) => [name, MAPS.has(name) ? readJson(name, value) : value]),
  )
}

const MAPS = new Set(['variables', 'extensions'])

function readJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ExpectedError('INVALID_INPUT', `${name} in the URL is not valid JSON.`, name)
  }
}
