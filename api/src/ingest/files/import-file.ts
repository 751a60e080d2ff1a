import { FileError } from '../sources/csv/file-error.ts'
import type { Mapping } from '../sources/csv/mapping.ts'
import type { Prepared } from '../sources/csv/prepare.ts'
import type { CellProblem } from '../sources/csv/problem.ts'
import { unreadColumns } from '../sources/csv/unread-columns.ts'
import type { FoundFile } from './find-files.ts'
import { readCsv } from './read-csv.ts'
import { readerOf } from './read-rows.ts'
import { openRejects, type Rejects } from './rejects.ts'
import { type FileReport, MOST_PROBLEMS, noCounts } from './report.ts'
import type { Run } from './run.ts'
import { repeated } from './versions.ts'
import { writeRows } from './write-rows.ts'

/** Reads one file, stages what is new in it, and counts. */
export async function importFile(run: Run, mapping: Mapping, file: FoundFile): Promise<FileReport> {
  const report: FileReport = { kind: file.kind, file: file.name, ...noCounts(), rejectsFile: null, unreadColumns: [] }
  let rejects: Rejects | null = null
  try {
    const { acceptValid, dryRun } = run.request
    const delimiter = mapping.delimiter ?? ','
    const csv = await readCsv(file.chunks ?? file.path, { name: file.name, delimiter })
    report.unreadColumns = unreadColumns(mapping, file.kind, csv.header)
    const context = { mapping, timeZone: run.timeZone, header: csv.header, file: file.name, references: run.references }
    const read = readerOf(file.kind, context)
    const rejectsPath = acceptValid ? acceptValid.rejectsPath : null
    if (rejectsPath && !dryRun) {
      rejects = openRejects(rejectsPath(file), { file: file.name, headerBytes: csv.headerBytes, delimiter })
    }
    for await (const batch of csv.batches) {
      const sound: Prepared[][] = []
      for (const record of batch) {
        const result = 'problems' in record ? record : read(record.cells)
        const verdict =
          'problems' in result ? result.problems : enter(run, result, { file: file.name, line: record.line })
        if (verdict === 'AGAIN') report.unchanged += 1
        else if (verdict === 'FIRST' && !('problems' in result)) sound.push(result)
        else if (verdict !== 'FIRST') {
          report.rejected += 1
          refuse(run, { file: file.name, line: record.line }, verdict)
          await rejects?.add(record, verdict)
        }
      }
      report.rows += batch.length
      await writeRows(run, sound, report)
      run.dependencies.onProgress?.({ file: file.name, rows: report.rows })
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    // Without the file the import is not what was asked for, whatever else is accepted.
    run.isRefused = true
    run.problemCount += error.problems.length
    run.problems.push(...error.problems)
  }
  report.rejectsFile = (await rejects?.close()) ?? null
  return report
}

/** Notes what a sound row is about, so that later rows can refer to it. */
function enter(run: Run, row: Prepared[], place: { file: string; line: number }): 'FIRST' | 'AGAIN' | CellProblem[] {
  const own = row.at(-1)
  // Usage rows are facts of their own: the same id with other values is another fact.
  if (!own || own.kind === 'usage') return 'FIRST'
  const verdict = repeated(own, run.seen, place)
  if (typeof verdict !== 'string') return [verdict]
  if (own.account !== null) run.references.accounts.add(own.account)
  if (own.account !== null && own.kind === 'subscriptions') run.references.accountOf.set(own.id, own.account)
  return verdict
}

function refuse(run: Run, place: { file: string; line: number }, problems: readonly CellProblem[]): void {
  run.isRefused ||= run.request.acceptValid === false
  run.problemCount += problems.length
  for (const problem of problems) {
    if (run.problems.length < MOST_PROBLEMS) run.problems.push({ ...place, ...problem })
  }
}
