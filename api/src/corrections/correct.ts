import { randomBytes } from 'node:crypto'
import type { Database, Prisma, Tx } from '@nobishiro/prisma'
import { lockTenant } from '../ingest/accept.ts'
import { apply } from '../ingest/apply.ts'
import { withoutErased } from '../ingest/erased.ts'
import { type InboxKey, insertInbox } from '../ingest/inbox.ts'
import { type CorrectionEvent, PEOPLE } from '../ingest/people/correction.ts'
import { readCorrectionEvents } from '../ingest/people/read-corrections.ts'
import type { Received } from '../ingest/received.ts'
import { canonicalJson, sha256 } from '../shared/canonical.ts'
import { ExpectedError } from '../shared/errors.ts'
import { check } from './check.ts'
import { invalid, shorten } from './invalid.ts'
import type { CorrectionRequest } from './request.ts'

export type CorrectContext = {
  tenantId: string
  /** Who: "key:<id>" or "terminal:<user>". */
  by: string
  clock: () => Date
}
export type Corrected = { correction: string; at: string; appended: number; version: bigint }

const LONGEST_REASON = 1_000

/**
 * Takes a person's decision: checked against what is known, stored in the inbox as an event like any other, and in the ledger when
 * this resolves. One transaction.
 */
export async function correct(db: Database, context: CorrectContext, request: CorrectionRequest): Promise<Corrected> {
  const key = { tenantId: context.tenantId, source: PEOPLE }
  const reason = reasonOf(request)
  const id = idOf(request)
  return db.withTenant(
    { tenantId: context.tenantId, viewer: 'TENANT' },
    async (tx) => {
      await havePeople(tx, key)
      const held = await lockTenant(tx, key)
      const earlier = await sameAgain(tx, key, id, request)
      if (earlier) return earlier
      const known = await readCorrectionEvents(tx, context.tenantId)
      const at = after(known, context.clock())
      const { what, touches } = await check(tx, context.tenantId, request.asked, known)
      const event: CorrectionEvent = { type: 'correction', correction: id, at, by: context.by, reason, touches, what }
      const received = await withoutErased(tx, key, [delivery(event, request)], held)
      await insertInbox(tx, key, received, null)
      const { appended, version } = await apply(tx, key, received)
      await tx.source.update({
        where: { tenantId_name: { tenantId: key.tenantId, name: PEOPLE } },
        data: { lastEventAt: at, lastReceivedAt: context.clock() },
        select: { name: true },
      })
      return { correction: id, at, appended, version }
    },
    { timeoutMs: 3_600_000 },
  )
}

function reasonOf({ reason }: CorrectionRequest): string {
  const said = reason.trim()
  if (said === '') throw invalid('input.reason', 'input.reason is empty: say why, for whoever asks later.')
  if (said.length <= LONGEST_REASON) return said
  throw invalid('input.reason', `input.reason has ${said.length} characters; at most ${LONGEST_REASON} are kept.`)
}

function idOf({ idempotencyKey }: CorrectionRequest): string {
  if (idempotencyKey === undefined) return `cor_${randomBytes(10).toString('hex')}`
  if (idempotencyKey.trim() === '') throw invalid('input.idempotencyKey', 'input.idempotencyKey is empty.')
  return `cor_${sha256(idempotencyKey).slice(0, 20)}`
}

/** The source of people's decisions comes with the first of them. */
async function havePeople(tx: Tx, { tenantId }: InboxKey): Promise<void> {
  const source = await tx.source.findUnique({ where: { tenantId_name: { tenantId, name: PEOPLE } } })
  if (source?.kind === 'PEOPLE') return
  if (source)
    throw new ExpectedError('CONFLICT', `A source of the kind ${source.kind} has the name "${PEOPLE}" already.`)
  if ((await tx.tenant.count({ where: { id: tenantId } })) === 0)
    throw new ExpectedError('NOT_FOUND', `Tenant "${tenantId}" does not exist`)
  await tx.source.createMany({ data: [{ tenantId, name: PEOPLE, kind: 'PEOPLE' }], skipDuplicates: true })
}

/** Later than every decision before it, so that their order is the one in which they were made. */
function after(known: readonly CorrectionEvent[], now: Date): string {
  const last = known.reduce((latest, { at }) => Math.max(latest, Date.parse(at)), 0)
  return new Date(Math.max(now.getTime(), last + 1)).toISOString()
}

const askedText = ({ asked, reason }: CorrectionRequest): string =>
  canonicalJson(JSON.parse(JSON.stringify({ asked, reason: reason.trim() })))

async function sameAgain(
  tx: Tx,
  { tenantId, source }: InboxKey,
  externalId: string,
  request: CorrectionRequest,
): Promise<Corrected | undefined> {
  const row = await tx.inbox.findUnique({ where: { tenantId_source_externalId: { tenantId, source, externalId } } })
  if (!row) return undefined
  const { version } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { version: true } })
  if (isOfRequest(row, request))
    return { correction: externalId, at: row.eventTime.toISOString(), appended: 0, version }
  const key = shorten(request.idempotencyKey ?? '')
  throw new ExpectedError('CONFLICT', `The idempotency key "${key}" was used for another correction: ${externalId}.`)
}

type Row = Pick<Prisma.InboxGetPayload<object>, 'raw' | 'bodySha256' | 'events' | 'reducedAt'>

/** Of a correction whose body was reduced, what was asked for is known by its digest alone. */
function isOfRequest({ raw, bodySha256, events, reducedAt }: Row, request: CorrectionRequest): boolean {
  if (reducedAt === null) {
    const { asked, reason } = JSON.parse(Buffer.from(raw).toString()) as CorrectionRequest // as `delivery` wrote it
    return askedText({ asked, reason }) === askedText(request)
  }
  const [event] = events as CorrectionEvent[] // as `correct` stored it
  return event !== undefined && sha256(bodyOf(event, request)) === Buffer.from(bodySha256).toString('hex')
}

function bodyOf({ by, at }: Pick<CorrectionEvent, 'by' | 'at'>, { asked, reason }: CorrectionRequest): string {
  return JSON.stringify({ asked, reason: reason.trim(), by, at })
}

function delivery(event: CorrectionEvent, request: CorrectionRequest): Received {
  const { correction, at } = event
  return {
    externalId: correction,
    kind: `correction.${event.what.kind.toLowerCase()}`,
    raw: Buffer.from(bodyOf(event, request)),
    eventTime: at,
    account: null,
    events: [event],
  }
}
