import type { Database } from '@nobishiro/prisma'
import { SPIKE } from '../../access/denials.ts'
import { mintToken } from '../../access/tokens.ts'
import type { App } from '../../app.ts'
import { accept } from '../../ingest/accept.ts'
import { closeMonth } from '../../ledger/close-month.ts'
import { setTarget } from '../../targets/targets.ts'
import { anAccount, anItem, aPrice, aSubscription, delivered } from '../../testing/build.ts'
import { query } from '../../testing/query.ts'

/** Before any month is closed, whatever the clock of the machine says. */
export const LONG_AGO = new Date('2020-01-01T00:00:00Z')
const NOW = new Date('2026-11-22T00:00:00Z')

type Context = { tenantId: string; source: string; clock: () => Date }

/** That Aozora holds so many seats, at 10.00 USD each, from a day on. */
export const hold = (db: Database, context: Context, day: string, seats: number) =>
  accept(db, context, [
    delivered(
      `${day} ${seats}`,
      aSubscription({
        account: 'aozora',
        at: `${day}T00:00:00.000Z`,
        items: [anItem('basic', seats, aPrice('1000'), { product: 'crm' })],
      }),
    ),
  ])

/** MRR goes from 100.00 to 200.00 in October, over a target of 150; October is closed. */
export async function crossInOctober(db: Database, context: Context): Promise<void> {
  const { tenantId } = context
  await accept(db, context, [delivered('a', anAccount('aozora', '2026-01-01T00:00:00.000Z', { name: 'Aozora' }))])
  await hold(db, context, '2026-01-10', 10)
  await setTarget(db, { tenantId, now: LONG_AGO }, { metric: 'mrr', from: '2026-01', value: '150' })
  await hold(db, context, '2026-10-10', 20)
  await closeMonth(db, { tenantId, now: NOW }, { month: '2026-10', reason: null })
}

/** Somebody tries tokens until it is a spike. */
export async function guess(app: App, tenantId: string): Promise<void> {
  for (let attempt = 0; attempt < SPIKE; attempt += 1)
    await query(app, { token: mintToken('SESSION', tenantId).text, query: '{ viewer { kind } }' })
}
