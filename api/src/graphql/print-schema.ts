import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { schema } from './schema.ts'

/** Where the checked-in contract lies. */
export const CONTRACT = fileURLToPath(new URL('../../schema.graphql', import.meta.url))

/** The contract in its one order. */
export function printContract(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(CONTRACT, printContract())
