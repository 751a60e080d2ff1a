import { describe, expect, it } from 'vitest'
import { splitFields } from './split-fields.ts'

const record = (text: string | Buffer, line = 1) => ({ line, bytes: Buffer.from(text as string) }) // either is taken
const result = (text: string | Buffer, header: string[] = ['a', 'b']) => {
  const [read] = splitFields([record(text)], ',', header)
  return read && ('cells' in read ? read.cells : read.problems[0])
}

describe('fields', () => {
  it('quotes are taken off and doubled ones are one', () => expect(result('"x ""y"", z",2')).toEqual(['x "y", z', '2']))
  it('empty fields are kept', () => expect(result(',"",')).toEqual(['', '', '']))

  it.each<[string, string | Buffer, object]>([
    [
      'a quote inside a bare field',
      '5" pipe,1',
      { column: null, value: '5" pipe,1', expected: expect.stringContaining('quotes only around a whole field') },
    ],
    [
      'text after a closing quote',
      '"x"y,1',
      { column: null, value: '"x"y,1', expected: expect.stringContaining('a delimiter after a closing quote') },
    ],
    [
      'bytes that are not UTF-8',
      Buffer.from('x,caf\xe9', 'latin1'),
      { column: 'b', value: 'caf\ufffd', expected: 'UTF-8: save the file as "CSV UTF-8"' },
    ],
    [
      'an overlong encoding',
      Buffer.from([0x78, 0x2c, 0xc0, 0x80]),
      { column: 'b', value: '\ufffd\ufffd', expected: expect.stringContaining('UTF-8') },
    ],
    [
      'a lone surrogate',
      Buffer.from([0xed, 0xa0, 0x80, 0x2c, 0x78]),
      { column: 'a', value: expect.any(String), expected: expect.stringContaining('UTF-8') },
    ],
    ['a NUL byte', 'x\0,1', { column: 'a', value: 'x\0', expected: 'text without NUL bytes' }],
  ])('%s is a problem', (_, text, problem) => expect(result(text)).toEqual(problem))

  it('a bad record does not disturb its neighbours', () => {
    const batch = ['1,2', '5" pipe,1', 'x\0,1', '3,4'].map((text, at) => record(text, at + 2))
    expect(
      splitFields(batch, ',', ['a', 'b']).map((read) => [read.line, 'cells' in read ? read.cells : 'problem']),
    ).toEqual([
      [2, ['1', '2']],
      [3, 'problem'],
      [4, 'problem'],
      [5, ['3', '4']],
    ])
  })

  it('other delimiters are read', () => {
    const [read] = splitFields([record('1;"a;b"')], ';')
    expect(read).toMatchObject({ cells: ['1', 'a;b'] })
  })
})
