import { PayloadError, type PayloadProblem } from '../../payload/payload-error.ts'
import { parseJson } from '../../payload/strict-json.ts'
import type { Received } from '../../received.ts'
import { readGeneric } from './generic.ts'

/** Largest body of a batch, in bytes, and the most events in it. */
export const BATCH_LIMIT = 5 * 1_048_576
export const EVENTS_LIMIT = 1_000

/** One event of a batch, by its line or place from 1: what it says, or why it cannot be read. */
export type Line = { line: number; id: string | null } & (
  | { received: Received }
  | { problem: PayloadProblem; message: string }
)

/** Lines of JSON, or one JSON list, to events. What is wrong with one line does not touch the others. Pure. */
export function readBatch(raw: Uint8Array, format: 'LINES' | 'LIST', source: string): Line[] {
  if (raw.byteLength > BATCH_LIMIT) {
    throw new PayloadError({ source, path: 'body', accepted: `at most ${BATCH_LIMIT} bytes` })
  }
  const parts = format === 'LINES' ? lines(raw, source) : entries(raw, source)
  if (parts.length === 0) throw new PayloadError({ source, path: 'body', accepted: 'at least one event' })
  if (parts.length > EVENTS_LIMIT) {
    throw new PayloadError({ source, path: 'body', accepted: `at most ${EVENTS_LIMIT} events` })
  }
  return parts.map(({ line, parse }) => readLine(line, parse, source))
}

type Part = { line: number; parse: () => unknown }

function lines(raw: Uint8Array, source: string): Part[] {
  const parts: Part[] = []
  for (let start = 0, line = 1; start < raw.length && parts.length <= EVENTS_LIMIT; line++) {
    const found = raw.indexOf(LINE_FEED, start)
    const end = found < 0 ? raw.length : found
    const bytes = raw.subarray(start, end)
    if (bytes.some((byte) => byte > SPACE)) parts.push({ line, parse: () => parseJson(bytes, source, BATCH_LIMIT) })
    start = end + 1
  }
  return parts
}

const [LINE_FEED, SPACE] = [0x0a, 0x20]

function entries(raw: Uint8Array, source: string): Part[] {
  const list = parseJson(raw, source, BATCH_LIMIT)
  if (!Array.isArray(list)) throw new PayloadError({ source, path: 'body', value: list, accepted: 'a list of events' })
  return list.map((value: unknown, index) => ({ line: index + 1, parse: () => value }))
}

function readLine(line: number, parse: () => unknown, source: string): Line {
  let id: string | null = null
  try {
    const value = parse()
    id = idOf(value)
    return { line, id, received: readGeneric(value, source) }
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error
    return {
      line,
      id,
      problem: error.problem,
      message: new PayloadError({ source: `${source}, line ${line}`, ...error.problem }).message,
    }
  }
}

function idOf(value: unknown): string | null {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
  return typeof id === 'string' && /^\P{C}{1,200}$/u.test(id) ? id : null
}
