import { readFileSync, writeFileSync } from 'node:fs'
import { type GraphQLNamedType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { printContract } from './print-schema.ts'
import { schema } from './schema.ts'

const CONTRACT = new URL('../../schema.graphql', import.meta.url)

describe('the contract', () => {
  it('is what the code answers; UPDATE_CONTRACT=1 or pnpm generate writes it', () => {
    if (process.env['UPDATE_CONTRACT'] === '1') writeFileSync(CONTRACT, printContract())
    expect(readFileSync(CONTRACT, 'utf8')).toBe(printContract())
  })

  it('describes every type and field in a sentence', () => {
    const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))
    expect(types.flatMap(undescribed)).toEqual([])
  })
})

function undescribed(type: GraphQLNamedType): string[] {
  const own = type.description || isBuiltIn(type.name) ? [] : [type.name]
  if (!(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))) return own
  const fields = Object.values(type.getFields()).filter(({ description }) => !description)
  return [...own, ...fields.map(({ name }) => `${type.name}.${name}`)]
}

function isBuiltIn(name: string): boolean {
  return ['Boolean', 'Float', 'ID', 'Int', 'String'].includes(name)
}
