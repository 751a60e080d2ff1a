import { describe, expect, it } from 'vitest'
import { accept } from '../../ingest/accept.ts'
import { anItem, aPrice } from '../../ingest/sources/stripe/testing.ts'
import { aTenant } from '../../testing/build.ts'
import { eachDatabase } from '../../testing/db.ts'
import { lines, problems, told } from './testing/odd-input.ts'

eachDatabase((open) => {
  describe('what the ledger cannot hold is kept with the reason, and the rest of the batch counts', () => {
    const huge = aPrice({ unit_amount: null, unit_amount_decimal: '999999999999999999' })
    it.each([
      [
        'an amount beyond all bounds',
        { items: [anItem({ quantity: 2_147_483_647, price: huge })] },
        'stripe: subscription sub_1: the MRR of item si_1 is 2147483646999999997852516353; accepted: at most 9007199254740991 minor units.',
      ],
      [
        'an item that is there twice',
        { items: [anItem(), anItem({ quantity: 3 })] },
        'stripe: subscription sub_1: item si_1 is there twice; accepted: each item once.',
      ],
      [
        'a subscription that another account has',
        { customer: 'cus_2' },
        'stripe: subscription sub_1 is said to belong to cus_2; accepted: cus_1, to which it belongs.',
      ],
    ])('%s', async (_, fields, reason) => {
      const db = await open()
      const context = await aTenant(db)
      const [sound, odd] = [told('created', 0), told('updated', 9, fields)]
      expect(await accept(db, context, [sound, odd])).toEqual([
        { externalId: sound.externalId, outcome: 'POSTED' },
        { externalId: odd.externalId, outcome: 'IGNORED', reason },
      ])
      const later = told('updated', 20, fields)
      expect(await accept(db, context, [later, odd])).toMatchObject([{ outcome: 'IGNORED' }, { outcome: 'DUPLICATE' }])
      expect(await lines(db, context.tenantId)).toEqual(['stripe:cus_1 2023-11-14 10000 USD, 10 seats'])
      expect(await problems(db, context.tenantId)).toEqual([])
      const kept = await db.withTenant({ tenantId: context.tenantId, viewer: 'TENANT' }, (tx) =>
        tx.inbox.findMany({ where: { status: 'IGNORED' }, select: { reason: true } }),
      )
      expect(kept).toEqual([{ reason }, { reason }])
    })
  })
})
