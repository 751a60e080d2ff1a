import { ExpectedError } from '../shared/errors.ts'
import { Refused } from './answer.ts'

/** The bytes of a body, never more than `limit`. */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunksOf(request)) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

/** A body that is a JSON object. */
export async function readJsonObject(request: Request, limit: number): Promise<Record<string, unknown>> {
  const value = await readJson(request, limit)
  if (Array.isArray(value)) throw new ExpectedError('INVALID_INPUT', 'The body is a JSON object.')
  return value
}

/** An object or a list. Only `application/json` is read: a page elsewhere must ask first (preflight) to send it. */
export async function readJson(request: Request, limit: number): Promise<Record<string, unknown> | unknown[]> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new Refused(415, 'Send the body as content-type: application/json.')
  const value = parse(await readBody(request, limit))
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown> | unknown[]
  throw new ExpectedError('INVALID_INPUT', 'The body is a JSON object.')
}

/** The body as it arrives. */
export function chunksOf({ body }: Request): AsyncIterable<Uint8Array> | [] {
  return (body as unknown as AsyncIterable<Uint8Array> | null) ?? [] // Node's streams can be iterated
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new ExpectedError('INVALID_INPUT', 'The body is not valid JSON.')
  }
}

function tooLarge(limit: number): Refused {
  return new Refused(413, `The body is larger than ${limit} bytes.`)
}
