import { BIGINT, DuckDBDataChunk, DuckDBInstance, INTEGER, TINYINT } from '@duckdb/node-api'
import type { Points } from './large-tenant.ts'

const ROWS = 2_048
/** Every cell as it is compared: whole numbers as text. */
export type Rows = string[][]

export type Duck = { ask: (sql: string) => Promise<Rows>; close: () => void }

/** The same change points in DuckDB, in the order of accounts and months in which the store has them. */
export async function duckOf(points: Points): Promise<Duck> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(
    'CREATE TABLE change (account INTEGER, month INTEGER, plan TINYINT, region TINYINT, strategy TINYINT, amount BIGINT, seats INTEGER)',
  )
  const appender = await connection.createAppender('change')
  const chunk = DuckDBDataChunk.create([INTEGER, INTEGER, TINYINT, TINYINT, TINYINT, BIGINT, INTEGER])
  for (let start = 0; start < points.count; start += ROWS) {
    const part = (column: number[]) => column.slice(start, start + ROWS)
    chunk.setColumns([
      part(points.account),
      part(points.month),
      part(points.plan),
      part(points.region),
      part(points.strategy),
      part(points.amount).map(BigInt),
      part(points.seats),
    ])
    appender.appendDataChunk(chunk)
    chunk.reset()
  }
  appender.closeSync()
  return {
    ask: async (sql) => (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(String)),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
