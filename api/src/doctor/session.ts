import { released } from '../access/documents/released.ts'
import { type Answered, answerOf, jsonOf, refusalOf } from './ask.ts'
import { type Embed, type Finding, finder } from './finding.ts'

/** It is revoked when all is seen; this is for when that fails. */
const TTL_S = 60
/** Nobody has this origin. */
const ELSEWHERE = 'https://elsewhere.invalid'
const [session, version, origins] = [finder('session'), finder('version'), finder('origins')]

/** Mints a session for the page as the vendor's server does, asks with it as the page does, and ends it. */
export async function lookAtSession(embed: Embed): Promise<Finding[]> {
  if (embed.key === undefined) {
    const remedy = 'Put an API key with the scope embed:create into NOBISHIRO_KEY. It is not printed.'
    return [session('SKIPPED', 'Without a key no session can be minted, and nothing asked as the page asks.', remedy)]
  }
  const minted = await mint(embed, embed.key)
  if ('verdict' in minted) return [minted]
  try {
    return [session('OK', `A session was minted for ${embed.origin}.`), ...(await asThePageAsks(embed, minted.token))]
  } finally {
    const query = 'mutation End($id: String) { revokeEmbedSessions(input: { sessionId: $id }) { revoked } }'
    await post(embed, '/graphql', { query, variables: { id: minted.sessionId } }, bearer(embed.key))
  }
}

type Minted = { token: string; sessionId: string }

async function mint(embed: Embed, key: string): Promise<Minted | Finding> {
  const viewer = embed.account === undefined ? { viewer: 'TENANT' } : { viewer: 'ACCOUNT', accountIds: [embed.account] }
  const asked = { ...viewer, origins: [embed.origin], ttlSeconds: TTL_S }
  const answer = await post(embed, '/embed/sessions', asked, bearer(key))
  if ('failed' in answer) return session('FAULT', `Minting was not answered: ${answer.failed}.`)
  if (answer.status !== 201) {
    const { code, words } = refusalOf(answer)
    const remedy = code === 'UNAUTHENTICATED' ? 'Make one: nobishiro keys create --scopes embed:create' : undefined
    return session('FAULT', `Minting a session was answered ${words}`, remedy)
  }
  const { token, sessionId } = (jsonOf(answer) ?? {}) as Partial<Minted>
  if (token !== undefined && sessionId !== undefined) return { token, sessionId }
  return session('FAULT', 'Minting was answered by something else than Nobishiro.')
}

/** The document that a page asks first, by the id that the SDK of this version has for it. */
async function asThePageAsks(embed: Embed, token: string): Promise<Finding[]> {
  const [sdk = '', documents = {}] = Object.entries(released).at(-1) ?? []
  const [sha256] = Object.entries(documents).find(([, text]) => text.startsWith('query Viewer')) ?? []
  const asked = { documentId: `sha256:${sha256}`, operationName: 'Viewer', extensions: { sdk } }
  const ask = (origin: string) => post(embed, '/graphql', asked, { ...bearer(token), origin })
  const answer = await ask(embed.origin)
  if ('failed' in answer) return [session('FAULT', `The question of the page was not answered: ${answer.failed}.`)]
  const { code, words } = refusalOf(answer)
  if (code === 'VERSION_SKEW') return [version('FAULT', words, 'Bring the server up to date before its pages.')]
  if (answer.status !== 200 || code !== undefined) {
    const remedy = code === 'FORBIDDEN' ? 'Does the proxy pass the header Origin on as it came?' : undefined
    return [session('FAULT', `The question of the page was answered ${words}`, remedy)]
  }
  return [
    version('OK', `The server answers pages that were built with @nobishiro/sdk ${sdk}.`),
    await lookAtPreflight(embed),
    lookAtSharing(embed, answer),
    await lookElsewhere(ask),
  ]
}

const FIX_ORIGIN = 'Leave these headers to Nobishiro: a proxy must neither take them away nor set its own.'

/** What a browser asks before it sends the header with the token. */
async function lookAtPreflight({ server, origin, ask }: Embed): Promise<Finding> {
  const wanted = ['authorization', 'content-type']
  const headers = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': wanted.join(', '),
  }
  const answer = await answerOf(ask, new URL('/graphql', server), { method: 'OPTIONS', headers })
  if ('failed' in answer) return origins('FAULT', `The preflight was not answered: ${answer.failed}.`)
  const allowed = answer.headers.get('access-control-allow-headers')?.toLowerCase().split(/, */) ?? []
  const missing = wanted.filter((name) => !allowed.includes(name))
  if (answer.status < 300 && missing.length === 0 && isShared(answer, origin)) {
    return origins('OK', `Browsers may ask from ${origin}.`)
  }
  const says =
    answer.status >= 300
      ? `The preflight was answered ${answer.status}: browsers will not ask.`
      : missing.length > 0
        ? `The preflight does not allow the header ${missing.join(', ')}.`
        : `The preflight does not allow ${origin}, but ${allowedOrigin(answer)}.`
  return origins('FAULT', says, 'Pass OPTIONS on to Nobishiro, which answers it.')
}

function lookAtSharing({ origin }: Embed, answer: Answered): Finding {
  if (!isShared(answer, origin)) {
    return origins('FAULT', `The answer is not shared with ${origin}, but with ${allowedOrigin(answer)}.`, FIX_ORIGIN)
  }
  if (answer.headers.get('access-control-allow-credentials') !== null) {
    return origins('FAULT', 'The answer allows cookies, which Nobishiro never does.', FIX_ORIGIN)
  }
  const isVaried = answer.headers.get('vary')?.toLowerCase().includes('origin')
  if (isVaried) return origins('OK', `Pages of ${origin} may read the answer.`)
  return origins(
    'WARNING',
    'The answer does not say "vary: origin": a cache could give it to another page.',
    FIX_ORIGIN,
  )
}

async function lookElsewhere(ask: (origin: string) => ReturnType<typeof post>): Promise<Finding> {
  const answer = await ask(ELSEWHERE)
  if ('failed' in answer) return session('SKIPPED', `Another origin was not answered: ${answer.failed}.`)
  if (answer.status >= 400) return session('OK', 'The session works from that origin alone.')
  return session(
    'FAULT',
    `A page of ${ELSEWHERE} was answered, too.`,
    'Does the proxy set the header Origin? It must not.',
  )
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const isShared = ({ headers }: Answered, origin: string) => headers.get('access-control-allow-origin') === origin
const allowedOrigin = ({ headers }: Answered) => headers.get('access-control-allow-origin') ?? 'nobody'

const post = ({ server, ask }: Embed, path: string, body: object, headers: Record<string, string>) =>
  answerOf(ask, new URL(path, server), {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
