import type { Problem } from '../sources/csv/problem.ts'

/** What became of the rows of one file. */
export type Counts = {
  rows: number
  /** Not known before. */
  new: number
  /** Known, and now different: the newer version counts. */
  changed: number
  /** Known and the same. */
  unchanged: number
  rejected: number
}

export type FileReport = Counts & {
  kind: string
  file: string
  rejectsFile: string | null
  /** Columns that the mapping takes nothing from. */
  unreadColumns: string[]
}

export type ImportReport = {
  /** IMPORTED, or nothing new to import, or REFUSED: then nothing was written. */
  outcome: 'IMPORTED' | 'NOTHING_NEW' | 'REFUSED'
  /** Nothing was written: the outcome is what it would be. */
  dryRun: boolean
  importId: string
  tenant: string
  source: string
  through: string | null
  files: FileReport[]
  /** Files beside them that the mapping does not describe. */
  unreadFiles: readonly string[]
  total: Counts
  /** Products and prices that are new, or that the mapping now places otherwise. */
  catalogueChanges: number
  /** Ledger lines appended. */
  linesAppended: number
  problemCount: number
  /** The first ones, at most `MOST_PROBLEMS`. */
  problems: Problem[]
}

export const MOST_PROBLEMS = 1000

export const noCounts = (): Counts => ({ rows: 0, new: 0, changed: 0, unchanged: 0, rejected: 0 })

export function addCounts(parts: readonly Counts[]): Counts {
  const total = noCounts()
  for (const part of parts) {
    for (const key of ['rows', 'new', 'changed', 'unchanged', 'rejected'] as const) total[key] += part[key]
  }
  return total
}
