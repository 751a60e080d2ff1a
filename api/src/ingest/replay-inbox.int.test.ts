import { expect, it } from 'vitest'
import { ledgerHash } from '../ledger/hash.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase, inMemory } from '../testing/db.ts'
import { accept } from './accept.ts'
import { replayInbox } from './replay-inbox.ts'

const seats = (quantity: number) => anItem('core', quantity, aPrice('1000'))

eachDatabase((open) => {
  it('the inbox alone gives the same ledger, whatever took the old one back', async () => {
    const db = await open()
    const context = await aTenant(db)
    const deliveries = [
      delivered('e3', aSubscription({ at: '2024-01-10T00:00:00.000Z', items: [seats(3)] })),
      delivered('e1', aSubscription({ at: '2024-03-10T00:00:00.000Z', items: [seats(50)] })),
      delivered(
        'e2',
        aSubscription({ at: '2024-04-10T00:00:00.000Z', effectiveAt: '2024-02-10T00:00:00.000Z', items: [seats(9)] }),
      ),
    ]
    for (const delivery of deliveries) await accept(db, context, [delivery])
    const copy = await inMemory()
    try {
      expect(await replayInbox(db, copy, context.tenantId, context.clock)).toBe(3)
      const hashes = await Promise.all(
        [db, copy].map((each) =>
          each.withTenant({ tenantId: context.tenantId, viewer: 'TENANT' }, (tx) => ledgerHash(tx, context.tenantId)),
        ),
      )
      expect(hashes[1]).toBe(hashes[0])
    } finally {
      await copy.close()
    }
  })
})
