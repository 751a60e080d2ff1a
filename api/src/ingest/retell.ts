import type { Tx } from '@nobishiro/prisma'
import { forgetAttributes, upsertAttributes } from './account-attributes.ts'
import { upsertAccounts } from './accounts.ts'
import { upsertCatalog } from './catalog.ts'
import { type IngestEvent, type ItemState, priceOf, statesIn } from './event.ts'
import type { InboxKey } from './inbox.ts'
import { forgetObservations, upsertObservations } from './observations.ts'
import { forgetRates, upsertRates } from './rates.ts'
import type { TermName } from './term.ts'
import { forgetTerms, learnTerms, termsIn } from './terms.ts'

/** Before anything a delivery can say: whatever the inbox still says of an entity wins. */
const BEFORE_ALL = '1969-01-01T00:00:00Z'
const PAGE = 2_000

type Named = {
  accounts: Set<string>
  products: Set<string>
  prices: Set<string>
  observations: Set<string>
  /** Of exchange rates. */
  days: Set<string>
  /** What other events may name by id. */
  terms: TermName[]
}

/**
 * Accounts, prices, observations and exchange rates that these events named are as what is left of the inbox says, as if the events had never come. Reads the
 * source's inbox once: for a person's corrections, not for every delivery. True when anything of the catalogue was named.
 */
export async function retell(tx: Tx, key: InboxKey, withdrawn: readonly IngestEvent[]): Promise<boolean> {
  const named = namesOf(withdrawn)
  await forget(tx, key, named)
  await forgetAttributes(tx, key, named.accounts)
  await forgetObservations(tx, key, named.observations)
  await forgetRates(tx, key, [...named.days])
  await forgetTerms(tx, key, named.terms)
  const isWithdrawn = new Set(named.terms.map(({ kind, id }) => `${kind} ${id}`))
  const { terms, ...sets } = named
  const discounts = terms.flatMap(({ kind, id }) => (kind === 'PRICE' ? [] : [id]))
  const words = [...Object.values(sets), discounts].flatMap((ids) => [...ids].map((id) => JSON.stringify(id)))
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows = await mentions(tx, key, words, after)
    const events = rows.flatMap((row) => row.events)
    const introductions = events.filter((event) => event.type === 'account' && named.accounts.has(event.account))
    await upsertAccounts(tx, key, introductions)
    await upsertAttributes(
      tx,
      key,
      rows.filter(({ account }) => account !== null && named.accounts.has(account)),
    )
    await upsertObservations(
      tx,
      key,
      events.filter((event) => event.type === 'observation' && named.observations.has(event.observation)),
    )
    await upsertRates(
      tx,
      key,
      events.filter((event) => event.type === 'rate' && named.days.has(event.day)),
    )
    await learnTerms(
      tx,
      key,
      events.filter((event) => termsIn([event]).some(({ kind, id }) => isWithdrawn.has(`${kind} ${id}`))),
    )
    await upsertCatalog(
      tx,
      key,
      events.filter((event) => concernsCatalog(event, named)),
    )
    after = rows.length < PAGE ? undefined : rows.at(-1)?.external_id
  }
  await dropUnsaid(tx, key, named)
  return named.products.size + named.prices.size > 0
}

const itemsOf = (event: IngestEvent): ItemState[] => {
  return event.type === 'subscription' || event.type === 'subscriptionHistory'
    ? statesIn(event).flatMap(({ items }) => items)
    : []
}

function namesOf(events: readonly IngestEvent[]): Named {
  const named: Named = {
    accounts: new Set(),
    products: new Set(),
    prices: new Set(),
    observations: new Set(),
    days: new Set(),
    terms: termsIn(events),
  }
  for (const event of events) {
    if ('account' in event) named.accounts.add(event.account)
    if ('product' in event) named.products.add(event.product)
    if (event.type === 'price') named.prices.add(event.price)
    if (event.type === 'observation') named.observations.add(event.observation)
    if (event.type === 'rate') named.days.add(event.day)
    for (const item of itemsOf(event)) {
      named.products.add(item.product)
      named.prices.add(priceOf(item.product, item.price))
    }
  }
  return named
}

function concernsCatalog(event: IngestEvent, { products, prices }: Named): boolean {
  if (event.type === 'product') return products.has(event.product)
  if (event.type === 'price') return prices.has(event.price)
  return itemsOf(event).some((item) => prices.has(priceOf(item.product, item.price)))
}

async function forget(tx: Tx, { tenantId, source }: InboxKey, { accounts, products, prices }: Named): Promise<void> {
  await tx.$executeRaw`
    UPDATE account SET seen_at = ${BEFORE_ALL}::timestamptz, name = external_id, parent_id = NULL, region = NULL, attributes = '{}',
      signed_up_on = NULL, deleted_at = NULL
    WHERE tenant_id = ${tenantId} AND source = ${source} AND external_id = ANY(${[...accounts]})`
  await tx.$executeRaw`
    UPDATE source_product SET seen_at = ${BEFORE_ALL}::timestamptz
    WHERE tenant_id = ${tenantId} AND source = ${source} AND external_id = ANY(${[...products]})`
  await tx.$executeRaw`
    UPDATE source_price SET seen_at = ${BEFORE_ALL}::timestamptz
    WHERE tenant_id = ${tenantId} AND source = ${source} AND external_id = ANY(${[...prices]})`
}

/** What nothing is left to say. An account stays under its id: the ledger has lines of it. */
async function dropUnsaid(tx: Tx, { tenantId, source }: InboxKey, { products, prices }: Named): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM source_product
    WHERE tenant_id = ${tenantId} AND source = ${source} AND external_id = ANY(${[...products]})
      AND seen_at = ${BEFORE_ALL}::timestamptz`
  await tx.$executeRaw`
    DELETE FROM source_price
    WHERE tenant_id = ${tenantId} AND source = ${source} AND external_id = ANY(${[...prices]})
      AND seen_at = ${BEFORE_ALL}::timestamptz`
}

/** Deliveries that count and contain any of the words; some only happen to. */
function mentions(tx: Tx, key: InboxKey, words: string[], after: string) {
  return tx.$queryRaw<{ external_id: string; account: string | null; events: IngestEvent[] }[]>`
    SELECT external_id, substr(account_id, ${key.source.length + 2}) AS account, events FROM inbox
    WHERE tenant_id = ${key.tenantId} AND source = ${key.source} AND status = 'POSTED' AND external_id > ${after}
      AND EXISTS (SELECT FROM unnest(${words}::text[]) AS word WHERE strpos(events::text, word) > 0)
    ORDER BY external_id LIMIT ${PAGE}`
}
