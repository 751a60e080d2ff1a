import { z } from 'zod'
import { ITEM_KINDS } from '../../event.ts'
import { DATE_FORMATS } from './convert/moment.ts'
import { CSV_KINDS, type CsvKind, FIELDS } from './fields.ts'
import { MappingError } from './mapping-error.ts'
import { OBSERVED_KINDS, type ObservedKind } from './observed-fields.ts'

const origins = ['column', 'constant', 'template', 'firstOf'] as const
const dates = z
  .array(z.enum(DATE_FORMATS))
  .min(1)
  .refine((formats) => !(formats.includes('M/D/YYYY') && formats.includes('D/M/YYYY')), {
    error: 'M/D/YYYY and D/M/YYYY cannot both be read: 3/4/2024 would mean two things',
  })
const numbers = z
  .strictObject({ decimal: z.enum(['.', ',']).optional(), thousands: z.enum([',', '.', ' ', "'"]).optional() })
  .refine(({ decimal = '.', thousands }) => decimal !== thousands, {
    error: 'the decimal sign and the thousands separator must differ',
  })

/** Where a field comes from: "column_name", or an object that says more. */
const origin = z.preprocess(
  (value) => (typeof value === 'string' ? { column: value } : value),
  z
    .strictObject({
      /** Name in the header. */
      column: z.string().min(1).optional(),
      /** The same for every row. */
      constant: z.string().min(1).optional(),
      /** Text with {column_name} in it. */
      template: z.string().min(1).optional(),
      /** Columns of which the first that is not empty counts; those that the file lacks are passed over. */
      firstOf: z.array(z.string().min(1)).min(2).optional(),
      /** Cell texts that stand for others, before anything is read: { "9999-12-31": "" }. */
      values: z.record(z.string(), z.string()).optional(),
      /** Read instead of an empty cell. */
      default: z.string().min(1).optional(),
      /** The column may be absent from the file. */
      optional: z.boolean().optional(),
      dates: dates.optional(),
      numbers: numbers.optional(),
      /** Amounts only: whether 12.50 is twelve and a half (MAJOR, the default) or cents (MINOR). */
      unit: z.enum(['MAJOR', 'MINOR']).optional(),
      /** Amounts of subscriptions only: for all seats together (SUBSCRIPTION, the default) or for each (SEAT). */
      per: z.enum(['SUBSCRIPTION', 'SEAT']).optional(),
    })
    .refine((value) => origins.filter((key) => value[key] !== undefined).length === 1, {
      error: 'say exactly one of column, constant, template and firstOf',
    }),
)
export type Origin = z.infer<typeof origin>

function columnsOf(kind: CsvKind) {
  const shape = Object.entries(FIELDS[kind]).map(([field, rule]) => [
    field,
    rule.isRequired ? origin : origin.optional(),
  ])
  // The shape is built from FIELDS, so its keys are that kind's fields.
  return z.strictObject(Object.fromEntries(shape) as Record<string, z.ZodOptional<typeof origin>>)
}

const file = z.string().min(1)
const attributes = z.record(z.string().min(1).max(100), origin).optional()
const observed = <K extends ObservedKind>(kind: K) =>
  z.strictObject({ file, columns: columnsOf(kind), attributes }).optional()
const plan = z.strictObject({
  product: z.string().min(1).max(100).optional(),
  plan: z.string().min(1).max(100).optional(),
  rank: z.int(),
  kind: z.enum(ITEM_KINDS).optional(),
})

const mapping = z
  .strictObject({
    /** Also the name of the source, unless one is given. */
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/, 'use lower-case letters, digits and hyphens, at most 39'),
    /** Last day on which the files are complete. */
    through: z.iso.date().optional(),
    delimiter: z.enum([',', ';', '\t', '|']).optional(),
    dates: dates.optional(),
    numbers: numbers.optional(),
    accounts: z
      .strictObject({
        file,
        columns: columnsOf('accounts'),
        attributes,
      })
      .optional(),
    subscriptions: z
      .strictObject({ file, columns: columnsOf('subscriptions'), plans: z.record(z.string(), plan).optional() })
      .optional(),
    usage: z
      .strictObject({ file, columns: columnsOf('usage') })
      .refine(({ columns }) => columns['account'] !== undefined || columns['subscription'] !== undefined, {
        path: ['columns'],
        error: 'say where account or subscription comes from',
      })
      .optional(),
    seats: z.strictObject({ file, columns: columnsOf('seats') }).optional(),
    entitlements: observed('entitlements'),
    features: observed('features'),
    integrations: observed('integrations'),
    contacts: observed('contacts'),
    satisfaction: observed('satisfaction'),
    tickets: observed('tickets'),
    spend: observed('spend'),
    'invoice-lines': observed('invoice-lines'),
  })
  .refine((value) => CSV_KINDS.some((kind) => value[kind] !== undefined), {
    error: `describe at least one of ${CSV_KINDS.join(', ')}`,
  })

/** How the files of one system become accounts, subscriptions and usage. */
export type Mapping = z.infer<typeof mapping>

/** Checks a mapping; `where` names it in messages, which give the JSON path of every fault. */
export function parseMapping(value: unknown, where: string): Mapping {
  const result = mapping.safeParse(value)
  if (result.success) return result.data
  throw new MappingError(result.error.issues.map((issue) => `${where}: ${describe(issue, value)}`).join('\n'))
}

/** Checks the text of a mapping file. */
export function parseMappingText(text: string, where: string): Mapping {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new MappingError(`${where}: not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  return parseMapping(value, where)
}

function describe(issue: z.core.$ZodIssue, value: unknown): string {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .map((key) => `${[...path, key].join('.')}: unknown key; known here: ${knownKeys(path).join(', ')}`)
      .join('\n')
  }
  const at = path.length === 0 ? '(top level)' : path.join('.')
  return issue.code === 'invalid_type' && valueAt(value, issue.path) === undefined
    ? `${at}: missing`
    : `${at}: ${issue.message}`
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], value)
}

function knownKeys(path: readonly string[]): string[] {
  const [kind, part, ...rest] = path
  if (kind === undefined) return Object.keys(mapping.shape)
  if (kind === 'numbers') return ['decimal', 'thousands']
  if (part === undefined)
    return [
      'file',
      'columns',
      ...(kind === 'accounts' || OBSERVED_KINDS.some((each) => each === kind)
        ? ['attributes']
        : kind === 'subscriptions'
          ? ['plans']
          : []),
    ]
  if (part === 'plans') return Object.keys(plan.shape)
  if (part === 'columns' && rest.length === 0) return Object.keys(FIELDS[kind as CsvKind]) // the path holds kinds only
  if (rest.at(-1) === 'numbers') return ['decimal', 'thousands']
  return [...origins, 'values', 'default', 'optional', 'dates', 'numbers', 'unit', 'per']
}
