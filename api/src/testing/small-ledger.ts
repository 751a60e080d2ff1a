import type { Database } from '@nobishiro/prisma'
import { expect } from 'vitest'
import type { App } from '../app.ts'
import { accept } from '../ingest/accept.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from './build.ts'
import { aKey, anApp, query } from './query.ts'

export const basic = (quantity: number) => anItem('basic', quantity, aPrice('1000'), { product: 'crm' })
const pro = (quantity: number) => anItem('pro', quantity, aPrice('1800'), { product: 'crm' })

/** Aozora grows from 10 Basic to 50 Pro in March 2026; Birch stays at 5 Basic and leaves in June 2026; Cedar never paid. */
export async function aLedger(db: Database) {
  const context = await aTenant(db)
  const aozora = { account: 'aozora', subscription: 'sub_a' }
  const birch = { account: 'birch', subscription: 'sub_b' }
  await accept(db, context, [
    delivered(
      'a0',
      anAccount('aozora', '2025-01-01T00:00:00.000Z', { name: 'Aozora', region: 'JP', attributes: { tier: 'gold' } }),
    ),
    delivered('a1', aSubscription({ ...aozora, at: '2025-01-10T00:00:00.000Z', items: [basic(10)] })),
    delivered('a2', aSubscription({ ...aozora, at: '2026-03-10T00:00:00.000Z', items: [pro(50)] })),
    delivered('b0', anAccount('birch', '2025-01-01T00:00:00.000Z', { name: 'Birch', parent: 'aozora' })),
    delivered('b1', aSubscription({ ...birch, at: '2025-02-10T00:00:00.000Z', items: [basic(5)] })),
    delivered(
      'b2',
      aSubscription({ ...birch, at: '2026-06-10T00:00:00.000Z', items: [basic(5)], status: 'ENDED', rank: 2 }),
    ),
    delivered('c0', anAccount('cedar', '2025-01-01T00:00:00.000Z', { name: 'Cedar' })),
    delivered('c1', anAccount('cedar', '2026-11-21T12:00:00.000Z', { name: 'Cedar' })),
  ])
  const { tenantId } = context
  const app = anApp(db)
  const token = await aKey(db, tenantId, ['read'])
  return { db, tenantId, app, ask: asker(app, token) }
}

/** Asks and takes the data; a fault fails the test. */
export function asker(app: App, token: string) {
  return async <Data = Record<string, unknown>>(text: string, variables: object = {}): Promise<Data> => {
    const { data, errors } = await query(app, { token, query: text, variables })
    expect(errors).toBeUndefined()
    return data as Data
  }
}
