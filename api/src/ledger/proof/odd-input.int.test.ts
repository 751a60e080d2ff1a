import { describe, expect, it } from 'vitest'
import { hydrate } from '../../facts/hydrate.ts'
import { accept } from '../../ingest/accept.ts'
import { createTenant, importText } from '../../ingest/files/testing/import-text.ts'
import { changes, HEADER } from '../../ingest/files/testing/sample.ts'
import { anItem, aPrice, START } from '../../ingest/sources/stripe/testing.ts'
import { aTenant } from '../../testing/build.ts'
import { eachDatabase } from '../../testing/db.ts'
import { metric } from './testing/example-tools.ts'
import { DAY, lines, NOW, priced, problems, told } from './testing/odd-input.ts'

eachDatabase((open) => {
  describe('a negative amount', () => {
    it('is posted as it was said, counts as no MRR, and verify names it', async () => {
      const db = await open()
      const context = await aTenant(db)
      await accept(db, context, [told('created', 0, { items: [anItem({ price: priced(-500) })] })])
      expect(await lines(db, context.tenantId)).toEqual(['stripe:cus_1 2023-11-14 -5000 USD, 0 seats'])
      expect(await problems(db, context.tenantId)).toEqual(['not-negative: stripe:cus_1 2023-11-14 is -5000 USD'])
      const store = await hydrate(db, context.tenantId, NOW)
      expect([metric(store, 'mrr', '2023-12'), metric(store, 'new', '2023-11')]).toEqual(['0.00', '0.00'])
    })

    it('of one item is a reduction of the others, and nothing is wrong', async () => {
      const db = await open()
      const context = await aTenant(db)
      const credit = anItem({ id: 'si_2', quantity: 1, price: priced(-500, 'price_credit') })
      await accept(db, context, [told('created', 0, { items: [anItem({ price: priced(1000) }), credit] })])
      expect(await lines(db, context.tenantId)).toEqual(['stripe:cus_1 2023-11-14 9500 USD, 10 seats'])
      expect(await problems(db, context.tenantId)).toEqual([])
    })

    it('in a file is the same', async () => {
      const db = await open()
      await createTenant(db)
      const row = 'S-1,A-1,2024-01-10,,Pro,3,-12.50,USD,no\n'
      const report = await importText(db, { 'accounts.csv': 'account\nA-1\n', 'subscriptions.csv': HEADER + row })
      expect(report).toMatchObject({ outcome: 'IMPORTED' })
      expect(await changes(db)).toEqual(['csv:A-1 2024-01-10 -1250'])
      expect(await problems(db, 'acme')).toEqual(['not-negative: csv:A-1 2024-01-10 is -1250 USD'])
    })
  })

  it('an end before the start takes the whole subscription back', async () => {
    const db = await open()
    const context = await aTenant(db)
    await accept(db, context, [told('created', 0)])
    expect(await lines(db, context.tenantId)).toHaveLength(1)
    await accept(db, context, [told('deleted', 1, { ended_at: START - 9 * DAY })])
    expect(await lines(db, context.tenantId)).toEqual([])
    expect(await problems(db, context.tenantId)).toEqual([])
  })

  it('a currency that changes inside a subscription ends one level and begins another, and the seats stay', async () => {
    const db = await open()
    const context = await aTenant(db)
    const euros = anItem({ price: aPrice({ currency: 'eur', unit_amount: 900 }) })
    await accept(db, context, [told('updated', 9, { currency: 'eur', items: [euros] }), told('created', 0)])
    expect(await lines(db, context.tenantId)).toEqual([
      'stripe:cus_1 2023-11-14 10000 USD, 10 seats',
      'stripe:cus_1 2023-11-23 9000 EUR, 10 seats',
      'stripe:cus_1 2023-11-23 -10000 USD, -10 seats',
    ])
    expect(await problems(db, context.tenantId)).toEqual([])
  })

  it('a known id with another body changes nothing, and both bodies are kept', async () => {
    const db = await open()
    const context = await aTenant(db)
    const first = told('created', 0)
    const second = { ...told('created', 0, { items: [anItem({ quantity: 99 })] }), externalId: first.externalId }
    await accept(db, context, [first])
    expect(await accept(db, context, [second, second])).toMatchObject([
      { outcome: 'CONFLICT' },
      { outcome: 'CONFLICT' },
    ])
    expect(await lines(db, context.tenantId)).toEqual(['stripe:cus_1 2023-11-14 10000 USD, 10 seats'])
    expect(await problems(db, context.tenantId)).toEqual([])
    const kept = await db.withTenant({ tenantId: context.tenantId, viewer: 'TENANT' }, async (tx) => [
      ...(await tx.inbox.findMany({ select: { raw: true } })),
      ...(await tx.inboxConflict.findMany({ select: { raw: true } })),
    ])
    expect(kept.map(({ raw }) => Buffer.from(raw).toString())).toEqual(
      [first, second].map(({ raw }) => Buffer.from(raw).toString()),
    )
  })
})
