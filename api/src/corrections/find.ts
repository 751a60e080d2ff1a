import type { Tx } from '@nobishiro/prisma'
import { invalid, shorten } from './invalid.ts'

/** The one account of this id, or of this id as its source knows it. */
export async function findAccount(tx: Tx, tenantId: string, name: string, field: string): Promise<string> {
  const select = { id: true, externalId: true }
  const found = await tx.account.findMany({ where: { tenantId, OR: [{ id: name }, { externalId: name }] }, select })
  return only(name, found, field, 'account')
}

export async function findSubscription(tx: Tx, tenantId: string, name: string, field: string) {
  const select = { id: true, externalId: true, accountId: true }
  const found = await tx.subscription.findMany({
    where: { tenantId, OR: [{ id: name }, { externalId: name }] },
    select,
  })
  const id = only(name, found, field, 'subscription')
  return found.find((row) => row.id === id)!
}

function only(name: string, found: readonly { id: string }[], field: string, what: string): string {
  const exact = found.find(({ id }) => id === name)
  if (exact) return exact.id
  const [first, ...others] = found
  if (first && others.length === 0) return first.id
  throw invalid(
    field,
    first
      ? `${field} "${shorten(name)}" names several ${what}s: ${found.map(({ id }) => id).join(', ')}. Name one of these.`
      : `${field} "${shorten(name)}" is not ${what === 'account' ? 'an' : 'a'} ${what} of this tenant.`,
  )
}
