import { errorOf } from './error-of.ts'
import { NetworkError } from './errors.ts'

export interface SendOptions {
  url: string
  fetch: typeof fetch
  timeout: number
}

/** Follows the caller's signal and a time-out, whichever comes first. */
async function withDeadline<T>(
  timeout: number,
  signal: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
) {
  const controller = new AbortController()
  const abort = () => controller.abort(signal?.reason)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)
  const timer = setTimeout(() => controller.abort(new NetworkError(`No answer within ${timeout} ms.`)), timeout)
  try {
    return await run(controller.signal)
  } catch (error) {
    if (controller.signal.aborted) throw controller.signal.reason
    throw error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

async function bodyOf(answer: Response): Promise<unknown> {
  const text = await answer.text()
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!answer.ok) return null
    throw new NetworkError('The answer is not JSON: is this the address of the API?', { cause })
  }
}

/** One POST of JSON: the parsed answer, or the error it stands for. Cookies are never sent. */
export function send<T>(
  { url, fetch, timeout }: SendOptions,
  token: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<T> {
  return withDeadline(timeout, signal, async (deadline) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      authorization: `Bearer ${token}`,
    }
    let answer: Response
    try {
      answer = await fetch(url, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
        credentials: 'omit',
        signal: deadline,
      })
    } catch (cause) {
      if (deadline.aborted) throw cause
      throw new NetworkError('The API could not be reached.', { cause })
    }
    const content = await bodyOf(answer)
    const error = errorOf(content, answer.status, answer.headers)
    if (error) throw error
    return content as T // shape is fixed by the document, whose type names it
  })
}
