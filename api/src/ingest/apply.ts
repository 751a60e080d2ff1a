import type { Tx } from '@nobishiro/prisma'
import type { SourcedEvent } from '../ledger/history.ts'
import { meteredAccounts } from '../ledger/metered-accounts.ts'
import { post } from '../ledger/post.ts'
import { countsInvoices, FIRST_RULES, recognitionFrom } from '../ledger/recognition.ts'
import { accountsNaming } from '../ledger/term-store.ts'
import { upsertAttributes } from './account-attributes.ts'
import { upsertAccounts } from './accounts.ts'
import { upsertCatalog } from './catalog.ts'
import { keepErased } from './erased.ts'
import { type IngestEvent, isFolded } from './event.ts'
import type { InboxKey } from './inbox.ts'
import { upsertObservations } from './observations.ts'

import { moveMappings } from './people/move-mappings.ts'
import { correctionsIn, nameAccounts } from './people/named-accounts.ts'
import { upsertRates } from './rates.ts'
import { retell } from './retell.ts'
import { learnTerms, termsIn } from './terms.ts'
import { insertUsage } from './usage.ts'

/** Events with the account of the delivery they came in, as the source names it, and its id. */
export type Applied = { externalId: string; account: string | null; events: IngestEvent[] }

type StoredRules = { revision: number; policy: unknown }

/**
 * Makes newly stored deliveries count: entities, catalogue, usage, and the ledger of every account they touch. `withdrawn` is what
 * deliveries said that no longer count: the ledger of their accounts follows too.
 */
export async function apply(
  tx: Tx,
  key: InboxKey,
  applied: readonly Applied[],
  withdrawn: readonly IngestEvent[] = [],
): Promise<{ appended: number; version: bigint }> {
  const [tenant] = await tx.$queryRaw<
    {
      version: bigint
      time_zone: string
      recorded_at: Date
      erasures: number
      closed_through: string | null
      rules: StoredRules | null
    }[]
  >`
    UPDATE tenant SET version = version + 1 WHERE id = ${key.tenantId} RETURNING version, time_zone, erasures, clock_timestamp() AS recorded_at,
      (SELECT max(month)::text FROM month_close WHERE tenant_id = ${key.tenantId}) AS closed_through,
      (SELECT json_build_object('revision', revision, 'policy', policy) FROM recognition_policy WHERE tenant_id = ${key.tenantId}
        ORDER BY revision DESC LIMIT 1) AS rules`
  if (!tenant) throw new Error(`Tenant ${key.tenantId} does not exist`)
  const all = applied.flatMap(({ events }) => events)
  await upsertAccounts(tx, key, all)
  await upsertAttributes(tx, key, applied)
  await upsertObservations(tx, key, all)
  await upsertRates(tx, key, all)
  const metered = await meteredAccounts(tx, key, { come: all, withdrawn }, () =>
    insertUsage(tx, key, applied, tenant.time_zone),
  )
  const corrections = correctionsIn(all)
  await nameAccounts(tx, key.tenantId, corrections)
  const learnt = await learnTerms(tx, key, all)
  const named = await accountsNaming(tx, key, [...learnt, ...termsIn(withdrawn)])
  const rules = tenant.rules
    ? { revision: tenant.rules.revision, recognition: recognitionFrom(tenant.rules.policy) }
    : FIRST_RULES
  const counts = (event: IngestEvent) => isFolded(event) || (event.type === 'invoice' && countsInvoices(rules))
  const subscribed = [...all, ...withdrawn].flatMap((event) =>
    counts(event) && 'account' in event ? `${key.source}:${event.account}` : [],
  )
  const moved = [...metered, ...named, ...corrections.flatMap(({ touches }) => touches)]
  const { appended } = await post(
    tx,
    {
      tenantId: key.tenantId,
      timeZone: tenant.time_zone,
      version: tenant.version,
      recordedAt: tenant.recorded_at,
      closedThrough: tenant.closed_through,
      rules,
    },
    [...new Set([...subscribed, ...moved])],
    async () => {
      const retold = withdrawn.length > 0 && (await retell(tx, key, withdrawn))
      const mapped = await moveMappings(tx, key.tenantId, corrections)
      const tiered = learnt.some(({ kind }) => kind === 'PRICE')
      return (await upsertCatalog(tx, key, all)) || retold || mapped || tiered
    },
    withdrawn.length > 0 ? undefined : newsOf(key, applied, moved),
  )
  await keepErased(tx, key.tenantId, tenant)
  return { appended, version: tenant.version }
}

/**
 * What is new of each account of which nothing else moved. Where a delivery tells of another account than its own, both have to be
 * read again.
 */
function newsOf(
  { source }: InboxKey,
  applied: readonly Applied[],
  moved: readonly string[],
): Map<string, SourcedEvent[]> {
  const news = new Map<string, SourcedEvent[]>()
  const others = new Set(moved)
  for (const { externalId, account, events } of applied) {
    for (const event of events) {
      if (!isFolded(event)) continue
      const id = `${source}:${event.account}`
      if (event.account !== account) others.add(id).add(`${source}:${account}`)
      const list = news.get(id)
      if (list) list.push({ source, sourceEvent: externalId, event })
      else news.set(id, [{ source, sourceEvent: externalId, event }])
    }
  }
  for (const account of others) news.delete(account)
  return news
}
