/** One answer of the fake API: a body, or a fault of the connection. */
export interface FakeAnswer {
  status?: number
  body?: unknown
  headers?: Record<string, string>
  fault?: Error
}

interface Call {
  url: string
  init: RequestInit
  token: string | null
  body: { query: string; operationName?: string; variables: Record<string, unknown> }
}

/** A `fetch` that gives the answers in turn, the last one for ever, and remembers what it was asked. */
export function fakeApi(...answers: FakeAnswer[]) {
  const calls: Call[] = []
  const fake = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const { status = 200, body = { data: {} }, headers = {}, fault } = answers[calls.length] ?? answers.at(-1) ?? {}
    const token = new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? null
    calls.push({ url: String(url), init, token, body: JSON.parse(String(init.body)) })
    if (fault) throw fault
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })
  }
  return { fetch: fake as typeof fetch, calls }
}

/** The body of a GraphQL answer that carries one error. */
export function graphqlError(code: string, extensions: Record<string, unknown> = {}) {
  return { errors: [{ message: `It is ${code}.`, extensions: { code, ...extensions } }] }
}
