import type { Database } from '@nobishiro/prisma'
import type { Authenticate } from '../access/authenticate.ts'
import { importFiles } from '../ingest/files/import-files.ts'
import type { ImportRequest } from '../ingest/files/run.ts'
import { CSV_KINDS, type CsvKind } from '../ingest/sources/csv/fields.ts'
import type { Mapping } from '../ingest/sources/csv/mapping.ts'
import { PRESETS } from '../ingest/sources/csv/presets.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Trace } from '../shared/trace.ts'
import { json, Refused } from './answer.ts'
import { chunksOf } from './body.ts'
import type { Handler } from './handler.ts'
import { ingestPrincipal, ingestSource } from './ingest-source.ts'

/** Largest file, in bytes; it is never whole in memory. */
const FILE_LIMIT = 1_073_741_824

type Dependencies = { db: Database; authenticate: Authenticate; now: () => Date; trace: Trace; limit?: number }

/** `POST /ingest/files?kind=<kind>&mapping=<name>`: one CSV file through the importer of the command line, as it streams in. */
export function ingestFilesHandler({ db, authenticate, now, trace, limit = FILE_LIMIT }: Dependencies): Handler {
  return async (request) => {
    if (request.method !== 'POST') throw new Refused(405, 'Send a file with POST.')
    const { tenantId } = await ingestPrincipal(authenticate, request.headers)
    const { searchParams } = new URL(request.url)
    if (request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() !== 'text/csv') {
      throw new Refused(415, 'Send the file itself as content-type: text/csv.')
    }
    if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit)
    const mapping = mappingOf(searchParams.get('mapping') ?? 'csv')
    const kind = kindOf(searchParams.get('kind'), mapping)
    const source = ingestSource(searchParams, mapping.name)
    const file = { kind, path: '', name: `${kind}.csv`, chunks: counted(chunksOf(request), limit) }
    const through = dayOf(searchParams.get('through'))
    const dryRun = searchParams.get('dryRun') === 'true'
    const acceptValid: ImportRequest['acceptValid'] =
      searchParams.get('acceptValid') === 'true' ? { rejectsPath: null } : false
    const asked = { tenantId, source, mapping, files: [file], through, dryRun, acceptValid }
    const report = await trace({ name: 'ingest', attributes: () => ({ 'nobishiro.ingest': 'file' }) }, () =>
      importFiles({ db, clock: now }, asked),
    )
    return json(report.outcome === 'REFUSED' ? 400 : 200, report)
  }
}

function mappingOf(name: string): Mapping {
  const mapping = Object.hasOwn(PRESETS, name) ? PRESETS[name] : undefined
  if (mapping) return mapping
  const known = Object.keys(PRESETS).join(', ')
  throw new ExpectedError('INVALID_INPUT', `There is no mapping "${name.slice(0, 40)}". Known are ${known}.`, 'mapping')
}

function kindOf(name: string | null, mapping: Mapping): CsvKind {
  const described = CSV_KINDS.filter((kind) => mapping[kind] !== undefined)
  const kind = described.find((each) => each === name)
  if (kind) return kind
  const what =
    name === null ? 'Say what the file holds with ?kind=' : `"${name.slice(0, 40)}" is no kind of "${mapping.name}"`
  throw new ExpectedError('INVALID_INPUT', `${what}: ${described.join(', ')}.`, 'kind')
}

function dayOf(text: string | null): string | null {
  if (text === null) return null
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text
  throw new ExpectedError('INVALID_INPUT', `"${text.slice(0, 40)}" is not a day such as 2024-12-31.`, 'through')
}

async function* counted(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge(limit)
    yield chunk
  }
}

const tooLarge = (limit: number) => new Refused(413, `The file is larger than ${limit} bytes.`)
