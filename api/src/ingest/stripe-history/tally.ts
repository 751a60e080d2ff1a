import type { Database } from '@nobishiro/prisma'
import type { IngestEvent } from '../event.ts'
import type { Received } from '../received.ts'
import type { Gap } from '../sources/stripe/history/gap.ts'
import { gapsOf } from '../sources/stripe/history/received.ts'
import type { Place } from './runs.ts'

export type Counted = Pick<Received, 'kind' | 'externalId' | 'raw' | 'account' | 'events' | 'ignored'>

/** What has been read so far. */
export type Tally = {
  read: Map<string, number>
  first: string | null
  gaps: Gap[]
  customers: Set<string>
  /** Customers of subscriptions. */
  accounts: Set<string>
}

export const noTally = (): Tally => ({
  read: new Map(),
  first: null,
  gaps: [],
  customers: new Set(),
  accounts: new Set(),
})

export function count(tally: Tally, item: Counted): void {
  const { kind, account, events } = item
  if (kind === 'history.usage' || kind === 'history.invoices') return
  const name = `${kind.replace('history.', '')}s`
  tally.read.set(name, (tally.read.get(name) ?? 0) + 1)
  for (const gap of gapsOf(item)) tally.gaps.push(gap)
  if (account === null) return
  if (kind === 'history.customer') tally.customers.add(account)
  if (kind === 'history.subscription') tally.accounts.add(account)
  for (const from of events.flatMap(startsOf)) if (tally.first === null || from < tally.first) tally.first = from
}

function startsOf(event: IngestEvent): string[] {
  if (event.type === 'subscription') return [event.effectiveAt]
  return event.type === 'subscriptionHistory' ? event.states.slice(0, 1).map(({ effectiveAt }) => effectiveAt) : []
}

const PAGE = 500

type Row = Omit<Counted, 'ignored'> & { reason: string | null; status: string }

/** The same of all that a first run has told, before and after it was stopped. */
export async function storedTally(db: Database, { tenantId, source }: Place): Promise<Tally> {
  const tally = noTally()
  for (let after: string | undefined = ''; after !== undefined; ) {
    const from: string = after
    const rows: Row[] = await db.withTenant(
      { tenantId, viewer: 'TENANT' },
      (tx) => tx.$queryRaw<Row[]>`
        SELECT external_id AS "externalId", kind, raw, substr(account_id, ${source.length + 2}) AS account, events, status, reason FROM inbox
        WHERE tenant_id = ${tenantId} AND source = ${source} AND external_id > ${from} AND kind LIKE 'history.%'
          AND external_id !~ '/[0-9]+$'
          AND kind NOT IN ('history.begin', 'history.end')
        ORDER BY external_id LIMIT ${PAGE}`,
    )
    for (const { reason, status, ...row } of rows) {
      count(tally, { ...row, ...(status === 'IGNORED' ? { ignored: reason ?? 'ignored' } : {}) })
    }
    after = rows.length < PAGE ? undefined : rows.at(-1)?.externalId
  }
  return tally
}
