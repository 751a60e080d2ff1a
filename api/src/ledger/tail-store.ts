import type { Tx } from '@nobishiro/prisma'
import type { Corrections } from '../ingest/people/in-force.ts'
import type { News } from './fold-accounts.ts'
import { type Resumed, resume, type Tail } from './tail.ts'

/** Those of these accounts that go on from where their fold stands; the others have to be folded from the start. */
export async function resumeAccounts(
  tx: Tx,
  { tenantId, timeZone }: { tenantId: string; timeZone: string },
  { news, corrections }: { news: News; corrections: Corrections },
): Promise<Map<string, Resumed>> {
  const connected = new Set(corrections.connections.flatMap((connection) => [connection.old, connection.new]))
  const resumed = new Map<string, Resumed>()
  for (const [account, tails] of await tailsOf(tx, tenantId, [...news.keys()])) {
    const whole = tails && resume(tails, news.get(account) ?? [], timeZone)
    if (whole && !whole.histories.some(({ subscription }) => connected.has(subscription))) resumed.set(account, whole)
  }
  return resumed
}

/** News of accounts of which people have decided nothing: what they decide may change any day of the past. */
export function withoutCorrected(news: News, corrections: Corrections): News {
  const isPlain = (account: string) =>
    corrections.membersOf(corrections.rootOf(account)).length === 1 &&
    !corrections.isExcluded(account) &&
    corrections.reclassificationsOf(account).length === 0
  return new Map([...news].filter(([account]) => isPlain(account)))
}

type TailRow = { id: string; account_id: string; tail: string | null }

/** Account → subscription → where it stands; null for an account of which one does not say. */
export async function tailsOf(
  tx: Tx,
  tenantId: string,
  accounts: string[],
): Promise<Map<string, Map<string, Tail> | null>> {
  if (accounts.length === 0) return new Map()
  const rows = await tx.$queryRaw<TailRow[]>`
    SELECT id, account_id, tail FROM subscription WHERE tenant_id = ${tenantId} AND account_id = ANY(${accounts})`
  const found = new Map<string, Map<string, Tail> | null>()
  for (const { id, account_id: account, tail } of rows) {
    const tails = found.get(account)
    if (tail === null) found.set(account, null)
    else if (tails)
      tails.set(id, JSON.parse(tail) as Tail) // as subscription-store.ts wrote it
    else if (tails === undefined) found.set(account, new Map([[id, JSON.parse(tail) as Tail]]))
  }
  return found
}
