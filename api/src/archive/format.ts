import { z } from 'zod'
import { ExpectedError } from '../shared/errors.ts'

/** Moves when a reader of the version before could not read what is written. */
export const FORMAT_VERSION = 3

const instant = z.iso.datetime()
const count = z.int().nonnegative()
const hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')

const manifest = z.strictObject({
  type: z.literal('manifest'),
  format: z.literal('nobishiro-archive'),
  formatVersion: z.literal([1, 2, FORMAT_VERSION]),
  exportedAt: instant,
  tenant: z.strictObject({
    id: z.string(),
    name: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    /** Version 1 knows calendar years alone. */
    fiscalYearStart: z.int().min(1).max(12).default(1),
    /** Versions 1 and 2 know no retention. */
    rawKeptDays: z.int().positive().nullable().default(null),
  }),
  counts: z.strictObject({ source: count, mapping: count, inbox: count, conflict: count }),
  ledgerHash: hex,
})

const source = z.strictObject({
  type: z.literal('source'),
  name: z.string(),
  kind: z.string(),
  through: z.iso.date().nullable(),
  lastEventAt: instant.nullable(),
  createdAt: instant,
})

const mapping = z.strictObject({
  type: z.literal('mapping'),
  source: z.string(),
  price: z.string(),
  sourceProduct: z.string(),
  nickname: z.string().nullable(),
  lookupKey: z.string().nullable(),
  currency: z.string(),
  pricing: z.record(z.string(), z.unknown()),
  kind: z.string(),
  product: z.strictObject({ id: z.string(), name: z.string() }),
  plan: z.strictObject({ id: z.string(), name: z.string(), rank: z.int() }),
})

/** Of what is reduced no body is archived: it is the events. Versions 1 and 2 know bodies as received alone. */
const body = { sha256: hex, raw: z.base64(), receivedAt: instant, reducedAt: instant.nullable().default(null) }
const inbox = z.strictObject({
  type: z.literal('inbox'),
  source: z.string(),
  externalId: z.string(),
  kind: z.string(),
  accountId: z.string().nullable(),
  events: z.array(z.record(z.string(), z.unknown())),
  eventTime: instant,
  folds: z.boolean(),
  status: z.enum(['POSTED', 'IGNORED', 'QUARANTINED']),
  reason: z.string().nullable(),
  importId: z.string().nullable(),
  ...body,
})

const conflict = z.strictObject({
  type: z.literal('conflict'),
  source: z.string(),
  externalId: z.string(),
  kind: z.string().nullable(),
  account: z.string().nullable(),
  events: z.array(z.record(z.string(), z.unknown())).nullable(),
  eventTime: instant.nullable(),
  ignored: z.string().nullable(),
  resolution: z.enum(['FIRST', 'SECOND']).nullable(),
  resolvedAt: instant.nullable(),
  reason: z.string().nullable(),
  keptAs: z.string().nullable(),
  ...body,
})

const end = z.strictObject({ type: z.literal('end') })

export type Manifest = z.infer<typeof manifest>
export type SourceRecord = z.infer<typeof source>
export type MappingRecord = z.infer<typeof mapping>
export type InboxRecord = z.infer<typeof inbox>
export type ConflictRecord = z.infer<typeof conflict>
export type ArchiveRecord = Manifest | SourceRecord | MappingRecord | InboxRecord | ConflictRecord | z.infer<typeof end>

const record = z.discriminatedUnion('type', [manifest, source, mapping, inbox, conflict, end])

/** One line of an archive. Says what is wrong, and on which line. */
export function readRecord(text: string, line: number): ArchiveRecord {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw damaged(line, `expected a JSON object, found ${JSON.stringify(text.slice(0, 60))}`)
  }
  const result = record.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw damaged(line, `${issue?.path.join('.') || 'the record'}: ${issue?.message ?? 'not understood'}`)
}

export const damaged = (line: number, what: string): ExpectedError =>
  new ExpectedError('CONFLICT', `The archive cannot be restored, line ${line}: ${what}`)
