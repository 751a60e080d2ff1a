import type { Tx } from '@nobishiro/prisma'
import type { DiscountTerm, TermKind, TermName } from '../ingest/term.ts'
import type { History, SourcedEvent } from './history.ts'
import type { SourcedInvoice } from './invoices/invoiced-lines.ts'
import type { Resumed } from './tail.ts'
import { invoiceWithTerms, namesIn, type Terms, termKey, withTerms } from './terms.ts'

type Named = TermName & { source: string }

/** Accounts of which something rests on one of these terms, or waits for it. */
export async function accountsNaming(
  tx: Tx,
  { tenantId, source }: { tenantId: string; source: string },
  names: readonly TermName[],
): Promise<string[]> {
  if (names.length === 0) return []
  const rows = await tx.$queryRaw<{ account_id: string }[]>`
    SELECT DISTINCT account_id FROM account_term JOIN json_to_recordset(${JSON.stringify(names)}::json) AS term (kind text, id text)
      ON account_term.kind = term.kind AND account_term.external_id = term.id
    WHERE tenant_id = ${tenantId} AND source = ${source}`
  return rows.map(({ account_id }) => account_id)
}

/** The events of each account with everything in full that any source told, and what they named. */
export function withStoredTerms(
  tx: Tx,
  tenantId: string,
  events: ReadonlyMap<string, readonly SourcedEvent[]>,
): Promise<Map<string, readonly SourcedEvent[]>> {
  return inFull(tx, tenantId, events, (sourced, terms) => ({
    ...sourced,
    event: withTerms(sourced.source, sourced.event, terms),
  }))
}

/** The same of invoices. */
export function invoicesInFull(
  tx: Tx,
  tenantId: string,
  invoices: ReadonlyMap<string, readonly SourcedInvoice[]>,
): Promise<Map<string, readonly SourcedInvoice[]>> {
  return inFull(tx, tenantId, invoices, (sourced, terms) => ({
    ...sourced,
    event: invoiceWithTerms(sourced.source, sourced.event, terms),
  }))
}

async function inFull<S extends SourcedEvent | SourcedInvoice>(
  tx: Tx,
  tenantId: string,
  events: ReadonlyMap<string, readonly S[]>,
  told: (sourced: S, terms: Terms) => S,
): Promise<Map<string, readonly S[]>> {
  const all = [...events.values()].flat()
  const named = all.flatMap(({ source, event }) => namesIn(event).map((name) => ({ source, ...name })))
  if (named.length === 0) return new Map(events)
  const terms = await termsOf(tx, tenantId, named)
  const full = (sourced: S): S => {
    const own = namesIn(sourced.event)
    if (own.length === 0) return sourced
    const behind = own.flatMap((name) => couponBehind({ source: sourced.source, ...name }, terms))
    return { ...told(sourced, terms), names: [...own, ...behind] }
  }
  return new Map([...events].map(([account, list]) => [account, list.map(full)]))
}

async function termsOf(tx: Tx, tenantId: string, named: readonly Named[]): Promise<Terms> {
  const terms = await load(tx, tenantId, named)
  const coupons = named.flatMap((name) => couponBehind(name, terms))
  return coupons.length === 0 ? terms : new Map([...terms, ...(await load(tx, tenantId, coupons))])
}

/** A discount may name its coupon alone. */
function couponBehind(name: Named, terms: Terms): Named[] {
  const known =
    name.kind === 'DISCOUNT' ? (terms.get(termKey(name.source, name)) as DiscountTerm | undefined) : undefined // of that kind
  return known?.coupon === undefined || known.terms ? [] : [{ source: name.source, kind: 'COUPON', id: known.coupon }]
}

async function load(tx: Tx, tenantId: string, named: readonly Named[]): Promise<Terms> {
  const wanted = [...new Map(named.map((name) => [termKey(name.source, name), name])).values()]
  const rows = await tx.$queryRaw<
    { source: string; kind: TermKind; id: string; content: Terms extends ReadonlyMap<string, infer T> ? T : never }[]
  >`
    SELECT term.source, term.kind, term.external_id AS id, term.content
    FROM source_term term JOIN json_to_recordset(${JSON.stringify(wanted)}::json) AS wanted (source text, kind text, id text)
      ON term.source = wanted.source AND term.kind = wanted.kind AND term.external_id = wanted.id
    WHERE term.tenant_id = ${tenantId}`
  return new Map(rows.map(({ source, kind, id, content }) => [termKey(source, { kind, id }), content]))
}

/** Which terms the histories of these accounts rest on, and which of them nothing tells. */
export async function storeTerms(
  tx: Tx,
  tenantId: string,
  { folded, resumed }: { folded: ReadonlyMap<string, History[]>; resumed: ReadonlyMap<string, Resumed> },
): Promise<void> {
  const accounts = [...folded.keys()]
  if (accounts.length > 0)
    await tx.$executeRaw`DELETE FROM account_term WHERE tenant_id = ${tenantId} AND account_id = ANY(${accounts})`
  const whole = [...folded].flatMap(([account, histories]) => rowsOf(account, histories))
  const more = [...resumed].flatMap(([account, { histories }]) => rowsOf(account, histories))
  const rows = [...whole, ...more]
  if (rows.length === 0) return
  await tx.$executeRaw`
    INSERT INTO account_term (tenant_id, account_id, source, kind, external_id, is_known)
    SELECT ${tenantId}, account, source, kind, id, bool_and(known)
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS term (account text, source text, kind text, id text, known boolean)
    GROUP BY account, source, kind, id
    ON CONFLICT DO NOTHING`
}

function rowsOf(account: string, histories: readonly History[]) {
  return histories.flatMap(({ source, names = [], missing = [] }) => {
    const unknown = new Set(missing.map((name) => termKey(source, name)))
    return names.map(({ kind, id }) => ({
      ...{ account, source, kind, id },
      known: !unknown.has(termKey(source, { kind, id })),
    }))
  })
}
