import { PayloadError } from './payload-error.ts'

/** Largest body of one webhook, in bytes. */
export const BODY_LIMIT = 1_048_576
/** Deepest nesting of objects and lists. */
export const DEPTH_LIMIT = 32
/** Longest text, in bytes of UTF-8. */
export const TEXT_LIMIT = 65_536

const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d]

/** Bytes to a JSON value; a PayloadError where they are too many, too deep, or no JSON in UTF-8. */
export function parseJson(raw: Uint8Array, source: string, limit = BODY_LIMIT): unknown {
  if (raw.byteLength > limit) {
    throw new PayloadError({ source, path: 'body', accepted: `at most ${limit} bytes` })
  }
  const text = decode(raw, source)
  checkDepth(text, source)
  return parse(text, source)
}

/** Throws a PayloadError unless the database can keep every text, and no number lost a digit when it was parsed. */
export function checkContent(value: unknown, source: string): void {
  if (!isSound(value)) checkValue(value, { source, path: '$' })
}

/** What `checkValue` finds nothing wrong with, without the paths that only a message needs: nearly every payload. */
function isSound(value: unknown): boolean {
  if (typeof value === 'string') return isSoundText(value)
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER
  if (Array.isArray(value)) return value.every(isSound)
  if (value === null || typeof value !== 'object') return true
  for (const key in value) {
    if (!isSoundText(key) || !isSound(value[key as keyof typeof value])) return false // a key of JSON is its own
  }
  return true
}

const isSoundText = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text) && text.length * 3 <= TEXT_LIMIT

function decode(raw: Uint8Array, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    throw new PayloadError({ source, path: 'body', accepted: 'UTF-8 text' })
  }
}

/** Before parsing, so that nothing downstream ever meets a deep value. */
function checkDepth(text: string, source: string): void {
  let depth = 0
  let quoted = false
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index)
    if (quoted) {
      if (character === BACKSLASH) index++
      else if (character === QUOTE) quoted = false
    } else if (character === QUOTE) quoted = true
    else if (character === CLOSE_BRACE || character === CLOSE_BRACKET) depth--
    else if (character === OPEN_BRACE || character === OPEN_BRACKET) {
      depth++
      if (depth > DEPTH_LIMIT) {
        throw new PayloadError({ source, path: `character ${index}`, accepted: `at most ${DEPTH_LIMIT} nested levels` })
      }
    }
  }
}

function parse(text: string, source: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // The engine's message quotes the body; only the position may leave.
    const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined
    throw new PayloadError({ source, path: position ? `character ${position}` : 'body', accepted: 'valid JSON' })
  }
}

function checkValue(value: unknown, at: { source: string; path: string }): void {
  if (typeof value === 'string') checkText(value, at)
  else if (typeof value === 'number') checkNumber(value, at)
  else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      checkValue(item, { ...at, path: `${at.path}[${index}]` })
    })
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      checkText(key, { ...at, path: `${at.path} (a key)` })
      checkValue(item, { ...at, path: `${at.path}.${key}` })
    }
  }
}

function checkText(value: string, at: { source: string; path: string }): void {
  if (value.includes('\0')) throw new PayloadError({ ...at, value, accepted: 'text without NUL characters' })
  if (/\p{Surrogate}/u.test(value)) {
    throw new PayloadError({ ...at, value, accepted: 'text without lone surrogates' })
  }
  if (value.length * 3 > TEXT_LIMIT && Buffer.byteLength(value) > TEXT_LIMIT) {
    throw new PayloadError({ ...at, value, accepted: `text of at most ${TEXT_LIMIT} bytes` })
  }
}

function checkNumber(value: number, at: { source: string; path: string }): void {
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw new PayloadError({ ...at, value, accepted: 'numbers up to 9007199254740991, larger ones as strings' })
  }
}
