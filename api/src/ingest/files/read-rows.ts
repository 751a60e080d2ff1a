import { toAccount } from '../sources/csv/account.ts'
import type { CsvKind, Row } from '../sources/csv/fields.ts'
import type { Mapping } from '../sources/csv/mapping.ts'
import { prepareObserved } from '../sources/csv/observed.ts'
import type { ObservedKind } from '../sources/csv/observed-fields.ts'
import {
  type Prepared,
  prepareAccount,
  prepareSeats,
  prepareSubscription,
  prepareUsage,
} from '../sources/csv/prepare.ts'
import type { CellProblem } from '../sources/csv/problem.ts'
import { rowReader } from '../sources/csv/row-reader.ts'
import { toSubscription } from '../sources/csv/subscription.ts'

/** Which accounts and subscriptions rows may refer to: those known before, and those read so far. */
export type References = { accounts: Set<string>; accountOf: Map<string, string> }

/** What a row says, the row itself last; or what is wrong with it. */
export type RowResult = Prepared[] | { problems: CellProblem[] }

export type RowContext = {
  mapping: Mapping
  timeZone: string
  header: readonly string[]
  file: string
  references: References
}

/** Reader of the rows of one file. */
export function readerOf(kind: CsvKind, context: RowContext): (cells: readonly string[]) => RowResult {
  switch (kind) {
    case 'accounts':
      return accounts(context)
    case 'subscriptions':
      return subscriptions(context)
    case 'usage':
      return usage(context)
    case 'seats':
      return seats(context)
    default:
      return observations(kind, context)
  }
}

function accounts(context: RowContext) {
  const reader = rowReader({ kind: 'accounts', ...context })
  return (cells: readonly string[]): RowResult => {
    const read = reader.read(cells)
    return 'problems' in read ? read : [prepareAccount(toAccount(read.row, read.attributes), context.timeZone)]
  }
}

function subscriptions(context: RowContext) {
  const { mapping, timeZone } = context
  const reader = rowReader({ kind: 'subscriptions', ...context })
  return (cells: readonly string[]): RowResult => {
    const read = reader.read(cells)
    if ('problems' in read) return read
    const stranger = unknownAccount(read.row.account, reader.columnOf('account'), context)
    if (stranger) return { problems: [stranger] }
    const subscription = toSubscription(read.row, { mapping, timeZone, columnOf: reader.columnOf })
    return 'expected' in subscription
      ? { problems: [subscription] }
      : prepareSubscription(subscription, mapping, timeZone)
  }
}

function seats(context: RowContext) {
  const reader = rowReader({ kind: 'seats', ...context })
  return (cells: readonly string[]): RowResult => {
    const read = reader.read(cells)
    if ('problems' in read) return read
    const { row } = read
    if (row.assigned === undefined && row.active === undefined) {
      return {
        problems: [{ column: reader.columnOf('active'), value: '', expected: 'assigned or active seats, or both' }],
      }
    }
    const stranger = unknownAccount(row.account, reader.columnOf('account'), context)
    return stranger ? { problems: [stranger] } : [prepareSeats(row, context.timeZone)]
  }
}

function observations<K extends ObservedKind>(kind: K, context: RowContext) {
  const { mapping, timeZone } = context
  const reader = rowReader({ kind, ...context })
  const columnOf = (field: string) => reader.columnOf(field as keyof Row<K> & string) // fields of every kind that has them
  return (cells: readonly string[]): RowResult => {
    const read = reader.read(cells)
    if ('problems' in read) return read
    const prepared = prepareObserved(kind, read.row, { attributes: read.attributes, mapping, timeZone, columnOf })
    if ('expected' in prepared) return { problems: [prepared] }
    const { account } = prepared
    const stranger = account === null ? null : unknownAccount(account, columnOf('account'), context)
    return stranger ? { problems: [stranger] } : [prepared]
  }
}

function usage(context: RowContext) {
  const { timeZone, references } = context
  const reader = rowReader({ kind: 'usage', ...context })
  return (cells: readonly string[]): RowResult => {
    const read = reader.read(cells)
    if ('problems' in read) return read
    const { row } = read
    if (row.account !== undefined) {
      const stranger = unknownAccount(row.account, reader.columnOf('account'), context)
      return stranger ? { problems: [stranger] } : [prepareUsage({ row, account: row.account }, timeZone)]
    }
    if (row.subscription === undefined)
      return { problems: [{ column: null, value: null, expected: 'an account or a subscription' }] }
    const account = references.accountOf.get(row.subscription)
    if (account !== undefined) return [prepareUsage({ row, account }, timeZone)]
    const expected = 'a subscription of the subscriptions file, or one imported before'
    return { problems: [{ column: reader.columnOf('subscription'), value: row.subscription, expected }] }
  }
}

/** Where the mapping has no accounts file, accounts come into being with their first row, under their id. */
function unknownAccount(account: string, column: string, { mapping, references }: RowContext): CellProblem | null {
  if (mapping.accounts === undefined || references.accounts.has(account)) return null
  return { column, value: account, expected: 'an account of the accounts file, or one imported before' }
}
