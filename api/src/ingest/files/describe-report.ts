import { describeProblem } from '../sources/csv/problem.ts'
import type { Counts, ImportReport } from './report.ts'

const SHOWN = 20

/** What an import did, or would do, for people to read. */
export function describeReport(report: ImportReport): string {
  return [...files(report), ...unread(report), '', ...problems(report), ...outcome(report)].join('\n')
}

function files({ files }: ImportReport): string[] {
  const widest = Math.max(...files.map(({ file }) => file.length))
  return files.map(
    (file) => `${file.file.padEnd(widest)}  ${file.kind.padEnd(13)}  ${rows(file.rows)}: ${counted(file)}`,
  )
}

function unread({ files, unreadFiles }: ImportReport): string[] {
  const columns = files.flatMap(({ file, kind, unreadColumns }) =>
    unreadColumns.length === 0 ? [] : [`Not read of ${file} (${kind}): ${unreadColumns.join(', ')}.`],
  )
  return unreadFiles.length === 0 ? columns : [...columns, `Not read: ${unreadFiles.join(', ')}.`]
}

function problems({ problems, problemCount }: ImportReport): string[] {
  if (problemCount === 0) return []
  const more = problemCount - Math.min(SHOWN, problems.length)
  return [...problems.slice(0, SHOWN).map(describeProblem), ...(more > 0 ? [`… and ${number(more)} more`] : []), '']
}

function outcome(report: ImportReport): string[] {
  const { outcome, dryRun, total, tenant, source, through, files, problemCount } = report
  const dry = dryRun ? ['Dry run: nothing was written.'] : []
  if (outcome === 'REFUSED') {
    const count = `${number(problemCount)} ${problemCount === 1 ? 'problem' : 'problems'}`
    const choice = 'Correct the files and run the command again'
    const valid =
      total.rejected > 0 ? ', or add --accept-valid: it imports the other rows and writes these to a file' : ''
    return [...dry, `Nothing ${dryRun ? 'would be' : 'was'} imported: ${count}. ${choice}${valid}.`]
  }
  const rejects = files.flatMap(({ rejectsFile }) =>
    rejectsFile === null ? [] : [`Rejected rows are in ${rejectsFile}.`],
  )
  const complete = through === null ? [] : [`Complete through ${through}.`]
  if (outcome === 'NOTHING_NEW') {
    return [
      ...dry,
      `Nothing new for tenant ${tenant} from source ${source}: ${counted(total)}.`,
      ...complete,
      ...rejects,
    ]
  }
  const catalogue =
    report.catalogueChanges === 0
      ? ''
      : ` Products and prices: ${number(report.catalogueChanges)} new or placed otherwise.`
  const lines = dryRun ? '' : ` ${number(report.linesAppended)} ledger lines.`
  const verb = dryRun ? 'Would import' : 'Imported'
  return [
    ...dry,
    `${verb} into tenant ${tenant} from source ${source}: ${counted(total)}.${catalogue}${lines}`,
    ...complete,
    ...rejects,
  ]
}

function counted(counts: Counts): string {
  const parts = (['new', 'changed', 'unchanged', 'rejected'] as const).filter((key) => counts[key] > 0)
  return parts.map((key) => `${number(counts[key])} ${key}`).join(', ') || 'no rows'
}

const rows = (count: number) => `${number(count)} ${count === 1 ? 'row' : 'rows'}`
const number = (value: number) => value.toLocaleString('en')
