import type { Tx } from '@nobishiro/prisma'
import type { SubscriptionEvent, SubscriptionScheduleEvent } from './event.ts'
import type { InboxKey } from './inbox.ts'
import { readCorrections } from './people/read-corrections.ts'
import type { Received } from './received.ts'

/**
 * Subscriptions stay with the account that they were first heard of: an event that names another one is kept with the reason and
 * does not count. Files say a whole history and may move one; they do so by an event of their own.
 */
export async function setStraysAside(tx: Tx, key: InboxKey, received: readonly Received[]): Promise<Received[]> {
  const named = new Set(received.flatMap((item) => subscriptionsOf(item).map(({ subscription }) => subscription)))
  if (named.size === 0) return [...received]
  const ids = [...named].map((id) => `${key.source}:${id}`)
  const rows = await tx.$queryRaw<{ id: string; account_id: string }[]>`
    SELECT id, account_id FROM subscription WHERE tenant_id = ${key.tenantId} AND id = ANY(${ids})`
  const owners = await firstOwners(tx, key, new Map(rows.map(({ id, account_id }) => [id, account_id])), received)
  return received.map((item) => {
    for (const { subscription, account } of subscriptionsOf(item)) {
      const owner = owners.get(`${key.source}:${subscription}`)
      if (owner === undefined) owners.set(`${key.source}:${subscription}`, `${key.source}:${account}`)
      else if (owner !== `${key.source}:${account}`) {
        const known = owner.slice(key.source.length + 1)
        return {
          ...item,
          ignored: `${key.source}: subscription ${subscription} is said to belong to ${account}; accepted: ${known}, to which it belongs.`,
        }
      }
    }
    return item
  })
}

/** Of subscriptions that a person's merge moved: the account that their events name. */
async function firstOwners(
  tx: Tx,
  key: InboxKey,
  owners: Map<string, string>,
  received: readonly Received[],
): Promise<Map<string, string>> {
  if (owners.size === 0) return owners
  const { membersOf } = await readCorrections(tx, key.tenantId)
  const members = [...new Set(owners.values())].map(membersOf).filter(({ length }) => length > 1)
  if (members.length === 0) return owners
  const named = received.flatMap(subscriptionsOf).map(({ subscription }) => subscription)
  const rows = await tx.$queryRaw<{ subscription: string; account: string }[]>`
    SELECT DISTINCT event ->> 'subscription' AS subscription, account_id AS account
    FROM inbox, jsonb_array_elements(events) AS event
    WHERE tenant_id = ${key.tenantId} AND source = ${key.source} AND account_id = ANY(${members.flat()}) AND folds
      AND status = 'POSTED' AND event ->> 'subscription' = ANY(${named})`
  return new Map([...owners, ...rows.map((row) => [`${key.source}:${row.subscription}`, row.account] as const)])
}

type Named = SubscriptionEvent | SubscriptionScheduleEvent

function subscriptionsOf({ events, ignored }: Received): Named[] {
  return ignored === undefined
    ? events.filter((event): event is Named => event.type === 'subscription' || event.type === 'subscriptionSchedule')
    : []
}
