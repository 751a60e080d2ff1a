import { OBSERVED_FIELDS, OBSERVED_KINDS } from './observed-fields.ts'

/** What a CSV file can hold. Files are read in this order: later kinds refer to earlier ones. */
export const CSV_KINDS = ['accounts', 'subscriptions', 'usage', 'seats', ...OBSERVED_KINDS] as const
export type CsvKind = (typeof CSV_KINDS)[number]

/** How a cell is read. */
export type FieldType =
  | 'id'
  | 'label'
  | 'text'
  | 'day'
  | 'moment'
  | 'boolean'
  | 'count'
  | 'decimal'
  | 'quantity'
  | 'currency'
  | 'interval'
  | 'status'
  | 'aggregation'
  | 'month'

type FieldRule = { type: FieldType; isRequired: boolean }
const required = <T extends FieldType>(type: T) => ({ type, isRequired: true }) as const
const optional = <T extends FieldType>(type: T) => ({ type, isRequired: false }) as const

/** The fields of every kind; a mapping says which column each comes from. */
export const FIELDS = {
  accounts: {
    account: required('id'),
    name: optional('text'),
    region: optional('label'),
    parent: optional('id'),
    partner: optional('label'),
    signedUpOn: optional('day'),
  },
  subscriptions: {
    subscription: required('id'),
    account: required('id'),
    start: required('moment'),
    end: optional('moment'),
    amount: required('decimal'),
    currency: required('currency'),
    interval: optional('interval'),
    intervalCount: optional('count'),
    seats: optional('count'),
    product: optional('label'),
    plan: optional('label'),
    region: optional('label'),
    trial: optional('boolean'),
    trialEnd: optional('moment'),
    pausedOn: optional('moment'),
    resumedOn: optional('moment'),
    status: optional('status'),
    meter: optional('label'),
    unitPrice: optional('decimal'),
    included: optional('count'),
    minimum: optional('decimal'),
    aggregation: optional('aggregation'),
  },
  usage: {
    usage: optional('id'),
    account: optional('id'),
    subscription: optional('id'),
    metric: required('label'),
    day: required('day'),
    quantity: required('quantity'),
  },
  seats: {
    account: required('id'),
    day: required('day'),
    assigned: optional('count'),
    active: optional('count'),
  },
  ...OBSERVED_FIELDS,
} as const satisfies Record<CsvKind, Record<string, FieldRule>>

type Fields = typeof FIELDS
type ValueOf<R extends FieldRule> = R['type'] extends 'boolean' ? boolean : R['type'] extends 'count' ? number : string

/** The values of one row, read and in canonical spelling; an empty optional cell is absent. */
export type Row<K extends CsvKind> = {
  [F in keyof Fields[K] as Fields[K][F] extends { isRequired: true } ? F : never]: ValueOf<Fields[K][F] & FieldRule>
} & {
  [F in keyof Fields[K] as Fields[K][F] extends { isRequired: true } ? never : F]?: ValueOf<Fields[K][F] & FieldRule>
}

export const fieldNames = (kind: CsvKind): string[] => Object.keys(FIELDS[kind])
export const fieldRule = (kind: CsvKind, field: string): FieldRule | undefined =>
  (FIELDS[kind] as Record<string, FieldRule>)[field]
