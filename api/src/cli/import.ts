import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Command, Option } from 'commander'
import { describeReport } from '../ingest/files/describe-report.ts'
import { findFiles, unreadFiles } from '../ingest/files/find-files.ts'
import { importExport } from '../ingest/files/import-export.ts'
import { importFiles } from '../ingest/files/import-files.ts'
import { findExport } from '../ingest/files/read-export.ts'
import type { ImportReport } from '../ingest/files/report.ts'
import type { ImportDependencies, ImportRequest } from '../ingest/files/run.ts'
import { recover } from '../ingest/import-store.ts'
import { CSV_KINDS, type CsvKind } from '../ingest/sources/csv/fields.ts'
import { type Mapping, parseMappingText } from '../ingest/sources/csv/mapping.ts'
import { PRESETS } from '../ingest/sources/csv/presets.ts'
import { SOURCES } from '../ingest/sources/registry.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { CommandDependencies } from './command.ts'
import { tenantOf, wrongUsage } from './house.ts'
import { importStripe } from './import-stripe.ts'
import { showProgress } from './progress.ts'

type Options = {
  tenant?: string
  source?: string
  mapping?: string
  kind?: CsvKind
  through?: string
  dryRun?: boolean
  acceptValid?: boolean
  rejects?: string
  json?: boolean
}

const DONE = 0
const PROBLEMS = 1
const WRONG_USAGE = 2

/** `nobishiro import <source> <path>`: exit code 0 when done, 1 when rows were refused, 2 on wrong usage. */
export function importCommand(dependencies: CommandDependencies): Command {
  return new Command('import')
    .description('Import accounts, subscriptions, usage and more from files')
    .argument('<source>', `what the files look like: ${Object.keys(SOURCES).join(', ')}`)
    .argument('<path>', 'a file, or a directory of them')
    .option('--tenant <id>', 'tenant to import into (may be left out when there is only one)')
    .option('--source <name>', 'name of the source that later imports continue (default: name of the mapping)')
    .option('--mapping <file>', 'how columns map: a JSON file, or the name of a known source; goes with csv')
    .addOption(new Option('--kind <kind>', 'what a single file holds').choices([...CSV_KINDS]))
    .option('--through <day>', 'the source is complete up to the end of this day (YYYY-MM-DD)')
    .option('--dry-run', 'check everything, write nothing')
    .option('--accept-valid', 'import the sound rows although others are refused; those go to <file>.rejects.csv')
    .option('--rejects <path>', 'where to write rejected rows: a file, or a directory when several files are imported')
    .option('--json', 'print the result as JSON')
    .action(async (source: string, path: string, options: Options) => {
      process.exitCode = await runImport(dependencies, { source, path, options })
    })
}

/** Runs the import and prints its result; resolves to the exit code. */
export async function runImport(
  dependencies: CommandDependencies,
  { source, path, options }: { source: string; path: string; options: Options },
): Promise<number> {
  const { out, err } = dependencies
  try {
    const reads = Object.hasOwn(SOURCES, source) ? SOURCES[source]?.reads : undefined
    if (reads === 'CHARTMOGUL') return await runExport(dependencies, { path, options })
    if (reads === 'STRIPE') return await runStripeImport(dependencies, { path, options })
    const mapping = await mappingOf(source, options.mapping)
    const files = await findFiles(path, mapping, options.kind)
    const request = {
      source: sourceName(options.source ?? mapping.name),
      mapping,
      files,
      unreadFiles: options.kind === undefined ? await unreadFiles(path, files) : [],
      ...choices(options, mapping, files.length),
    }
    return await runInto(dependencies, options, (target, tenantId) => importFiles(target, { tenantId, ...request }))
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error
    if (options.json) out.write(`${JSON.stringify({ error: { code: error.code, message: error.message } }, null, 2)}\n`)
    else err.write(`${error.message}\n`)
    return WRONG_USAGE
  }
}

