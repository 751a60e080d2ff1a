import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { ExpectedError } from '../../shared/errors.ts'
import { noteRefusal } from '../status.ts'
import { importFile } from './import-file.ts'
import { loadKnown } from './known.ts'
import { addCounts, type FileReport, type ImportReport } from './report.ts'
import type { ImportDependencies, ImportRequest, ImportTarget, Run } from './run.ts'
import { checkTarget, openStaging } from './staging.ts'

/** Imports files all or nothing: one row that cannot be read refuses them all, unless the sound rows are to be accepted without it. */
export function importFiles(dependencies: ImportDependencies, request: ImportRequest): Promise<ImportReport> {
  const isDated = request.files.some(({ kind }) => kind !== 'accounts')
  return importWith(dependencies, { ...request, isDated }, async (run) => {
    const files: FileReport[] = []
    for (const file of request.files) files.push(await importFile(run, request.mapping, file))
    return files
  })
}

/** What `read` stages is published whole, or taken back. */
export async function importWith(
  dependencies: ImportDependencies,
  request: ImportTarget & { isDated: boolean },
  read: (run: Run) => Promise<FileReport[]>,
): Promise<ImportReport> {
  const run = await begin(dependencies, request)
  try {
    const files = await read(run)
    const total = addCounts(files)
    const isNew = total.new + total.changed + run.catalogueChanges > 0
    const linesAppended = await finish(run, isNew)
    return {
      outcome: run.isRefused ? 'REFUSED' : isNew ? 'IMPORTED' : 'NOTHING_NEW',
      dryRun: request.dryRun,
      importId: run.importId,
      tenant: request.tenantId,
      source: request.source,
      through: request.through,
      files,
      unreadFiles: request.unreadFiles ?? [],
      total,
      catalogueChanges: run.catalogueChanges,
      linesAppended,
      problemCount: run.problemCount,
      problems: run.problems,
    }
  } catch (error) {
    await run.staging?.discard()
    throw error
  }
}

async function begin(dependencies: ImportDependencies, request: ImportTarget & { isDated: boolean }): Promise<Run> {
  const { db, clock } = dependencies
  const { tenantId, source, kind = 'CSV', isDated } = request
  const importId = randomUUID()
  const { timeZone } = await checkTarget(db, { tenantId, source, kind })
  const known = await loadKnown(db, request)
  return {
    dependencies,
    request,
    isDated,
    importId,
    timeZone,
    at: timeAfter(known.latest, clock()),
    known,
    references: { accounts: known.accounts, accountOf: known.accountOf },
    seen: new Map(),
    staging: request.dryRun ? null : await openStaging(db, { tenantId, source, clock }, importId, kind),
    wouldStage: new Set(),
    catalogueChanges: 0,
    problemCount: 0,
    problems: [],
    isRefused: false,
  }
}

async function finish(run: Run, isNew: boolean): Promise<number> {
  const { request, staging, isRefused } = run
  if (!staging) return 0
  if (!isRefused && (isNew || request.through !== null)) return (await staging.publish(request.through)).linesAppended
  await staging.discard()
  if (isRefused) await noteRefusedRows(run)
  return 0
}

function noteRefusedRows({
  dependencies: { db, clock },
  request,
  problemCount,
  problems: [first],
}: Run): Promise<void> {
  const where = first ? `, first ${basename(first.file)}:${first.line}` : ''
  const error = new ExpectedError('INVALID_INPUT', `An import was refused: ${problemCount} problems${where}.`)
  return noteRefusal(db, { tenantId: request.tenantId, source: request.source, clock }, error)
}

/** Now; but never before what was said last, whatever the clock did since. */
function timeAfter(latest: string | null, now: Date): string {
  const after = latest === null ? 0 : Date.parse(latest) + 1
  return new Date(Math.max(now.getTime(), after)).toISOString()
}
