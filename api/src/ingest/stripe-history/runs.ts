import type { Tx } from '@nobishiro/prisma'
import type { Received } from '../received.ts'
import { PREFIX } from '../sources/stripe/history/received.ts'

export type Place = { tenantId: string; source: string }

/** One reading of a vendor's history. One that was stopped goes on as of the same instant. */
export type HistoryRun = Marked & {
  isResumed: boolean
  /** The last one that was finished. */
  before: Marked | null
}

type Marked = { number: number; asOf: string; since: string | null }

const BEGIN = 'history.begin'
const END = 'history.end'

/** The run that was stopped, or a new one. */
export async function openRun(
  tx: Tx,
  { tenantId, source }: Place,
  { now, since }: { now: string; since: string | null },
): Promise<HistoryRun> {
  const rows = await tx.inbox.findMany({
    where: { tenantId, source, kind: { in: [BEGIN, END] } },
    select: { kind: true, raw: true },
  })
  const read = rows.map(({ kind, raw }) => ({ kind, ...(JSON.parse(Buffer.from(raw).toString('utf8')) as Marked) })) // written by `marker`
  const numbered = (kind: string, number: number) => read.find((row) => row.kind === kind && row.number === number)
  const last = Math.max(0, ...read.map(({ number }) => number))
  const begun = numbered(BEGIN, last)
  if (begun && !numbered(END, last)) {
    return {
      number: last,
      asOf: begun.asOf,
      since: begun.since,
      isResumed: true,
      before: numbered(END, last - 1) ?? null,
    }
  }
  return { number: last + 1, asOf: now, since, isResumed: false, before: numbered(END, last) ?? null }
}

export const beginning = (run: Marked): Received => marker(BEGIN, run, new Date(0).toISOString())

/** Moves the source's watermark: everything up to then has been read. */
export const ending = (run: Marked, readUpTo: string): Received => marker(END, run, readUpTo)

function marker(kind: string, { number, asOf, since }: Marked, eventTime: string): Received {
  const said: Marked = { number, asOf, since }
  return {
    externalId: `${PREFIX}${kind === BEGIN ? 'begin' : 'end'}${number === 1 ? '' : `/${number}`}`,
    ...{ kind, raw: Buffer.from(JSON.stringify(said)), eventTime, account: null, events: [] },
  }
}

/** How far a run that was stopped came with objects of a kind: newest first, down to this instant. */
export async function reachedOf(tx: Tx, { tenantId, source }: Place, kind: string): Promise<string | null> {
  const { _min } = await tx.inbox.aggregate({ where: { tenantId, source, kind }, _min: { eventTime: true } })
  return _min.eventTime?.toISOString() ?? null
}
