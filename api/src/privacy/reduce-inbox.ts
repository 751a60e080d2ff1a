import type { Tx } from '@nobishiro/prisma'
import { forgetAttributes, upsertAttributes } from '../ingest/account-attributes.ts'
import type { IngestEvent } from '../ingest/event.ts'
import { forgetObservationsOf, upsertObservations } from '../ingest/observations.ts'
import { PEOPLE } from '../ingest/people/correction.ts'
import { ERASED_REASON, isOf, quoted, reducedEvents } from '../ingest/reduce.ts'
import { reduceBodies } from './bodies.ts'

type Row = {
  external_id: string
  account: string | null
  events: IngestEvent[]
  status: string
  says_nothing?: boolean
}
type Erased = ReadonlySet<string>

const PAGE = 2_000

/**
 * Replaces what the inbox holds of these accounts by reduced events, and the bodies by these. What is derived of it word by word,
 * attributes and observations, is told anew. Returns how many deliveries were reduced.
 */
export async function reduceInbox(tx: Tx, tenantId: string, erased: Erased): Promise<number> {
  let reduced = await reducePeople(tx, tenantId, erased)
  for (const [source, accounts] of bySource(erased)) {
    const key = { tenantId, source }
    await forgetAttributes(tx, key, new Set(accounts))
    await forgetObservationsOf(tx, key, accounts)
    for (let after: string | undefined = ''; after !== undefined; ) {
      const rows: Row[] = await deliveriesOf(tx, key, accounts, after)
      const reducedRows = rows.map((row) => reduceRow(source, row, erased))
      await store(tx, key, reducedRows)
      const counting = reducedRows.filter(({ status }) => status === 'POSTED')
      const own = (event: IngestEvent) => isOf(source, event, erased)
      await upsertAttributes(
        tx,
        key,
        counting.map((row) => ({ ...row, events: row.events.filter(own) })),
      )
      await upsertObservations(
        tx,
        key,
        counting.flatMap(({ events }) => events.filter(own)),
      )
      reduced += rows.length
      after = rows.length < PAGE ? undefined : rows.at(-1)?.external_id
    }
  }
  return reduced
}

/** External ids by the source that they are of. */
export function bySource(ids: Iterable<string>): Map<string, string[]> {
  const sources = new Map<string, string[]>()
  for (const id of ids) {
    const colon = id.indexOf(':')
    const source = id.slice(0, colon)
    sources.set(source, [...(sources.get(source) ?? []), id.slice(colon + 1)])
  }
  return sources
}

/** Their own, those whose events name them, and bodies that were not understood and say an id of them; what lost its name before says nothing. */
const deliveriesOf = (
  tx: Tx,
  { tenantId, source }: { tenantId: string; source: string },
  accounts: string[],
  after: string,
): Promise<Row[]> => tx.$queryRaw`
  SELECT external_id, substr(account_id, ${source.length + 2}) AS account, events, status FROM inbox
  WHERE tenant_id = ${tenantId} AND source = ${source} AND external_id > ${after} AND NOT starts_with(external_id, 'erased/')
    AND (account_id = ANY(${accounts.map((account) => `${source}:${account}`)})
      OR EXISTS (SELECT FROM jsonb_array_elements(events) AS event WHERE event ->> 'account' = ANY(${accounts}))
      OR ((account_id IS NULL OR events = '[]') AND EXISTS (
        SELECT FROM unnest(${accounts.map(quoted)}::text[]) AS word WHERE position(convert_to(word, 'UTF8') IN raw) > 0)))
  ORDER BY external_id LIMIT ${PAGE}`

function reduceRow(source: string, row: Row, erased: Erased): Row {
  const events = reducedEvents(source, row.events, erased)
  return { ...row, events, says_nothing: events.length === 0 && row.events.length > 0 }
}

async function reducePeople(tx: Tx, tenantId: string, erased: Erased): Promise<number> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT external_id, NULL AS account, events, status FROM inbox WHERE tenant_id = ${tenantId} AND source = ${PEOPLE}`
  const touching = rows.filter(({ events }) => events.some((event) => isOf(PEOPLE, event, erased)))
  await store(
    tx,
    { tenantId, source: PEOPLE },
    touching.map((row) => reduceRow(PEOPLE, row, erased)),
  )
  const corrections = touching.map(({ external_id }) => external_id)
  await tx.$queryRaw`SELECT nobishiro_forget_words(${corrections}::text[])`
  return touching.length
}

async function store(
  tx: Tx,
  { tenantId, source }: { tenantId: string; source: string },
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.$executeRaw`
    UPDATE inbox SET events = row.events, reason = CASE WHEN inbox.reason IS NOT NULL THEN ${ERASED_REASON} END
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS row (external_id text, events jsonb)
    WHERE inbox.tenant_id = ${tenantId} AND inbox.source = ${source} AND inbox.external_id = row.external_id`
  await reduceBodies(
    tx,
    rows.map((row) => ({ source, id: row.external_id, nameless: row.says_nothing === true })),
  )
}
