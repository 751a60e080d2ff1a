import { describe, expect, it } from 'vitest'
import { PayloadError } from './payload-error.ts'
import { BODY_LIMIT, checkContent, parseJson, TEXT_LIMIT } from './strict-json.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const parse = (text: string) => () => {
  const value = parseJson(bytes(text), 'stripe')
  checkContent(value, 'stripe')
  return value
}
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

describe('strict JSON', () => {
  it('reads what JSON.parse reads', () => {
    const value = { id: 'evt', list: [1, -2.5, true, null, '伸びしろ 🌱', 'a"[{\\'], amount: 9_007_199_254_740_991 }
    expect(parse(JSON.stringify(value))()).toEqual(value)
  })

  it.each([
    ['33 nested levels', nested(33), /character 32: accepted: at most 32 nested levels/],
    ['8,000 nested levels', nested(8000), /32 nested levels/],
    [
      'a number above 2^53-1',
      '{"a":[{"amount":9007199254740993}]}',
      /\$\.a\[0\]\.amount is 9007199254740992; accepted/,
    ],
    ['a number that is infinite', '{"a":1e999}', /\$\.a is null; accepted: numbers up to/],
    ['NUL in a text', '{"a":"x\\u0000y"}', /\$\.a is "x\\u0000y"; accepted: text without NUL/],
    ['NUL in a key', '{"a\\u0000":1}', /accepted: text without NUL/],
    ['a lone high surrogate', '{"a":"\\ud83c"}', /accepted: text without lone surrogates/],
    ['a lone low surrogate', '{"a":["\\udf31x"]}', /\$\.a\[0\] is .* accepted: text without lone surrogates/],
    [
      'a text of more than 64 KB',
      `{"a":"${'あ'.repeat(TEXT_LIMIT / 3 + 1)}"}`,
      /"あ+….* accepted: text of at most 65536 bytes/,
    ],
    ['no JSON', '{"secret": tru}', /stripe: (character 14|body): accepted: valid JSON/],
    ['an empty body', '', /accepted: valid JSON/],
  ])('refuses %s', (_, text, message) => {
    expect(parse(text)).toThrow(PayloadError)
    expect(parse(text)).toThrow(message)
  })

  it('keeps the body out of the message', () => {
    expect(parse('{"secret": tru}')).not.toThrow(/secret/)
  })

  it('accepts exactly the limits', () => {
    expect(parse(nested(32))).not.toThrow()
    expect(parse(JSON.stringify('a'.repeat(TEXT_LIMIT)))).not.toThrow()
    const filled = `"${'a'.repeat(1000)}",`.repeat(1100).slice(0, BODY_LIMIT - 10)
    expect(parse(`[${filled.slice(0, filled.lastIndexOf(','))}]`.padEnd(BODY_LIMIT, ' '))).not.toThrow()
  })

  it('refuses a body of more than 1 MB and bytes that are not UTF-8', () => {
    expect(() => parseJson(new Uint8Array(BODY_LIMIT + 1), 'stripe')).toThrow(/body: accepted: at most 1048576 bytes/)
    expect(() => parseJson(Uint8Array.from([0x22, 0xff, 0x22]), 'stripe')).toThrow(/UTF-8/)
  })
})
