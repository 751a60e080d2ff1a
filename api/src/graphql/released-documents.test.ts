import { readdirSync, readFileSync } from 'node:fs'
import { Kind, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { sha256Of } from '../access/documents/registered.ts'
import { released, releasedDocument } from '../access/documents/released.ts'
import { schema } from './schema.ts'
import { checkShape } from './shape.ts'

const folder = new URL('../access/documents/generated/', import.meta.url)
const sdk = new URL('../../../sdk/', import.meta.url)
const documents = Object.entries(released).flatMap(([version, texts]) =>
  Object.entries(texts).map(([sha256, text]) => ({ version, sha256, text })),
)

describe('documents of the SDK', () => {
  it('are known to the server in every version that is kept', () => {
    const files = readdirSync(folder).map((file) => /^v(.+)\.ts$/.exec(file)?.[1]?.replaceAll('-', '.'))
    expect(Object.keys(released)).toEqual(files)
    const { version } = JSON.parse(readFileSync(new URL('package.json', sdk), 'utf8')) as { version: string }
    expect(files).toContain(version)
  })

  it('are all those that the SDK of today names', () => {
    const source = readFileSync(new URL('src/generated/graphql.ts', sdk), 'utf8')
    const named = [...source.matchAll(/'(\w+)@([0-9a-f]{64})'/g)]
    expect(named.length).toBeGreaterThan(20)
    for (const [, name, sha256] of named) expect(releasedDocument(sha256 ?? ''), name).toContain(name)
  })

  it.each(documents)('$version $sha256 is the hash of a text that a session may run today', ({ sha256, text }) => {
    expect(sha256Of(text)).toBe(sha256)
    const document = parse(text)
    expect(validate(schema, document)).toEqual([])
    const [operation, ...others] = document.definitions
    expect(others).toEqual([])
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not an operation')
    expect(operation.operation).not.toBe('mutation')
    checkShape(document, operation, 'SESSION')
  })
})
