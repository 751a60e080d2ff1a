import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, parse, validate } from 'graphql'
import { expect, it } from 'vitest'
import { root } from '../root.ts'
import { blocksOf, documents } from './blocks.ts'

const schema = buildSchema(readFileSync(join(root, 'api/schema.graphql'), 'utf8'))

/** Operations in the documents: graphql blocks, and the bodies that curl sends. */
const operations = documents.flatMap((file) => [
  ...blocksOf(file, ['graphql']).map(({ code, line }) => ({ at: `${file}:${line}`, text: code })),
  ...blocksOf(file, ['sh', 'bash']).flatMap(({ code, line }) =>
    [...code.matchAll(/'(\{\s*"query".*?\})'/gs)].map((match) => ({
      at: `${file}:${line}`,
      text: queryOf(match[1] ?? ''),
    })),
  ),
])

it('there are operations to check', () => expect(operations.length).toBeGreaterThan(0))

it.each(operations)('the operation at $at is valid in the schema', ({ text }) => {
  expect(validate(schema, parse(text)).map((problem) => problem.message)).toEqual([])
})

function queryOf(body: string): string {
  return (JSON.parse(body) as { query: string }).query
}
