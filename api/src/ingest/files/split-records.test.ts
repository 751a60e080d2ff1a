import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitFields } from './split-fields.ts'
import { type RawRecord, splitRecords } from './split-records.ts'

async function split(text: string | Buffer, { size = 1 << 20, longest = 65_536 } = {}): Promise<RawRecord[]> {
  const bytes = Buffer.from(text as string) // either is taken
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const records: RawRecord[] = []
  for await (const batch of splitRecords(chunks(), ',', longest)) records.push(...batch)
  return records
}
const shown = (records: RawRecord[]) =>
  records.map(({ line, bytes, fault }) => [line, bytes.toString(), ...(fault ? [fault] : [])])

describe('records', () => {
  it.each<[string, string, [number, string][]]>([
    [
      'line feeds',
      'a,b\n1,2\n',
      [
        [1, 'a,b'],
        [2, '1,2'],
      ],
    ],
    [
      'no line break at the end',
      'a,b\n1,2',
      [
        [1, 'a,b'],
        [2, '1,2'],
      ],
    ],
    [
      'carriage returns and line feeds',
      'a,b\r\n1,2\r\n',
      [
        [1, 'a,b'],
        [2, '1,2'],
      ],
    ],
    [
      'carriage returns alone',
      'a,b\r1,2\r3,4',
      [
        [1, 'a,b'],
        [2, '1,2'],
        [3, '3,4'],
      ],
    ],
    [
      'all of them',
      'a\rb\r\nc\nd',
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
        [4, 'd'],
      ],
    ],
    [
      'blank lines',
      'a\n\n\r\nb\n\n',
      [
        [1, 'a'],
        [4, 'b'],
      ],
    ],
    [
      'line breaks inside quotes',
      'a\n"x\r\ny\nz",1\nb',
      [
        [1, 'a'],
        [2, '"x\r\ny\nz",1'],
        [5, 'b'],
      ],
    ],
    [
      'doubled quotes',
      '"a""\n""b",1\nc',
      [
        [1, '"a""\n""b",1'],
        [3, 'c'],
      ],
    ],
    [
      'an empty quoted field',
      '"",x\n"",y',
      [
        [1, '"",x'],
        [2, '"",y'],
      ],
    ],
    [
      'a quote inside a bare field',
      '5" pipe,1\n6"" pipe,2\n',
      [
        [1, '5" pipe,1'],
        [2, '6"" pipe,2'],
      ],
    ],
    ['nothing', '', []],
  ])('%s', async (_, text, records) => expect(shown(await split(text))).toEqual(records))

  it('a quote that never closes costs its own line only', async () =>
    expect(shown(await split('a,b\n"x,1\ny,2\nz,3\n'))).toEqual([
      [1, 'a,b'],
      [2, '"x,1', 'OPEN_QUOTE'],
      [3, 'y,2'],
      [4, 'z,3'],
    ]))

  it('a quote that does not close within the longest record costs its own line only', async () => {
    const long = `"${'x\n'.repeat(20)}`
    expect(shown(await split(`a\n${long}",1\nz`, { longest: 30 })).slice(0, 3)).toEqual([
      [1, 'a'],
      [2, '"x', 'OPEN_QUOTE'],
      [3, 'x'],
    ])
  })

  it('a record that is too long is cut, and reading goes on with the next line', async () => {
    const records = await split(`a,b\n${'x'.repeat(100)}"\n1,2\n"${'y'.repeat(100)}",3\n4,5`, { longest: 30, size: 7 })
    expect(records.map(({ line, fault }) => [line, fault])).toEqual([
      [1, undefined],
      [2, 'TOO_LONG'],
      [3, undefined],
      [4, 'TOO_LONG'],
      [5, undefined],
    ])
  })

  it('the longest record itself is not too long', async () =>
    expect(shown(await split(`${'x'.repeat(30)}\n${'y'.repeat(30)}`, { longest: 30 }))).toEqual([
      [1, 'x'.repeat(30)],
      [2, 'y'.repeat(30)],
    ]))

  it('does not depend on how the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é') }),
        fc.integer({ min: 1, max: 9 }),
        async (text, size) => {
          expect(shown(await split(text, { size, longest: 12 }))).toEqual(shown(await split(text, { longest: 12 })))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('what is written as CSV is read back, field by field, on the right lines', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', '日', ' ') })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(field, { minLength: 2, maxLength: 2 }), { minLength: 1 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, end) => {
          const written = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
          const read = splitFields(await split(written.join(end)), ',')
          expect(read.map((record) => ('cells' in record ? record.cells : record.problems))).toEqual(rows)
          let line = 1
          for (const [at, record] of read.entries()) {
            expect(record.line).toBe(line)
            line += written[at]?.split('\n').length ?? 0
          }
        },
      ),
    )
  })
})
