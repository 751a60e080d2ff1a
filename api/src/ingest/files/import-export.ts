import { readChartmogul } from '../sources/chartmogul/chartmogul.ts'
import { FileError } from '../sources/csv/file-error.ts'
import type { Prepared } from '../sources/csv/prepare.ts'
import type { Problem } from '../sources/csv/problem.ts'
import { importWith } from './import-files.ts'
import { type FoundExport, readExport } from './read-export.ts'
import { type FileReport, type ImportReport, MOST_PROBLEMS, noCounts } from './report.ts'
import type { ImportDependencies, ImportTarget, Run } from './run.ts'
import { writeRows } from './write-rows.ts'

const BATCH = 2_000

/** A ChartMogul export as a whole: its files refer to each other, so nothing of it counts before all of it was read. */
export function importExport(
  dependencies: ImportDependencies,
  request: ImportTarget,
  files: readonly FoundExport[],
): Promise<ImportReport> {
  return importWith(dependencies, { ...request, kind: 'CHARTMOGUL', isDated: true }, async (run) => {
    const { rows, problems, isUnreadable } = await read(files)
    run.isRefused = isUnreadable
    refuse(run, problems)
    const reports: FileReport[] = []
    for (const [kind, group] of byKind(rows)) reports.push(await write(run, kind, group, files))
    const [first] = reports
    if (first) first.rejected = new Set(problems.map(({ file, line, column }) => `${file} ${line ?? column}`)).size
    return reports
  })
}

async function read(
  files: readonly FoundExport[],
): Promise<{ rows: Prepared[][]; problems: Problem[]; isUnreadable: boolean }> {
  try {
    const { records, problems } = await readExport(files)
    const reading = readChartmogul(records)
    return { rows: reading.rows, problems: [...problems, ...reading.problems], isUnreadable: false }
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    return { rows: [], problems: [...error.problems], isUnreadable: true }
  }
}

/** Bad records refuse the export, unless sound ones are accepted without them; a file that cannot be read refuses it in any case. */
function refuse(run: Run, problems: readonly Problem[]): void {
  run.isRefused ||= problems.length > 0 && run.request.acceptValid === false
  run.problemCount += problems.length
  run.problems.push(...problems.slice(0, MOST_PROBLEMS))
}

function byKind(rows: readonly Prepared[][]): Map<string, Prepared[][]> {
  const groups = new Map<string, Prepared[][]>()
  for (const row of rows) {
    const kind = row.at(-1)?.kind ?? ''
    const group = groups.get(kind)
    if (group) group.push(row)
    else groups.set(kind, [row])
  }
  return groups
}

async function write(run: Run, kind: string, rows: Prepared[][], files: readonly FoundExport[]): Promise<FileReport> {
  const file = files.map(({ name }) => name).join(' + ')
  const report: FileReport = { kind, file, ...noCounts(), rejectsFile: null, unreadColumns: [] }
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH)
    report.rows += batch.length
    await writeRows(run, batch, report)
    run.dependencies.onProgress?.({ file: kind, rows: report.rows })
  }
  return report
}
