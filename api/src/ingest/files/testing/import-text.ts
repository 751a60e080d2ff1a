import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '@nobishiro/prisma'
import type { Mapping } from '../../sources/csv/mapping.ts'
import { PRESETS } from '../../sources/csv/presets.ts'
import { findFiles } from '../find-files.ts'
import { importFiles } from '../import-files.ts'
import type { ImportReport } from '../report.ts'
import type { ImportDependencies, ImportRequest } from '../run.ts'

/** Files for a test, by name; resolves to their directory. */
export async function writeFiles(files: Record<string, string | Buffer>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'nobishiro-import-'))
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content)
  return directory
}

/** Imports a directory with a preset into the tenant "acme", all or nothing unless said. */
export async function importDirectory(
  db: Database,
  directory: string,
  {
    mapping = 'csv',
    now = '2026-11-22T00:00:00Z',
    onProgress,
    ...options
  }: Pick<ImportDependencies, 'onProgress'> & { mapping?: string | Mapping; now?: string } & Partial<
      Omit<ImportRequest, 'mapping'>
    > = {},
): Promise<ImportReport> {
  const found = typeof mapping === 'string' ? PRESETS[mapping] : mapping
  if (!found) throw new Error(`There is no preset "${mapping}".`)
  const files = await findFiles(directory, found)
  return importFiles(
    { db, clock: () => new Date(now), ...(onProgress && { onProgress }) },
    {
      ...{
        tenantId: 'acme',
        source: found.name,
        mapping: found,
        files,
        through: found.through ?? null,
        dryRun: false,
        acceptValid: false,
      },
      ...options,
    },
  )
}

/** Imports files given as text. */
export async function importText(
  db: Database,
  files: Record<string, string | Buffer>,
  options: Parameters<typeof importDirectory>[2] = {},
): Promise<ImportReport> {
  return importDirectory(db, await writeFiles(files), options)
}

export async function createTenant(db: Database, id = 'acme', timeZone = 'Asia/Tokyo'): Promise<void> {
  await db.withTenant({ tenantId: id, viewer: 'TENANT' }, (tx) =>
    tx.tenant.create({ data: { id, name: id, timeZone, currency: 'USD' } }),
  )
}
