import type { Database } from '@nobishiro/prisma'
import type { Authenticate } from '../access/authenticate.ts'
import type { Origins } from '../access/origins.ts'
import { hasScope, issuerOf } from '../access/principal.ts'
import { type MintedSession, mintSession } from '../access/sessions.ts'
import { withOwnIds } from '../graphql/own-ids.ts'
import { canonicalJson, sha256 } from '../shared/canonical.ts'
import { ExpectedError } from '../shared/errors.ts'
import { Refused } from './answer.ts'
import { readJsonObject } from './body.ts'
import type { Handler } from './handler.ts'
import { idempotencyKey, once } from './idempotency.ts'

const BODY_LIMIT = 64 * 1024

type Dependencies = { db: Database; authenticate: Authenticate; origins: Origins; now: () => Date; secret: string }

/** `POST /embed/sessions`: the vendor's server mints a session with its API key and hands the answer to its page. */
export function embedSessionsHandler({ db, authenticate, origins, now, secret }: Dependencies): Handler {
  return async (request) => {
    if (request.method !== 'POST') throw new Refused(405, 'Mint sessions with POST.')
    const principal = await authenticate(request.headers)
    if (!hasScope(principal, 'embed:create')) {
      throw new ExpectedError('FORBIDDEN', 'Minting a session takes an API key with the scope "embed:create".')
    }
    const key = idempotencyKey(request.headers)
    const input = await readJsonObject(request, BODY_LIMIT)
    const { tenantId, id: keyId } = principal
    const asked = ['POST /embed/sessions', keyId, input] as Parameters<typeof canonicalJson>[0] // input was JSON
    const requestSha256 = sha256(canonicalJson(asked))
    const minted: MintedSession[] = []
    const { status, body } = await once(db, { tenantId, key, requestSha256, now: now(), secret }, async (inside) => {
      const session = await mintSession(inside, issuerOf(principal), withOwnIds(input), now())
      minted.push(session)
      const { token, sessionId, expiresAt, serverTime } = session
      return { status: 201, body: JSON.stringify({ token, sessionId, expiresAt, serverTime }) }
    })
    for (const session of minted) origins.note(session.origins, session.expiresAt)
    return new Response(body, { status, headers: { 'content-type': 'application/json' } })
  }
}
