import type { Database } from '@nobishiro/prisma'
import { keepDocuments } from '../access/documents/registered.ts'
import { accept } from '../ingest/accept.ts'
import { contact } from '../ingest/sources/observed.ts'
import { closeMonth } from '../ledger/close-month.ts'
import { setPolicy } from '../ledger/set-policy.ts'
import { createEndpoint, testEndpoint } from '../webhooks/endpoints.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from './build.ts'
import { aKey, aSession, TEST_SECRET } from './query.ts'

const NOW = new Date('2026-11-22T00:00:00Z')

/** A tenant with rows in most tables. */
export async function aTenantInFull(db: Database, id: string): Promise<void> {
  const context = await aTenant(db, { id })
  const holding = (at: string, seats: number) =>
    aSubscription({ account: 'cus', subscription: 'sub', at, items: [anItem('crm', seats, aPrice('1000'))] })
  await accept(db, context, [
    delivered('1', anAccount('cus', '2025-02-01T00:00:00.000Z', { attributes: { partner: 'p' } })),
    delivered('2', holding('2025-02-10T00:00:00.000Z', 3)),
    delivered('3', holding('2026-03-10T00:00:00.000Z', 9)),
    delivered('4', contact({ account: 'cus', at: '2026-03-11T00:00:00.000Z', day: '2026-03-11', contact: 'c' })),
  ])
  await accept(db, context, [delivered('3', holding('2026-03-10T00:00:00.000Z', 10))])
  await closeMonth(db, { tenantId: id, now: NOW }, { month: '2026-09', reason: 'audited' })
  await setPolicy(db, { tenantId: id, now: NOW }, { policy: { paused: 'KEEP' }, reason: 'as billed' })
  await aKey(db, id)
  await aSession(db, id)
  const rules = { secret: TEST_SECRET, allowPrivate: false }
  const listening = { url: 'https://example.com', events: ['target.crossed'] }
  const { id: endpoint } = await createEndpoint(db, { tenantId: id, by: 'test', now: NOW }, listening, rules)
  await testEndpoint(db, { tenantId: id, now: NOW }, endpoint)
  await keepDocuments(db, { tenantId: id, by: 'test', now: NOW }, [{ name: 'A', text: 'query A { viewer { kind } }' }])
}
