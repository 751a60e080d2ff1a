import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { schema } from './schema.ts'

/** The contract in its one order. */
export function printContract(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`
}

const CONTRACT = new URL('../../schema.graphql', import.meta.url)

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(CONTRACT, printContract())
