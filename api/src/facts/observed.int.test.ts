import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import * as observed from '../ingest/sources/observed.ts'
import { anAccount, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import type { Store } from './column-store.ts'
import { createFactsCache } from './facts-cache.ts'
import { hydrate, hydrateAsOf } from './hydrate.ts'
import { dayOf, firstDayOf } from './month.ts'
import { observedKinds } from './observed.ts'

const NOW = new Date('2024-06-15T00:00:00Z')
const at = '2024-05-01T00:00:00Z'
const acme = { account: 'acme', at }
const usage = (day: string, metric: string, quantity: string, more = {}) =>
  ({ type: 'usage', account: 'acme', metric, day, quantity, ...more }) as const

async function seeded(db: Database) {
  const context = await aTenant(db)
  await accept(db, context, [
    delivered('a', anAccount('acme', '2024-01-01T00:00:00Z', { signedUpOn: '2024-01-03' })),
    delivered(
      'o1',
      observed.entitlement({ ...acme, day: '2024-01-05', metric: 'calls', limit: '1000' }),
      observed.entitlement({ ...acme, day: '2024-03-05', metric: 'calls', limit: '2000.4' }),
      observed.entitlement({ ...acme, day: '2024-03-20', metric: 'calls', limit: '3000' }),
      observed.entitlement({ ...acme, day: '2024-03-20', metric: 'peak', limit: '9000000000000' }),
      observed.feature({ ...acme, day: '2024-02-01', feature: 'boards', adopted: true }),
      observed.feature({ ...acme, day: '2024-04-01', feature: 'boards', adopted: false }),
      observed.integration({ ...acme, day: '2024-02-10', integration: 'chat', connected: true }),
      observed.spend({ at, month: '2024-02', category: 'marketing', amount: '5000', currency: 'USD' }),
      observed.spend({ at, month: '2024-02', category: 'marketing', amount: '700', currency: 'EUR' }),
    ),
    delivered(
      'o2',
      observed.invoiceLine({
        ...acme,
        day: '2024-02-03',
        invoice: 'i1',
        name: 'Setup',
        amount: '100',
        currency: 'USD',
        recurring: false,
      }),
      observed.invoiceLine({
        ...acme,
        day: '2024-02-23',
        invoice: 'i2',
        name: 'Course',
        amount: '50',
        currency: 'USD',
        recurring: false,
      }),
      observed.invoiceLine({
        ...acme,
        day: '2024-02-23',
        invoice: 'i3',
        name: 'Plan',
        amount: '900',
        currency: 'USD',
        recurring: true,
      }),
    ),
    delivered('u1', usage('2024-02-01', 'calls', '10.4')),
    delivered('u2', usage('2024-02-20', 'calls', '30')),
    delivered('u3', usage('2024-02-21', 'peak', '7', { aggregation: 'MAX' })),
    delivered('u4', usage('2024-02-22', 'peak', '5', { aggregation: 'MAX' })),
    delivered('u5', usage('2024-02-22', 'unlimited', '5')),
  ])
  return context
}

const shown = ({ observed: told, observedNames, accounts, currencies, spend }: Store) => {
  return {
    rows: [...told.month]
      .map((month, row) =>
        [
          accounts.ids[told.teller[row]!],
          dayOf(month, told.day[row]!),
          observedKinds[told.kind[row]!],
          observedNames[told.name[row]!],
          told.amount[row],
        ].join(' '),
      )
      .sort(),
    spend: spend.map(({ month, category, currency, amount }) =>
      [firstDayOf(month), category, amount, currencies[currency]].join(' '),
    ),
    signedUp: [...accounts.signedUp].map(firstDayOf),
  }
}

const rows = [
  'stripe:acme 2024-01-05 LIMIT calls 1000',
  'stripe:acme 2024-02-01 CHARGE  150',
  'stripe:acme 2024-02-01 FEATURE boards 1',
  'stripe:acme 2024-02-10 INTEGRATION chat 1',
  'stripe:acme 2024-02-20 USE calls 40',
  'stripe:acme 2024-02-22 USE peak 7',
  'stripe:acme 2024-03-20 LIMIT calls 3000',
  'stripe:acme 2024-03-20 LIMIT peak 0',
  'stripe:acme 2024-04-01 FEATURE boards 0',
]

eachDatabase((open) => {
  it('loads what was told beside revenue: month by month, the last word, and what readings amount to', async () => {
    const db = await open()
    const { tenantId } = await seeded(db)
    expect(shown(await hydrate(db, tenantId, NOW))).toEqual({
      rows,
      spend: ['2024-02-01 marketing 700 EUR', '2024-02-01 marketing 5000 USD'],
      signedUp: ['2024-01-01'],
    })
  })

  it('as of an instant it is what had been told by then; a newer word makes a newer store', async () => {
    const db = await open()
    const context = await seeded(db)
    const { tenantId } = context
    const cache = createFactsCache({ database: db, checkEveryMs: 0 })
    const before = await cache.read({ tenantId })
    const asOf = new Date()
    await new Promise((resolve) => setTimeout(resolve, 5))
    await accept(db, context, [
      delivered(
        'o3',
        observed.feature({ ...acme, at: '2024-06-01T00:00:00Z', day: '2024-04-01', feature: 'boards', adopted: true }),
        observed.spend({
          at: '2024-06-01T00:00:00Z',
          month: '2024-02',
          category: 'marketing',
          amount: '1',
          currency: 'USD',
        }),
      ),
    ])
    const after = await cache.read({ tenantId })
    expect(after.version).toBeGreaterThan(before.version)
    expect(shown(after).rows).toEqual([...rows.slice(0, -1), 'stripe:acme 2024-04-01 FEATURE boards 1'])
    expect(shown(after).spend).toContain('2024-02-01 marketing 1 USD')
    expect(shown(await hydrateAsOf(db, tenantId, asOf))).toEqual(shown(before))
    expect(shown(await hydrateAsOf(db, tenantId, new Date(Date.now() + 5)))).toEqual(shown(after))
  })
})
