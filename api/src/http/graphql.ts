import type { Database } from '@nobishiro/prisma'
import type { Logger } from 'pino'
import type { Authenticate } from '../access/authenticate.ts'
import type { Origins } from '../access/origins.ts'
import type { Principal } from '../access/principal.ts'
import { isMutation } from '../graphql/is-mutation.ts'
import type { GraphqlCall, GraphqlServer } from '../graphql/server.ts'
import type { DocumentParams } from '../graphql/trusted-documents.ts'
import { canonicalJson, sha256 } from '../shared/canonical.ts'
import { ExpectedError } from '../shared/errors.ts'
import { answerError, Refused } from './answer.ts'
import { readJson } from './body.ts'
import type { Handler } from './handler.ts'
import { idempotencyKey, NothingDone, once } from './idempotency.ts'
import { answerTogether, readTogether } from './together.ts'

const BODY_LIMIT = { KEY: 256 * 1024, SESSION: 16 * 1024 } as const satisfies Record<Principal['kind'], number>

/** As long as the longest mutation may take by itself. */
const TIMEOUT_MS = 3_600_000

type Dependencies = {
  db: Database
  authenticate: Authenticate
  origins: Origins
  server: GraphqlServer
  now: () => Date
  secret: string
  logger: Logger
}

/** `/graphql`: who asks, then how much, then what. Keys may also send queries with GET; from a page, names in filters would end up in logs. */
export function graphqlHandler({ db, authenticate, origins, server, now, secret, logger }: Dependencies): Handler {
  /** All fields of the operation and its answer are one transaction: with errors nothing of it stays. */
  async function exactlyOnce(request: Request, key: string, call: GraphqlCall): Promise<Response> {
    const { tenantId, id } = call.principal
    const asked = ['POST /graphql', id, request.headers.get('accept'), call.params] as Parameters<
      typeof canonicalJson
    >[0] // params were JSON
    const { body, status, contentType } = await once(
      db,
      { tenantId, key, requestSha256: sha256(canonicalJson(asked)), now: now(), secret, timeoutMs: TIMEOUT_MS },
      async (inside) => {
        const response = await server(request, { ...call, inside })
        const answer = {
          status: response.status,
          body: await response.text(),
          contentType: response.headers.get('content-type') ?? 'application/json',
        }
        if (!answer.contentType.includes('json'))
          throw new ExpectedError(
            'INVALID_INPUT',
            'With an Idempotency-Key an operation is answered as JSON: accept it.',
          )
        const said = JSON.parse(answer.body) as { data?: unknown; errors?: unknown } // as GraphQL over HTTP has it
        if (said.errors === undefined) return answer
        throw new NothingDone(said.data == null ? answer : { ...answer, body: JSON.stringify({ ...said, data: null }) })
      },
    )
    return new Response(body, { status, headers: { 'content-type': contentType ?? 'application/json' } })
  }

  return async (request, { requestId }) => {
    if (request.method !== 'POST' && request.method !== 'GET') throw new Refused(405, 'Send operations with POST.')
    const principal = await authenticate(request.headers)
    const isInUrl = request.method === 'GET'
    if (isInUrl && principal.kind === 'SESSION') throw new Refused(405, 'A session sends operations with POST.')
    if (principal.kind === 'SESSION') origins.note(principal.origins, principal.expiresAt)
    const body = isInUrl ? readUrl(request) : await readJson(request, BODY_LIMIT[principal.kind])
    const isWelcome = () =>
      authenticate(request.headers).then(
        () => true,
        () => false,
      )
    const callOf = (params: object): GraphqlCall => ({
      principal,
      requestId,
      params: params as DocumentParams,
      isWelcome,
    })
    if (Array.isArray(body)) {
      if (principal.kind === 'KEY') throw new ExpectedError('INVALID_INPUT', 'A key sends one operation in a request.')
      return answerTogether(request, readTogether(body), (alone, params) =>
        server(alone, callOf(params)).catch((error: unknown) =>
          answerError(error, requestId, (err) => logger.error({ requestId, err }, 'operation failed')),
        ),
      )
    }
    const call = callOf(body)
    const key = principal.kind === 'KEY' && !isInUrl && isMutation(call.params) && idempotencyKey(request.headers)
    return key ? exactlyOnce(request, key, call) : server(request, call)
  }
}

/** The parameters of a URL as those of a body; maps are written as JSON. */
function readUrl({ url }: Request): Record<string, unknown> {
  return Object.fromEntries(
    [...new URL(url).searchParams].map(([name, value]) => [name, MAPS.has(name) ? jsonIn(name, value) : value]),
  )
}

const MAPS = new Set(['variables', 'extensions'])

function jsonIn(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ExpectedError('INVALID_INPUT', `${name} in the URL is not valid JSON.`, name)
  }
}
