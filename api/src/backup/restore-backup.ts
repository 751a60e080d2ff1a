import type { Database, WholeWriter } from '@nobishiro/prisma'
import { ledgerHash } from '../ledger/hash.ts'
import { ExpectedError } from '../shared/errors.ts'
import { checkBackup } from './check-backup.ts'
import { damaged, type End, isRows, type Manifest, readHeading, refused } from './format.ts'
import { readLines } from './read-lines.ts'
import type { Progress } from './write-backup.ts'

export type RestoredBackup = { tenants: { id: string; ledgerHash: string }[]; rows: number; createdAt: string }

/**
 * Restores a back-up into an empty database, in one transaction: when the file is cut, altered or unknown, or any ledger comes out otherwise than
 * it was, nothing is left.
 */
export async function restoreBackup(
  db: Database,
  path: string,
  { onProgress = () => {} }: { onProgress?: (progress: Progress) => void } = {},
): Promise<RestoredBackup> {
  const { manifest, end } = await checkBackup(path)
  return db.writeWhole(async (whole) => {
    checkTarget(whole, manifest)
    const restored = await fill(whole, path, onProgress)
    if (restored.sha256 !== end.sha256) throw refused('changed while it was read')
    const { tenants, rows } = restored
    if (tenants.length !== end.tenants || rows !== end.rows)
      throw refused(`promises ${end.rows} rows of ${end.tenants} tenants, found ${rows} of ${tenants.length}`)
    for (const { id, ledgerHash: promised } of tenants) {
      const hash = await whole.inside(id, (tx) => ledgerHash(tx, id))
      if (hash !== promised)
        throw refused(
          `gives another ledger of tenant ${id} than it was made of (backed up ${promised}, restored ${hash})`,
        )
    }
    return { tenants, rows, createdAt: manifest.createdAt }
  })
}

function checkTarget({ tenants, migrations, tables }: WholeWriter, manifest: Manifest): void {
  if (tenants > 0)
    throw new ExpectedError(
      'CONFLICT',
      `The database is not empty: it has ${tenants} tenants. A back-up goes into an empty one: name another in DATABASE_URL or NOBISHIRO_DATA_DIR.`,
    )
  const missing = manifest.migrations.find((name) => !migrations.includes(name))
  if (missing) throw refused(`is of a newer release: this one does not know its migration ${missing}`)
  const later = migrations.find((name) => !manifest.migrations.includes(name))
  if (later)
    throw refused(
      `is of an older release, before the migration ${later}: restore it with the release that made it, then start the newer one, which brings it up to date`,
    )
  const known = new Map(tables.map(({ name, columns }) => [name, columns.join()]))
  const other = manifest.tables.find(({ name, columns }) => known.get(name) !== columns.join())
  if (other) throw refused(`has other columns of the table ${other.name} than this database`)
}

type Filled = { tenants: { id: string; ledgerHash: string }[]; rows: number; sha256: End['sha256'] }

async function fill(whole: WholeWriter, path: string, onProgress: (progress: Progress) => void): Promise<Filled> {
  const filled: Filled = { tenants: [], rows: 0, sha256: '' }
  const lines = readLines(path)
  const next = async () => (await lines.next()).value
  try {
    await next() // the manifest, which was checked
    let heading = await next()
    while (heading) {
      const said = readHeading(heading.text, heading.line)
      if (said.type === 'end') return { ...filled, sha256: heading.sha256Before() }
      if (said.type !== 'tenant') throw damaged(heading.line, `expected a tenant, found ${said.type}`)
      filled.tenants.push({ id: said.id, ledgerHash: said.ledgerHash })
      heading = await whole.inside(said.id, () => fillTenant(said.id))
    }
    throw refused('is cut off')
  } finally {
    await lines.return(undefined)
  }

  /** Until a heading that is none of the tenant's. */
  async function fillTenant(tenant: string) {
    for (let heading = await next(); ; ) {
      if (!heading) return undefined
      const said = readHeading(heading.text, heading.line)
      if (said.type !== 'table') return heading
      const table = whole.tables.find(({ name }) => name === said.name)
      if (!table) throw damaged(heading.line, `there is no table ${said.name}`)
      let rows = 0
      for (heading = await next(); heading && isRows(heading.text); heading = await next()) {
        rows += await written(table, heading.text, heading.line)
        onProgress({ tenant, table: table.name, rows })
      }
      filled.rows += rows
    }
  }

  async function written(table: WholeWriter['tables'][number], text: string, line: number): Promise<number> {
    try {
      return await whole.write(table, text)
    } catch (error) {
      throw damaged(
        line,
        `rows of ${table.name} are refused: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }
}