/** An export of ChartMogul brings its own meaning: no mapping and no kinds. */
async function runExport(
  dependencies: CommandDependencies,
  { path, options }: { path: string; options: Options },
): Promise<number> {
  if (options.mapping !== undefined) throw wrongUsage('--mapping goes with csv; chartmogul brings its own.')
  if (options.kind !== undefined)
    throw wrongUsage('--kind goes with CSV files; an export of chartmogul is read as a whole.')
  if (options.rejects !== undefined)
    throw wrongUsage('--rejects goes with CSV files; what is refused of an export is in the report.')
  const { files, unreadFiles } = await findExport(path)
  const through = dayOf(options.through)
  const source = sourceName(options.source ?? 'chartmogul')
  const acceptValid = options.acceptValid ? { rejectsPath: null } : (false as const)
  const target = { source, through, dryRun: options.dryRun ?? false, acceptValid, unreadFiles }
  return runInto(dependencies, options, (into, tenantId) => importExport(into, { tenantId, ...target }, files))
}

/** Opens the database, imports, and prints the report. */
async function runInto(
  dependencies: CommandDependencies,
  options: Options,
  run: (into: ImportDependencies, tenantId: string) => Promise<ImportReport>,
): Promise<number> {
  const { out, err, clock } = dependencies
  const db = await dependencies.openDatabase()
  const progress = showProgress(err, clock)
  try {
    const tenantId = await tenantOf(db, options.tenant)
    await recover(db, tenantId, clock)
    const report = await run({ db, clock, onProgress: progress.show }, tenantId)
    progress.clear()
    out.write(`${options.json ? JSON.stringify(report, null, 2) : describeReport(report)}\n`)
    return report.outcome === 'REFUSED' ? PROBLEMS : DONE
  } finally {
    progress.clear()
    await db.close()
  }
}

/** Exported objects of Stripe need no mapping. */
function runStripeImport(
  dependencies: CommandDependencies,
  { path, options }: { path: string; options: Options },
): Promise<number> {
  const { tenant, source = 'stripe', through: until, dryRun = false, json = false, ...others } = options
  const [other] = Object.keys(others)
  if (other !== undefined)
    throw wrongUsage(`${other} does not go with stripe: accepted: --tenant, --source, --through, --dry-run, --json.`)
  const through = dayOf(until)
  return importStripe(dependencies, { path, tenant, name: sourceName(source), through, dryRun, json })
}

function choices(
  options: Options,
  mapping: Mapping,
  fileCount: number,
): Pick<ImportRequest, 'through' | 'dryRun' | 'acceptValid'> {
  const through = dayOf(options.through ?? mapping.through)
  if (options.rejects !== undefined && !options.acceptValid) throw wrongUsage('--rejects goes with --accept-valid.')
  const { rejects } = options
  const beside = (file: string) => `${basename(file).replace(/\.csv$/i, '')}.rejects.csv`
  const rejectsPath = ({ path }: { path: string }) => {
    if (rejects === undefined) return join(dirname(path), beside(path))
    return fileCount === 1 ? rejects : join(rejects, beside(path))
  }
  return { through, dryRun: options.dryRun ?? false, acceptValid: options.acceptValid ? { rejectsPath } : false }
}

async function mappingOf(source: string, file: string | undefined): Promise<Mapping> {
  const preset = Object.hasOwn(PRESETS, source) ? PRESETS[source] : undefined
  if (!preset)
    throw wrongUsage(
      `There is no source "${source}". Known are ${Object.keys(SOURCES).join(', ')}; use csv with --mapping for your own files.`,
    )
  if (file === undefined) return preset
  if (source !== 'csv') throw wrongUsage(`--mapping goes with csv; ${source} brings its own.`)
  if (Object.hasOwn(PRESETS, file) && PRESETS[file]) return PRESETS[file]
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) throw wrongUsage(`The mapping file ${file} cannot be read.`)
  return parseMappingText(text, file)
}

function dayOf(through: string | undefined): string | null {
  if (through === undefined || isDay(through)) return through ?? null
  throw wrongUsage(`--through ${through} is not a day such as 2024-12-31.`)
}

function sourceName(name: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,38}$/.test(name)) return name
  throw wrongUsage(`"${name}" cannot name a source: use lower-case letters, digits and hyphens, at most 39.`)
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
