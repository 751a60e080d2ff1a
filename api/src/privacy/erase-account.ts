import type { Database, Tx } from '@nobishiro/prisma'
import { type Change, note } from '../access/audit.ts'
import { resolveAccounts } from '../access/resolve-ids.ts'
import { readCorrections } from '../ingest/people/read-corrections.ts'
import { recordSetting } from '../ingest/settings.ts'
import { ExpectedError } from '../shared/errors.ts'
import { forgetInFacts } from './forget.ts'
import { reduceConflicts } from './reduce-conflicts.ts'
import { reduceInbox } from './reduce-inbox.ts'

export type Erased = {
  /** Ids of the accounts that are erased now: the one that was named, and all that people have said to be the same customer. */
  accounts: string[]
  /** Of them, those that were not before. */
  newly: string[]
  /** Deliveries whose body was replaced. */
  deliveries: number
}

/**
 * Erases an account: what is kept of it afterwards is what numbers follow from. One transaction, and an event of the inbox, so that a replay
 * erases again and late deliveries are reduced. The same again does nothing.
 */
export function eraseAccount(
  db: Database,
  { tenantId, by, now }: Change,
  account: string,
  { field = 'account' }: { field?: string } = {},
): Promise<Erased> {
  return db.withTenant(
    { tenantId, viewer: 'TENANT' },
    async (tx) => {
      await lock(tx, tenantId)
      const accounts = await sameCustomer(tx, tenantId, account, field)
      const known = await tx.account.findMany({
        where: { tenantId, id: { in: accounts }, erasedAt: { not: null } },
        select: { id: true },
      })
      const newly = accounts.filter((id) => known.every((one) => one.id !== id))
      if (newly.length === 0) return { accounts, newly, deliveries: 0 }
      const { version } = await tx.tenant.update({
        where: { id: tenantId },
        data: { version: { increment: 1 }, erasures: { increment: 1 } },
        select: { version: true },
      })
      const at = now.toISOString()
      await recordSetting(tx, { tenantId, version }, { type: 'erasure', at, accounts: newly })
      const deliveries = await erase(tx, tenantId, newly, now)
      for (const subject of newly)
        await note(tx, { tenantId, at: now, by, action: 'ACCOUNT_ERASED', subject, detail: { deliveries } })
      return { accounts, newly, deliveries }
    },
    { timeoutMs: 3_600_000 },
  )
}

async function erase(tx: Tx, tenantId: string, accounts: readonly string[], now: Date): Promise<number> {
  const erased = new Set(accounts)
  await forgetInFacts(tx, tenantId, accounts, now)
  const deliveries = await reduceInbox(tx, tenantId, erased)
  return deliveries + (await reduceConflicts(tx, tenantId, erased))
}

/** One writer per tenant at a time: no delivery arrives meanwhile. */
export async function lock(tx: Tx, tenantId: string): Promise<void> {
  const locked = await tx.$queryRaw<object[]>`SELECT 1 FROM tenant WHERE id = ${tenantId} FOR UPDATE`
  if (locked.length === 0) throw new ExpectedError('NOT_FOUND', `There is no tenant "${tenantId}".`)
}

/** The account of this id, or of this id as its source knows it, and those that were merged with it. */
export async function sameCustomer(tx: Tx, tenantId: string, account: string, field: string): Promise<string[]> {
  const [id = ''] = await resolveAccounts(tx, tenantId, [account], { field })
  const { rootOf, membersOf } = await readCorrections(tx, tenantId)
  return [...new Set(membersOf(rootOf(id)))].sort()
}
