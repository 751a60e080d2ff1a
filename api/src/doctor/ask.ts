/** How long an answer is waited for. */
const PATIENCE_MS = 10_000

export type Answered = { status: number; headers: Headers; text: string }

/** The whole answer, or why there is none. */
export async function answerOf(
  ask: (request: Request) => Promise<Response>,
  url: URL,
  init: RequestInit = {},
): Promise<Answered | { failed: string }> {
  try {
    const response = await ask(new Request(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) }))
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch (error) {
    return { failed: reasonOf(error) }
  }
}

/** The reason under what `fetch` throws, which says "fetch failed" alone. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: unknown } // what fetch throws is an Error
  if (name === 'TimeoutError') return `no answer within ${PATIENCE_MS / 1_000} s`
  const { code, message: reason } = (cause ?? {}) as { code?: string; message?: string }
  return reason || code || message
}

/** What an answer says in JSON; undefined where it is none. */
export function jsonOf({ text }: Answered): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Refusal = { errors?: { message?: unknown; extensions?: { code?: unknown } }[] }

/** The refusal of ours in an answer: its code and its words; those of the answer where it is not ours. */
export function refusalOf(answer: Answered): { code: string | undefined; words: string } {
  const [error] = (jsonOf(answer) as Refusal | undefined)?.errors ?? []
  const code = error?.extensions?.code
  const words = typeof error?.message === 'string' ? error.message : answer.text.trim().slice(0, 200)
  return { code: typeof code === 'string' ? code : undefined, words: `${answer.status} ${words}`.trim() }
}
