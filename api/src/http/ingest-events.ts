import type { Database, Tx } from '@nobishiro/prisma'
import type { Authenticate } from '../access/authenticate.ts'
import { type AcceptContext, acceptWithin } from '../ingest/accept.ts'
import { shorten } from '../ingest/payload/payload-error.ts'
import type { Outcome } from '../ingest/received.ts'
import { BATCH_LIMIT, type Line, readBatch } from '../ingest/sources/generic/batch.ts'
import { noteRefusal } from '../ingest/status.ts'
import { sha256 } from '../shared/canonical.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Trace } from '../shared/trace.ts'
import { Refused } from './answer.ts'
import { readBody } from './body.ts'
import type { Handler } from './handler.ts'
import { idempotencyKey, once } from './idempotency.ts'
import { ingestPrincipal, ingestSource } from './ingest-source.ts'
import type { Answer } from './kept-requests.ts'

const FORMATS: Record<string, 'LINES' | 'LIST'> = {
  'application/x-ndjson': 'LINES',
  'application/ndjson': 'LINES',
  'application/json': 'LIST',
}

type Dependencies = { db: Database; authenticate: Authenticate; now: () => Date; trace: Trace }

/** `POST /ingest/events?source=<name>`: a batch of generic events, answered line by line and only when what it accepts counts. */
export function ingestEventsHandler({ db, authenticate, now, trace }: Dependencies): Handler {
  return async (request) => {
    if (request.method !== 'POST') throw new Refused(405, 'Send events with POST.')
    const { tenantId } = await ingestPrincipal(authenticate, request.headers)
    const { searchParams } = new URL(request.url)
    const source = ingestSource(searchParams, 'events')
    const isAtomic = searchParams.get('atomic') === 'true'
    const format = formatOf(request.headers)
    const key = idempotencyKey(request.headers)
    const raw = await readBody(request, BATCH_LIMIT)
    const context = { tenantId, source, clock: now }
    const lines = readBatch(raw, format, source)
    const requestSha256 = sha256(Buffer.concat([Buffer.from(`${source} ${format} ${isAtomic}\n`), raw]))
    const attributes = () => ({ 'nobishiro.ingest': 'batch', 'nobishiro.events': lines.length })
    const answer = await trace({ name: 'ingest', attributes }, () =>
      once(db, { tenantId, key, requestSha256, now: now() }, (inside) =>
        inside.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => post(tx, context, lines, isAtomic), {
          timeoutMs: 120_000,
        }),
      ),
    )
    const refused = lines.find((line) => 'problem' in line)
    if (refused && 'problem' in refused) {
      await noteRefusal(db, context, new ExpectedError('INVALID_INPUT', refused.message))
    }
    return new Response(answer.body, { status: answer.status, headers: { 'content-type': 'application/json' } })
  }
}

function formatOf(headers: Headers): 'LINES' | 'LIST' {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  const format = Object.hasOwn(FORMATS, type) ? FORMATS[type] : undefined
  if (format) return format
  throw new Refused(
    415,
    'Send one event per line as content-type: application/x-ndjson, or a list as application/json.',
  )
}

async function post(tx: Tx, context: AcceptContext, lines: readonly Line[], isAtomic: boolean): Promise<Answer> {
  const sound = lines.flatMap((line) => ('received' in line ? [line.received] : []))
  if (sound.length === 0 || (isAtomic && sound.length < lines.length)) return answerOf(lines, null)
  await openSource(tx, context)
  return answerOf(lines, await acceptWithin(tx, context, sound))
}

/** A source comes into being with the first event it sends. */
async function openSource(tx: Tx, { tenantId, source: name }: AcceptContext): Promise<void> {
  await tx.source.createMany({ data: [{ tenantId, name, kind: 'EVENTS' }], skipDuplicates: true })
  const { kind } = await tx.source.findUniqueOrThrow({ where: { tenantId_name: { tenantId, name } } })
  if (kind === 'EVENTS') return
  throw new ExpectedError('CONFLICT', `The source "${name}" is connected to ${kind}. Name another one with ?source=.`)
}

/** Without outcomes nothing was accepted. */
function answerOf(lines: readonly Line[], outcomes: readonly Outcome[] | null): Answer {
  let next = 0
  const results = lines.map((line) => {
    if ('problem' in line) return invalid(line)
    if (!outcomes) return { line: line.line, id: line.id, outcome: 'NOT_ACCEPTED' as const }
    const { outcome = 'IGNORED', reason } = outcomes[next++] ?? {}
    return { line: line.line, id: line.id, outcome: NAMES[outcome], ...(reason === undefined ? {} : { reason }) }
  })
  const count = (name: string) => results.filter(({ outcome }) => outcome === name).length
  const counts = {
    accepted: count('ACCEPTED'),
    duplicate: count('DUPLICATE'),
    conflict: count('CONFLICT'),
    ignored: count('IGNORED'),
    invalid: count('INVALID'),
  }
  // 2xx says that something of it counts, or did already.
  const isKept = counts.accepted + counts.duplicate + counts.ignored > 0
  const status = isKept ? 200 : counts.conflict > 0 ? 409 : 400
  return { status, body: JSON.stringify({ ...counts, results }) }
}

const NAMES = { POSTED: 'ACCEPTED', DUPLICATE: 'DUPLICATE', CONFLICT: 'CONFLICT', IGNORED: 'IGNORED' } as const

function invalid({ line, id, problem, message }: Extract<Line, { problem: unknown }>) {
  const { path: field, accepted } = problem
  const value = 'value' in problem ? { value: shorten(problem.value) } : {}
  return { line, id, outcome: 'INVALID' as const, field, ...value, accepted, message }
}
