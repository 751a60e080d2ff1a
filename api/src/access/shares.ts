import type { Database, Tx } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
import { localDay } from '../shared/local-day.ts'
import { type Change, note } from './audit.ts'
import { invalidInput } from './invalid-input.ts'
import { resolveAccounts } from './resolve-ids.ts'

/** An account that a partner sees, from a day on and until before another; days are the tenant's. */
export type Share = { partner: string; accountId: string; from: string; to: string | null }

export type NewShares = {
  partner: string
  accountIds: readonly string[]
  /** Today when missing. */
  from?: string | null | undefined
  /** No end when missing. */
  to?: string | null | undefined
}

const MOST_AT_ONCE = 1_000

/** Shares accounts with a partner; those that were shared before are from now on shared between these days. */
export function shareAccounts(db: Database, change: Change, shares: NewShares): Promise<{ accounts: number }> {
  const { tenantId, by, now } = change
  const { partner, accountIds } = shares
  checkPartner(partner, 'input.partner')
  checkList(accountIds)
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const { timeZone } = await nextState(tx, tenantId)
    const from = shares.from ?? localDay(now, timeZone)
    const to = shares.to ?? null
    if (to !== null && to <= from)
      throw invalidInput('input.to', `input.to is ${to}: it is the first day without, and later than ${from}.`)
    const ids = await resolveAccounts(tx, tenantId, accountIds)
    await tx.$executeRaw`
      INSERT INTO partner_account (tenant_id, partner, account_id, shared_from, shared_to)
      SELECT ${tenantId}, ${partner}, id, ${from}::date, ${to}::date FROM unnest(${ids}::text[]) AS id
      ON CONFLICT (tenant_id, partner, account_id) DO UPDATE SET shared_from = excluded.shared_from, shared_to = excluded.shared_to`
    const detail = { accounts: ids, from, to }
    await note(tx, { tenantId, at: now, by, action: 'ACCOUNTS_SHARED', subject: partner, detail })
    return { accounts: await tx.partnerAccount.count({ where: { tenantId, partner } }) }
  })
}

/** Takes accounts away from a partner, or all; its keys and sessions see them no more within a second. */
export function unshareAccounts(
  db: Database,
  { tenantId, by, now }: Change,
  { partner, accountIds }: { partner: string; accountIds: readonly string[] | 'ALL' },
): Promise<{ accounts: number }> {
  checkPartner(partner, 'input.partner')
  if (accountIds !== 'ALL') checkList(accountIds)
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    await nextState(tx, tenantId)
    const ids = accountIds === 'ALL' ? undefined : await resolveAccounts(tx, tenantId, accountIds)
    const { count } = await tx.partnerAccount.deleteMany({
      where: { tenantId, partner, ...(ids && { accountId: { in: ids } }) },
    })
    const detail = { accounts: ids ?? 'all', ended: count }
    await note(tx, { tenantId, at: now, by, action: 'ACCOUNTS_UNSHARED', subject: partner, detail })
    return { accounts: await tx.partnerAccount.count({ where: { tenantId, partner } }) }
  })
}

/** A page of what is shared, by partner and account, that of other days too. */
export function listShares(
  db: Database,
  tenantId: string,
  { partner, offset, limit }: { partner?: string | undefined; offset: number; limit: number },
): Promise<{ items: Share[]; total: number }> {
  const where = { tenantId, ...(partner !== undefined && { partner }) }
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const rows = await tx.partnerAccount.findMany({
      where,
      orderBy: [{ partner: 'asc' }, { accountId: 'asc' }],
      skip: offset,
      take: limit,
    })
    const items = rows.map((row) => ({
      partner: row.partner,
      accountId: row.accountId,
      from: dayOf(row.from),
      to: row.to && dayOf(row.to),
    }))
    return { items, total: await tx.partnerAccount.count({ where }) }
  })
}

/** Ids of the accounts that a partner sees on a day. */
export async function sharedWith(tx: Tx, tenantId: string, partner: string, day: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT account_id AS id FROM partner_account
    WHERE tenant_id = ${tenantId} AND partner = ${partner} AND shared_from <= ${day}::date
      AND (shared_to IS NULL OR shared_to > ${day}::date)`
  return rows.map(({ id }) => id)
}

export function checkPartner(partner: string, field: string): void {
  if (partner.trim() !== partner || partner === '' || partner.length > 100)
    throw invalidInput(field, `${field} is the name of a partner, 1 to 100 characters without spaces around them.`)
}

function checkList(accountIds: readonly string[]): void {
  if (accountIds.length === 0 || accountIds.length > MOST_AT_ONCE)
    throw invalidInput(
      'input.accountIds',
      `input.accountIds names 1 to ${MOST_AT_ONCE} accounts; it has ${accountIds.length}.`,
    )
}

/** Whoever watches the tenant asks again: answers are kept by its version. */
async function nextState(tx: Tx, tenantId: string): Promise<{ timeZone: string }> {
  const { count } = await tx.tenant.updateMany({ where: { id: tenantId }, data: { version: { increment: 1 } } })
  if (count === 0) throw new ExpectedError('NOT_FOUND', `There is no tenant "${tenantId}".`)
  return tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { timeZone: true } })
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10)
