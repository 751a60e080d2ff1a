import { errorOf } from './error-of.ts'
import { NetworkError } from './errors.ts'

export interface SendOptions {
  url: string
  fetch: typeof fetch
  timeout: number
}

function parsed(text: string, isOk: boolean): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!isOk) return null
    throw new NetworkError('The answer is not JSON.', { cause })
  }
}

/** One POST of JSON: the parsed answer, or the error it stands for. Cookies are never sent. */
export async function send<T>(
  { url, fetch, timeout }: SendOptions,
  token: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const late = AbortSignal.timeout(timeout)
  let answer: Response
  let text: string
  try {
    // Unbound: a browser's fetch refuses to be another object's method.
    answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json,application/json',
        authorization: `Bearer ${token}`,
      },
      // What is null says nothing: left out, so that the schema's defaults apply.
      body: JSON.stringify(body, (_key, value) => value ?? undefined),
      credentials: 'omit',
      signal: signal ? AbortSignal.any([signal, late]) : late,
    })
    text = await answer.text()
  } catch (cause) {
    signal?.throwIfAborted()
    throw new NetworkError(late.aborted ? `No answer within ${timeout} ms.` : 'The API is unreachable.', {
      cause,
    })
  }
  const content = parsed(text, answer.ok)
  const error = errorOf(content, answer.status, answer.headers)
  if (error) throw error
  return content as T // its shape is fixed by the document, whose type names it
}
