/** One record of a CSV file as it stands there, without the line break that ends it. */
export type RawRecord = {
  /** Physical line on which it starts, from 1. */
  line: number
  bytes: Buffer
  /** Why its fields cannot be read. */
  fault?: Fault
}

type Fault = 'TOO_LONG' | 'OPEN_QUOTE'

export const LONGEST_RECORD = 65_536
const [QUOTE, LF, CR] = [0x22, 0x0a, 0x0d]

/**
 * Splits bytes into records: a line break inside quotes belongs to the record. Lines are counted as editors count them,
 * blank ones are left out, and no more than the longest record and one chunk are held. A quote that does not close
 * within the longest record costs only its own line: reading goes on with the next one.
 */
export async function* splitRecords(
  chunks: AsyncIterable<Uint8Array>,
  delimiter: string,
  longest = LONGEST_RECORD,
): AsyncGenerator<RawRecord[]> {
  const state = { rest: Buffer.alloc(0) as Buffer, line: 1, isSkipping: false }
  const options = { separator: delimiter.charCodeAt(0), longest }
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const records = take(state, state.rest.length === 0 ? bytes : Buffer.concat([state.rest, bytes]), {
      ...options,
      isLast: false,
    })
    if (records.length > 0) yield records
  }
  const records = take(state, state.rest, { ...options, isLast: true })
  if (records.length > 0) yield records
}

type ScanOptions = { separator: number; longest: number; isLast: boolean }

/** All records that are whole in the buffer; what follows them stays in the state. */
function take(
  state: { rest: Buffer; line: number; isSkipping: boolean },
  buffer: Buffer,
  options: ScanOptions,
): RawRecord[] {
  const records: RawRecord[] = []
  let at = 0
  while (at < buffer.length) {
    const found = scan(buffer, at, state.isSkipping ? { ...options, separator: NO_FIELDS } : options)
    if (found === 'MORE') break
    const { end, next, breaks, fault } = found
    if (!state.isSkipping && end > at) {
      records.push({ line: state.line, bytes: buffer.subarray(at, end), ...(fault && { fault }) })
    }
    // The rest of a line that is too long is passed over.
    state.isSkipping = fault === 'TOO_LONG'
    state.line += breaks
    at = next
  }
  state.rest = buffer.subarray(at)
  return records
}

/** A separator that no byte equals: reads one physical line, whatever quotes are in it. */
const NO_FIELDS = -1

type Found = { end: number; next: number; breaks: number; fault?: Fault }

/** The record that starts at `at`. */
function scan(buffer: Buffer, at: number, { separator, longest, isLast }: ScanOptions): Found | 'MORE' {
  const limit = Math.min(buffer.length, at + longest + 1)
  let isQuoted = false
  let isFieldStart = separator !== NO_FIELDS
  let closedAt = -1
  let breaks = 0
  let firstLine: { end: number; next: number } | null = null
  for (let i = at; i < limit; i++) {
    const byte = buffer[i]
    if (byte === LF || byte === CR) {
      if (byte === CR && i + 1 === buffer.length && !isLast) return 'MORE'
      const next = byte === CR && buffer[i + 1] === LF ? i + 2 : i + 1
      breaks += 1
      if (!isQuoted) return { end: i, next, breaks }
      firstLine ??= { end: i, next }
      i = next - 1
    } else if (byte === QUOTE) {
      if (isQuoted) closedAt = i
      // A quote right after a closing one is a doubled quote: the field goes on.
      isQuoted = !isQuoted && (isFieldStart || (closedAt === i - 1 && closedAt >= at))
      isFieldStart = false
    } else {
      isFieldStart = byte === separator && !isQuoted
    }
  }
  const isCut = limit - at > longest
  if (!isCut && !isLast) return 'MORE'
  if (isQuoted && firstLine) return { ...firstLine, breaks: 1, fault: 'OPEN_QUOTE' }
  if (isCut) return { end: limit, next: limit, breaks: 0, fault: 'TOO_LONG' }
  return { end: limit, next: limit, breaks, ...(isQuoted && { fault: 'OPEN_QUOTE' as const }) }
}
