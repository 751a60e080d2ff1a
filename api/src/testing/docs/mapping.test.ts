import { expect, it } from 'vitest'
import { parseMappingText } from '../../ingest/sources/csv/mapping.ts'
import { blocksOf, documents } from './blocks.ts'

const mappings = documents.flatMap((file) => blocksOf(file, ['json'])).filter(({ code }) => code.includes('"columns"'))

it('there is a mapping to check', () => expect(mappings.length).toBeGreaterThan(0))

it.each(mappings)('the mapping at $file:$line is accepted', ({ file, line, code }) => {
  expect(() => parseMappingText(code, `${file}:${line}`)).not.toThrow()
})
