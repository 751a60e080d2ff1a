import type { Authenticate } from '../access/authenticate.ts'
import type { Origins } from '../access/origins.ts'
import type { Principal } from '../access/principal.ts'
import type { GraphqlServer } from '../graphql/server.ts'
import type { DocumentParams } from '../graphql/trusted-documents.ts'
import { Refused } from './answer.ts'
import { readJsonObject } from './body.ts'
import type { Handler } from './handler.ts'

const BODY_LIMIT = { KEY: 256 * 1024, SESSION: 16 * 1024 } as const satisfies Record<Principal['kind'], number>

type Dependencies = { authenticate: Authenticate; origins: Origins; server: GraphqlServer }

/** `POST /graphql`: who asks, then how much, then what. */
export function graphqlHandler({ authenticate, origins, server }: Dependencies): Handler {
  return async (request, { requestId }) => {
    if (request.method !== 'POST') throw new Refused(405, 'Send operations with POST.')
    const principal = await authenticate(request.headers)
    if (principal.kind === 'SESSION') origins.note(principal.origins, principal.expiresAt)
    const params = await readJsonObject(request, BODY_LIMIT[principal.kind])
    const isWelcome = () =>
      authenticate(request.headers).then(
        () => true,
        () => false,
      )
    return server(request, { principal, requestId, params: params as DocumentParams, isWelcome })
  }
}
