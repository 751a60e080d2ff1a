import { readerOf } from '../ingest/files/read-rows.ts'
import { splitFields } from '../ingest/files/split-fields.ts'
import type { Received } from '../ingest/received.ts'
import { DEFAULT_MAPPING } from '../ingest/sources/csv/default-mapping.ts'

const COLUMNS = ['subscription', 'account', 'start', 'end', 'amount', 'currency', 'seats', 'product', 'plan']
const AT = '2026-11-01T00:00:00.000Z'
const PLANS = 12

/** Rows number `from` to `from + events` of a subscriptions file: each customer's subscription follows the one before. */
export function csvRows({ accounts, events, from }: { accounts: number; events: number; from: number }): Buffer[] {
  return Array.from({ length: events }, (_, index) => {
    const number = from + index
    const account = number % accounts
    const turn = Math.floor(number / accounts)
    const plan = (account + Math.floor(turn / 3)) % PLANS
    const month = (first: number) => new Date(Date.UTC(2024, first, 1 + (account % 28))).toISOString().slice(0, 10)
    const seats = 1 + ((account * 7 + turn * 3) % 40)
    const amount = (seats * (1_000 + plan * 250)) / 100
    const cells = [`sub_${account}_${turn}`, `cus_${account}`, month(turn), month(turn + 1), amount, 'USD', seats]
    return Buffer.from([...cells, `prod_${plan % 4}`, `Plan ${plan}`].join(','))
  })
}

/** Reads rows as an import does; what they bring along of products and prices is told once. */
export function csvRowReader(): (rows: readonly Buffer[]) => Received[] {
  const references = { accounts: new Set<string>(), accountOf: new Map<string, string>() }
  const mapping = { ...DEFAULT_MAPPING, accounts: undefined }
  const context = { mapping, timeZone: 'UTC', header: COLUMNS, file: 'subscriptions.csv', references }
  const read = readerOf('subscriptions', context)
  const told = new Set<string>()
  return (rows) => {
    const records = splitFields(
      rows.map((bytes, line) => ({ line, bytes })),
      ',',
      COLUMNS,
    )
    return records.flatMap((record) => {
      const prepared = 'problems' in record ? record : read(record.cells)
      if ('problems' in prepared) throw new Error(`Row ${record.line} cannot be read: ${JSON.stringify(prepared)}`)
      return prepared
        .filter(({ externalId }) => !told.has(externalId) && told.add(externalId))
        .map(({ externalId, kind, account, raw, happenedAt, events }) => {
          return { externalId, kind, raw, account, eventTime: happenedAt(AT) ?? AT, events: events(AT) }
        })
    })
  }
}
