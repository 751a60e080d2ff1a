import type { Database } from '@nobishiro/prisma'
import type { Mapping } from '../sources/csv/mapping.ts'
import type { Problem } from '../sources/csv/problem.ts'
import type { FoundFile } from './find-files.ts'
import type { Known } from './known.ts'
import type { References } from './read-rows.ts'
import type { Staging } from './staging.ts'
import type { Seen } from './versions.ts'

/** Where an import goes, and what it may do. */
export type ImportTarget = {
  tenantId: string
  source: string
  /** What the source is connected to; CSV unless said. */
  kind?: 'CSV' | 'CHARTMOGUL'
  /** Files beside them that nothing is read of. */
  unreadFiles?: readonly string[]
  /** The source is complete up to the end of this day. */
  through: string | null
  /** Check everything, write nothing. */
  dryRun: boolean
  /** Import the sound rows although others are refused; those go to the file that this names, or to the report alone. */
  acceptValid: false | { rejectsPath: ((file: FoundFile) => string) | null }
}

export type ImportRequest = ImportTarget & { mapping: Mapping; files: readonly FoundFile[] }

export type ImportDependencies = {
  db: Database
  clock: () => Date
  onProgress?: (progress: { file: string; rows: number }) => void
}

/** An import under way. */
export type Run = {
  dependencies: ImportDependencies
  request: ImportTarget
  /** Other rows than those of accounts, which have dates. */
  isDated: boolean
  importId: string
  timeZone: string
  /** Time of the import, after everything that the source said before. */
  at: string
  known: Known
  references: References
  seen: Seen
  /** Absent in a dry run. */
  staging: Staging | null
  /** Ids that would have been staged, while nothing is. */
  wouldStage: Set<string>
  /** Products and prices that are new, or that the mapping now places otherwise. */
  catalogueChanges: number
  problemCount: number
  problems: Problem[]
  isRefused: boolean
}
