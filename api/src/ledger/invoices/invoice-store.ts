import type { Tx } from '@nobishiro/prisma'
import type { IngestEvent } from '../../ingest/event.ts'
import { invoicesInFull } from '../term-store.ts'
import type { Invoices } from './invoiced-history.ts'
import type { SourcedInvoice } from './invoiced-lines.ts'

/** Kinds of sources whose histories are made of service periods. */
const PERIODIC = ['CHARTMOGUL']

type Row = { source: string; external_id: string; events: IngestEvent[] }

/** The invoices of these accounts, with what they name by id. A delivery tells of invoices or of subscriptions, never of both. */
export async function invoicesOf(tx: Tx, tenantId: string, accounts: string[]): Promise<Invoices> {
  const periodic = await tx.source.findMany({ where: { tenantId, kind: { in: PERIODIC } }, select: { name: true } })
  const rows = await tx.$queryRaw<Row[]>`
    SELECT source, external_id, events FROM inbox
    WHERE tenant_id = ${tenantId} AND account_id = ANY(${accounts}) AND NOT folds AND status = 'POSTED'
      AND events @> '[{"type": "invoice"}]'`
  const told = new Map<string, SourcedInvoice[]>()
  for (const { source, external_id: sourceEvent, events } of rows) {
    for (const event of events) {
      if (event.type !== 'invoice') continue
      const subscription = `${source}:${event.subscription}`
      const known = told.get(subscription)
      if (known) known.push({ source, sourceEvent, event })
      else told.set(subscription, [{ source, sourceEvent, event }])
    }
  }
  return {
    bySubscription: await invoicesInFull(tx, tenantId, told),
    periodic: new Set(periodic.map(({ name }) => name)),
  }
}
