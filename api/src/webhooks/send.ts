import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { publicLookup, refusePrivateLiteral } from './address.ts'

/** What came back: a status, or why there was none. */
export type SendResult =
  | { status: number; retryAfter: string | undefined }
  | { status: null; problem: string; retryAfter?: undefined }

export type Sending = { url: string; headers: Record<string, string>; body: string; signal: AbortSignal }

export type Send = (sending: Sending) => Promise<SendResult>

const TIMEOUT_MS = 10_000
/** Of an answer, that a connection can be used again. What it says is not kept. */
const MOST_READ = 16 * 1024

/**
 * Posts over connections that are kept. Redirects are not followed. Without `allowPrivate` only to https and to public addresses, looked at when a
 * connection is made.
 */
export function createSend({
  allowPrivate,
  timeoutMs = TIMEOUT_MS,
}: {
  allowPrivate: boolean
  timeoutMs?: number
}): Send {
  const guard = allowPrivate ? {} : { lookup: publicLookup }
  const pool = { keepAlive: true, maxFreeSockets: 4, ...guard }
  const agents = { 'https:': new HttpsAgent(pool), 'http:': new HttpAgent(pool) }

  return async ({ url, headers, body, signal }) => {
    const late = AbortSignal.timeout(timeoutMs)
    try {
      const to = new URL(url)
      if (!allowPrivate) {
        if (to.protocol !== 'https:') throw new Error('only https is sent to')
        refusePrivateLiteral(to)
      }
      const { statusCode = 0, headers: answered } = await post(to, {
        headers,
        body,
        signal: AbortSignal.any([signal, late]),
      })
      return { status: statusCode, retryAfter: answered['retry-after'] }
    } catch (error) {
      return { status: null, problem: late.aborted ? `no answer within ${timeoutMs / 1_000} s` : reasonOf(error) }
    }
  }

  function post(to: URL, { headers, body, signal }: Omit<Sending, 'url'>): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const isSafe = to.protocol === 'https:'
      const options = {
        method: 'POST',
        agent: isSafe ? agents['https:'] : agents['http:'],
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        signal,
        ...guard,
      }
      const sent = (isSafe ? requestHttps : requestHttp)(to, options, (response) => {
        drain(response)
        resolve(response)
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }
}

function drain(response: IncomingMessage): void {
  let size = 0
  response.on('error', () => {}) // the status was heard
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > MOST_READ) response.destroy()
  })
}

function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string }
  return String(message || code || error).slice(0, 200)
}
