import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Database, WholeReader } from '@nobishiro/prisma'
import { newFile } from '../archive/new-file.ts'
import { ledgerHash } from '../ledger/hash.ts'
import { FORMAT_VERSION, type Heading } from './format.ts'

/** Told while rows are written or read. */
export type Progress = { tenant: string; table: string; rows: number }

export type BackedUp = { tenants: { id: string; ledgerHash: string }[]; rows: number; bytes: number; createdAt: string }

/** Characters of rows on one line, unless a single row is longer. */
const LONGEST_LINE = 4_000_000

/**
 * Writes the whole database to one file: every row of every tenant, as of one moment, while others go on. Never overwrites; a file that could not
 * be finished is removed.
 */
export async function writeBackup(
  db: Database,
  path: string,
  { clock, onProgress = () => {} }: { clock: () => Date; onProgress?: (progress: Progress) => void },
): Promise<BackedUp> {
  const createdAt = clock().toISOString()
  const done: BackedUp = { tenants: [], rows: 0, bytes: 0, createdAt }
  await newFile(path, (file) =>
    db.readWhole((whole) => pipeline(Readable.from(lines(whole, done, onProgress)), createGzip({ level: 4 }), file)),
  )
  return { ...done, bytes: (await stat(path)).size }
}

async function* lines(
  whole: WholeReader,
  done: BackedUp,
  onProgress: (progress: Progress) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  const line = (text: string): Buffer => {
    const bytes = Buffer.from(`${text}\n`)
    hash.update(bytes)
    return bytes
  }
  const heading = (said: Heading): Buffer => line(JSON.stringify(said))
  const { migrations, tables } = whole
  yield heading({
    type: 'manifest',
    format: 'nobishiro-backup',
    formatVersion: FORMAT_VERSION,
    createdAt: done.createdAt,
    migrations,
    tables: tables.map(({ name, columns }) => ({ name, columns })),
  })
  for (const id of whole.tenants) {
    const tenant = { id, ledgerHash: await whole.inside(id, (tx) => ledgerHash(tx, id)) }
    done.tenants.push(tenant)
    yield heading({ type: 'tenant', ...tenant })
    for (const table of tables) {
      let rows = 0
      for await (const page of whole.rows(table)) {
        if (rows === 0) yield heading({ type: 'table', name: table.name })
        for (const list of inLines(page)) yield line(`[${list.join(',')}]`)
        rows += page.length
        onProgress({ tenant: id, table: table.name, rows })
      }
      done.rows += rows
    }
  }
  const { rows, tenants } = done
  yield heading({ type: 'end', tenants: tenants.length, rows, sha256: hash.copy().digest('hex') })
}

function* inLines(rows: readonly string[]): Generator<string[]> {
  let [list, length]: [string[], number] = [[], 0]
  for (const row of rows) {
    if (list.length > 0 && length + row.length > LONGEST_LINE) {
      yield list
      ;[list, length] = [[], 0]
    }
    list.push(row)
    length += row.length
  }
  yield list
}
