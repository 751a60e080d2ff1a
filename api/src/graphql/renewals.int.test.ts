import type { Database } from '@nobishiro/prisma'
import { beforeEach, describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { hydrate, hydrateAsOf } from '../facts/hydrate.ts'
import { everyAccount } from '../facts/scope.ts'
import { accept } from '../ingest/accept.ts'
import type { SubscriptionHistoryEvent, SubscriptionState } from '../ingest/event.ts'
import { verify } from '../ledger/verify.ts'
import { evaluate } from '../metrics/evaluate.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { anApp, aSession, query } from '../testing/query.ts'

const seats = (quantity: number) => [anItem('crm', quantity, aPrice('1000'))]
const ENDED: SubscriptionState = { status: 'ENDED', currency: 'USD', items: [] }
const day = (text: string) => `${text}T00:00:00.000Z`

/** A subscription as it is said on a day, with what is known of its term. */
function said(at: string, account: string, quantity: number, more: Partial<SubscriptionState> = {}) {
  const event = aSubscription({ at: day(at), account, subscription: `sub_${account}`, items: seats(quantity) })
  return delivered(`${account} ${at}`, { ...event, state: { ...event.state, ...more } })
}
const year = { start: day('2026-01-10'), end: day('2027-01-10') }
const month = { start: day('2026-11-10'), end: day('2026-12-10') }
const file: SubscriptionHistoryEvent = {
  ...{ type: 'subscriptionHistory', account: 'filed', subscription: 'sub_filed', at: day('2026-10-01'), rank: 0 },
  states: [
    { effectiveAt: day('2026-02-01'), state: { status: 'ACTIVE', currency: 'USD', items: seats(7) } },
    { effectiveAt: day('2026-12-31'), state: ENDED },
  ],
}
const ALL = [
  said('2026-01-10', 'yearly', 10, { period: year }),
  said('2026-01-11', 'monthly', 20, { period: month }),
  said('2026-01-12', 'leaving', 5, { period: month }),
  said('2026-09-12', 'leaving', 5, { period: month, scheduled: [{ effectiveAt: day('2026-12-10'), state: ENDED }] }),
  said('2026-11-01', 'trial', 3, { status: 'TRIAL', trialEnd: day('2026-12-01'), period: month }),
  delivered('filed', file),
]

eachDatabase((open) => {
  let db: Database
  let app: App
  let context: Awaited<ReturnType<typeof aTenant>>
  beforeEach(async () => {
    db = await open()
    context = await aTenant(db)
    app = anApp(db)
    await accept(db, context, ALL)
  })

  describe('contracts that end soon', () => {
    const asked = `{ renewals(within: 60) { within totalCount mrr { amount } cancelledMrr { amount }
      items { account { externalId } subscription { externalId status endsAt committedMrr { amount } } endsAt mrr { amount } isCancelled } } }`

    it('are listed with the MRR at stake, the earliest first, monthly ones only where their end is agreed', async () => {
      const { data } = await query(app, { token: await aSession(db, context.tenantId), query: asked })
      const row = (account: string, endsAt: string, amount: string, isCancelled: boolean) => ({
        account: { externalId: account },
        subscription: {
          externalId: `sub_${account}`,
          status: 'ACTIVE',
          endsAt: isCancelled ? endsAt : null,
          committedMrr: { amount: isCancelled ? '0.00' : amount },
        },
        ...{ endsAt, mrr: { amount }, isCancelled },
      })
      expect(data).toEqual({
        renewals: {
          ...{ within: 60, totalCount: 3, mrr: [{ amount: '220.00' }], cancelledMrr: [{ amount: '120.00' }] },
          items: [
            row('leaving', day('2026-12-10'), '50.00', true),
            row('filed', day('2026-12-31'), '70.00', true),
            row('yearly', day('2027-01-10'), '100.00', false),
          ],
        },
      })
    })

    it('a viewer of some accounts sees its own', async () => {
      const token = await aSession(db, context.tenantId, ['yearly'])
      const { data } = await query(app, {
        token,
        query: '{ renewals { totalCount items(first: 1) { account { externalId } } } }',
      })
      expect(data).toEqual({ renewals: { totalCount: 1, items: [{ account: { externalId: 'yearly' } }] } })
    })

    it('a window that is none is refused', async () => {
      const { errors } = await query(app, {
        token: await aSession(db, context.tenantId),
        query: '{ renewals(within: 0) { totalCount } }',
      })
      expect(errors?.[0]?.message).toBe('within is 1 to 730 days; it was 0.')
    })
  })

  it('committed and trial MRR say what was agreed then, and verify passes', async () => {
    const values = (store: Awaited<ReturnType<typeof hydrate>>) => {
      const range = { start: 2026 * 12 + 7, end: 2026 * 12 + 12 }
      const now = new Date(day('2026-11-22'))
      const keys = ['mrr', 'committedMrr', 'trialMrr'] as const
      return evaluate(store, { scope: everyAccount(store), now, keys, range }).map((series) =>
        series.values.map(({ value }) => value),
      )
    }
    const now = new Date(day('2026-11-22'))
    const before = await hydrate(db, context.tenantId, now)
    const expected = [
      ['420.00', '420.00', '420.00', '420.00', '350.00'],
      ['420.00', '370.00', '300.00', '300.00', '350.00'],
      ['0.00', '0.00', '0.00', '30.00', '30.00'],
    ]
    expect(values(before)).toEqual(expected)
    expect((await verify(db, context.tenantId, now)).checks.flatMap(({ problems }) => problems)).toEqual([])

    await new Promise((resolve) => setTimeout(resolve, 5))
    const known = new Date()
    await new Promise((resolve) => setTimeout(resolve, 5))
    await accept(db, context, [said('2026-11-20', 'leaving', 5, { period: month }), said('2026-11-21', 'trial', 3)])
    expect(values(await hydrate(db, context.tenantId, now))).toEqual([
      ['420.00', '420.00', '420.00', '450.00', '380.00'],
      ['420.00', '370.00', '300.00', '380.00', '380.00'],
      ['0.00', '0.00', '0.00', '0.00', '0.00'],
    ])
    expect(values(await hydrateAsOf(db, context.tenantId, known))).toEqual(expected)
  })
})
