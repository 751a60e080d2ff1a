import type { Tx } from '@nobishiro/prisma'
import { type IngestEvent, isFolded } from '../ingest/event.ts'
import type { Corrections } from '../ingest/people/in-force.ts'
import { connected } from './connected.ts'
import { type History, histories, type SourcedEvent } from './history.ts'
import { invoicesOf } from './invoices/invoice-store.ts'
import { NOBISHIRO, type Recognition } from './recognition.ts'
import { withStoredTerms } from './term-store.ts'
import { addUsage } from './usage-store.ts'

/** Account → what was just stored of it. */
export type News = ReadonlyMap<string, readonly SourcedEvent[]>

type EventRow = { account_id: string; source: string; external_id: string; events: IngestEvent[] }

/**
 * The histories of these accounts, from all that the inbox holds of them and of the accounts merged into them, with the usage that
 * prices count. An account that was merged away has none of its own. What is in `news` is not read again.
 */
export async function foldAccounts(
  tx: Tx,
  tenantId: string,
  accounts: string[],
  corrections: Corrections,
  recognition: Recognition = NOBISHIRO,
  news: News = new Map(),
): Promise<Map<string, History[]>> {
  if (accounts.length === 0) return new Map()
  const events = new Map<string, SourcedEvent[]>(accounts.map((account) => [account, [...(news.get(account) ?? [])]]))
  const held = [...events.values()].flatMap((list) => list.map(({ sourceEvent }) => sourceEvent))
  const roots = accounts.filter((account) => corrections.rootOf(account) === account)
  const rows = await tx.$queryRaw<EventRow[]>`
    SELECT account_id, source, external_id, events FROM inbox
    WHERE tenant_id = ${tenantId} AND account_id = ANY(${roots.flatMap(corrections.membersOf)}) AND folds AND status = 'POSTED'
      AND external_id <> ALL(${held})`
  for (const row of rows) {
    for (const event of row.events) {
      // One payload also names products and prices; only what it says of subscriptions is folded here.
      if (!isFolded(event)) continue
      events.get(corrections.rootOf(row.account_id))?.push({ source: row.source, sourceEvent: row.external_id, event })
    }
  }
  const invoices =
    recognition.basis === 'INVOICE' ? await invoicesOf(tx, tenantId, roots.flatMap(corrections.membersOf)) : undefined
  const folded = new Map(
    [...(await withStoredTerms(tx, tenantId, events))].map(([account, list]) => [
      account,
      connected(histories(list, recognition, invoices), corrections.connections),
    ]),
  )
  return addUsage(tx, tenantId, folded, { corrections, recognition })
}
