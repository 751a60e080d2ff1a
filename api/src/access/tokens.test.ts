import { describe, expect, it } from 'vitest'
import { hashToken, isSameHash, mintToken, parseToken } from './tokens.ts'

describe('a token', () => {
  it('carries its kind, tenant and id, and 256 bits', () => {
    const token = mintToken('KEY', 'acme-saas')
    expect(token.text).toMatch(/^nbk_acme-saas\.[0-9A-Za-z]{12}_[0-9A-Za-z]{43}_[0-9a-z]{1,7}$/)
    expect(parseToken(token.text)).toEqual(token)
    expect(parseToken(mintToken('SESSION', 'a0').text)?.kind).toBe('SESSION')
  })

  it('is never made twice', () => {
    const texts = Array.from({ length: 1_000 }, () => mintToken('KEY', 'acme').text)
    expect(new Set(texts).size).toBe(1_000)
  })

  it('is refused before any look-up when one character is wrong', () => {
    const { text } = mintToken('SESSION', 'acme')
    for (let index = 0; index < text.length; index += 1) {
      const wrong = text.slice(0, index) + (text[index] === 'a' ? 'b' : 'a') + text.slice(index + 1)
      expect(parseToken(wrong), wrong).toBeUndefined()
    }
  })

  it.each([
    '',
    'nbk_',
    'Bearer',
    'nbk_ACME.x_y_z',
    `nbk_acme.${'a'.repeat(12)}_${'b'.repeat(43)}_0`,
    'x'.repeat(10_000),
  ])('%s is none', (text) => expect(parseToken(text)).toBeUndefined())

  it('is stored as a hash that only itself has', () => {
    const [one, other] = [mintToken('KEY', 'acme'), mintToken('KEY', 'acme')]
    expect(isSameHash(hashToken(one.text), hashToken(one.text))).toBe(true)
    expect(isSameHash(hashToken(one.text), hashToken(other.text))).toBe(false)
    expect(isSameHash(hashToken(one.text), new Uint8Array(5))).toBe(false)
  })
})
