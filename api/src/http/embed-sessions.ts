import type { Database } from '@nobishiro/prisma'
import type { Authenticate } from '../access/authenticate.ts'
import type { Origins } from '../access/origins.ts'
import { hasScope } from '../access/principal.ts'
import { mintSession } from '../access/sessions.ts'
import { withOwnIds } from '../graphql/own-ids.ts'
import { ExpectedError } from '../shared/errors.ts'
import { json, Refused } from './answer.ts'
import { readJsonObject } from './body.ts'
import type { Handler } from './handler.ts'

const BODY_LIMIT = 64 * 1024

type Dependencies = { db: Database; authenticate: Authenticate; origins: Origins; now: () => Date }

/** `POST /embed/sessions`: the vendor's server mints a session with its API key and hands the answer to its page. */
export function embedSessionsHandler({ db, authenticate, origins, now }: Dependencies): Handler {
  return async (request) => {
    if (request.method !== 'POST') throw new Refused(405, 'Mint sessions with POST.')
    const principal = await authenticate(request.headers)
    if (!hasScope(principal, 'embed:create')) {
      throw new ExpectedError('FORBIDDEN', 'Minting a session takes an API key with the scope "embed:create".')
    }
    const input = await readJsonObject(request, BODY_LIMIT)
    const session = await mintSession(
      db,
      { tenantId: principal.tenantId, keyId: principal.id },
      withOwnIds(input),
      now(),
    )
    origins.note(session.origins, session.expiresAt)
    const { token, sessionId, expiresAt, serverTime } = session
    return json(201, { token, sessionId, expiresAt, serverTime })
  }
}
