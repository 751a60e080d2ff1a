import type { Database } from '@nobishiro/prisma'
import { readStripe } from '../../../ingest/sources/stripe/stripe.ts'
import { anEvent, aPrice, aSubscription, START } from '../../../ingest/sources/stripe/testing.ts'
import { verify } from '../../verify.ts'

export const NOW = new Date('2024-06-01T00:00:00Z')
export const DAY = 86_400
type Fields = Parameters<typeof aSubscription>[0]

/** A Stripe event of sub_1, so many days after its start. */
export function told(kind: 'created' | 'updated' | 'deleted', days: number, fields: Fields = {}) {
  const created = START + days * DAY
  const id = `evt_${kind}_${days}_${String(fields?.['customer'] ?? '')}`
  const event = anEvent(`customer.subscription.${kind}`, aSubscription(fields), { id, created })
  return readStripe(Buffer.from(JSON.stringify(event)), 'stripe')
}
export const priced = (unit_amount: number, id = 'price_basic') => aPrice({ id, product: id, unit_amount })

/** What changed per account, day and currency, one line each. */
export async function lines(db: Database, tenantId: string): Promise<string[]> {
  const rows = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.accountChange.groupBy({
      by: ['accountId', 'day', 'currency'],
      _sum: { amountMinor: true, seats: true },
      orderBy: [{ day: 'asc' }, { currency: 'asc' }],
    }),
  )
  return rows.map(
    ({ accountId, day, currency, _sum }) =>
      `${accountId} ${day.toISOString().slice(0, 10)} ${_sum.amountMinor} ${currency}, ${_sum.seats} seats`,
  )
}

/** What verify finds. */
export const problems = async (db: Database, tenantId: string) =>
  (await verify(db, tenantId, NOW)).checks.flatMap(({ name, problems: found }) =>
    found.map(({ where, found: what }) => `${name}: ${where} is ${what}`),
  )
