import { createHash, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { randomBase62 } from './base62.ts'

/** Keys belong to servers, sessions to browsers. */
export type TokenKind = 'KEY' | 'SESSION'

const PREFIX = { KEY: 'nbk', SESSION: 'nbs' } as const satisfies Record<TokenKind, string>
const SHAPE = /^(nbk|nbs)_([a-z0-9][a-z0-9-]{1,38})\.([0-9A-Za-z]{12})_([0-9A-Za-z]{43})_([0-9a-z]{1,7})$/

export type Token = { kind: TokenKind; tenantId: string; id: string; text: string }

/** `nbk_<tenant>.<id>_<256 bits in base62>_<crc32>`: the tenant lets the look-up run under its own row-level security. */
export function mintToken(kind: TokenKind, tenantId: string): Token {
  const id = randomBase62(8, 12).slice(-12)
  const body = `${PREFIX[kind]}_${tenantId}.${id}_${randomBase62(32, 43)}`
  return { kind, tenantId, id, text: `${body}_${checksum(body)}` }
}

/** The token's parts, or undefined when it is malformed or mistyped: no database is asked then. */
export function parseToken(text: string): Token | undefined {
  const match = SHAPE.exec(text)
  if (!match) return undefined
  const [, prefix, tenantId, id, , check] = match as unknown as [string, 'nbk' | 'nbs', string, string, string, string]
  if (checksum(text.slice(0, -(check.length + 1))) !== check) return undefined
  return { kind: prefix === 'nbk' ? 'KEY' : 'SESSION', tenantId, id, text }
}

/** What is stored of a token. */
export function hashToken(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(text).digest())
}

export function isSameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

function checksum(body: string): string {
  return crc32(body).toString(36)
}
