import { z } from 'zod'
import { ExpectedError } from '../shared/errors.ts'

/** Moves when a reader of the version before could not read what is written. */
export const FORMAT_VERSION = 1

const hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')
const count = z.int().nonnegative()

const manifest = z.strictObject({
  type: z.literal('manifest'),
  format: z.literal('nobishiro-backup'),
  formatVersion: z.literal(FORMAT_VERSION),
  createdAt: z.iso.datetime(),
  /** What made the tables that it is of. */
  migrations: z.array(z.string()),
  tables: z.array(z.strictObject({ name: z.string(), columns: z.array(z.string()) })),
})
const tenant = z.strictObject({ type: z.literal('tenant'), id: z.string(), ledgerHash: hex })
/** Lines of rows follow. */
const table = z.strictObject({ type: z.literal('table'), name: z.string() })
/** The digest is of every byte before this line. */
const end = z.strictObject({ type: z.literal('end'), tenants: count, rows: count, sha256: hex })

export type Manifest = z.infer<typeof manifest>
export type End = z.infer<typeof end>
/** A line that says what the lines of rows after it are of. A line of rows is a JSON list, read by the database alone. */
export type Heading = Manifest | z.infer<typeof tenant> | z.infer<typeof table> | End

const heading = z.discriminatedUnion('type', [manifest, tenant, table, end])

export const isRows = (line: string): boolean => line.startsWith('[')

/** What a line that is not of rows says, or what is wrong with it, and where. */
export function readHeading(text: string, line: number): Heading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw damaged(line, `expected a JSON object, found ${JSON.stringify(text.slice(0, 60))}`)
  }
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion
  if (typeof version === 'number' && version !== FORMAT_VERSION)
    throw refused(`is of format version ${version}; this release reads version ${FORMAT_VERSION}`)
  const result = heading.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw damaged(line, `${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'not understood'}`)
}

export const damaged = (line: number, what: string): ExpectedError => refused(`is damaged, line ${line}: ${what}`)

export const refused = (what: string): ExpectedError =>
  new ExpectedError('CONFLICT', `The back-up ${what}. Nothing was restored.`)
