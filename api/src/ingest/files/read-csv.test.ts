import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FileError } from '../sources/csv/file-error.ts'
import { readCsv } from './read-csv.ts'
import { writeFiles } from './testing/import-text.ts'

async function read(content: string | Buffer, delimiter = ',') {
  const csv = await readCsv(join(await writeFiles({ 'a.csv': content }), 'a.csv'), { name: 'a.csv', delimiter })
  const records = []
  for await (const batch of csv.batches) records.push(...batch)
  return {
    header: csv.header,
    records: records.map((record) => [record.line, 'cells' in record ? record.cells : record.problems[0]?.expected]),
  }
}

describe('CSV files', () => {
  it('a byte order mark, trimmed names, line ends of any kind and rows of empty cells are no matter', async () =>
    expect(await read('\ufeff"id", name\r\n1,"x\r\ny"\r\n,\r\n\r\n2,z')).toEqual({
      header: ['id', 'name'],
      records: [
        [2, ['1', 'x\r\ny']],
        [6, ['2', 'z']],
      ],
    }))

  it('a row with too many or too few fields is told apart', async () =>
    expect((await read('a,b\n1\n1,2,3\n1,2\n')).records).toEqual([
      [2, '2 fields, as in the header'],
      [3, '2 fields, as in the header'],
      [4, ['1', '2']],
    ]))

  it('a row over 64 KB is refused and the next one read', async () =>
    expect((await read(`a,b\n${'x'.repeat(70_000)},1\n2,3\n`)).records).toEqual([
      [2, 'a record of at most 65536 bytes'],
      [3, ['2', '3']],
    ]))

  it('many rows come in batches, none lost', async () => {
    const { records } = await read(
      `a,b\n${Array.from({ length: 12_345 }, (_, at) => `${at},"${'x'.repeat(at % 50)}"`).join('\n')}\n`,
    )
    expect(records).toHaveLength(12_345)
    expect(records.at(-1)).toEqual([12_346, ['12344', 'x'.repeat(44)]])
  })

  it.each<[string, string | Buffer, string]>([
    ['an empty file', '', 'a.csv: expected a header line with column names, then one row per line; the file is empty'],
    [
      'a file of blank lines',
      '\n\n',
      'a.csv: expected a header line with column names, then one row per line; the file is empty',
    ],
    [
      'UTF-16',
      Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'),
      'a.csv:1: expected UTF-8, not UTF-16: save the file as "CSV UTF-8"',
    ],
    ['257 columns', `${'a,'.repeat(256)}a\n`, 'a.csv:1: expected at most 256 columns; the header has 257'],
    [
      'a broken header',
      'a"b,c\n',
      'a.csv:1: expected a header line with column names: quotes only around a whole field',
    ],
  ])('%s is refused', async (_, content, message) => {
    const error: unknown = await read(content).then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(FileError)
    expect((error as FileError).message).toContain(message)
  })
})
