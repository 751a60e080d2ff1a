import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { importRates } from '../ingest/import-rates.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import type { Store } from './column-store.ts'
import { createFactsCache } from './facts-cache.ts'
import { hydrate, hydrateAsOf } from './hydrate.ts'
import { monthOf } from './month.ts'

const NOW = new Date('2024-06-15T00:00:00Z')

/** Acme holds 3 seats from January on and 50 from March on, Beta 2 seats in Europe in February. */
async function seeded(db: Database, id = 'acme-saas') {
  const context = await aTenant(db, { id })
  const basic = (quantity: number, rest = {}) => anItem('basic', quantity, aPrice('1000'), rest)
  await accept(db, context, [
    delivered('a1', anAccount('acme', '2024-01-01T00:00:00Z', { name: 'Acme', attributes: { segment: 'large' } })),
    delivered('e1', aSubscription({ at: '2024-01-10T00:00:00.000Z', items: [basic(3)] })),
    delivered('e2', aSubscription({ at: '2024-03-10T00:00:00.000Z', items: [basic(50)] })),
    delivered('a2', anAccount('beta', '2024-01-01T00:00:00Z', { name: 'Beta', region: 'EU' })),
    delivered(
      'e3',
      aSubscription({ account: 'beta', subscription: 'sub_b', at: '2024-02-01T00:00:00.000Z', items: [basic(2)] }),
    ),
    delivered('u1', { type: 'usage', account: 'acme', metric: 'active_seats', day: '2024-03-05', quantity: '9' }),
    delivered('u2', { type: 'usage', account: 'acme', metric: 'active_seats', day: '2024-03-20', quantity: '41' }),
  ])
  return context
}

eachDatabase((open) => {
  it('reads the change points, attributes and usage of one tenant', async () => {
    const db = await open()
    const { tenantId } = await seeded(db)
    await seeded(db, 'other-saas')
    const store = await hydrate(db, tenantId, NOW)
    const { accounts, changes, usage } = store
    expect(accounts.ids).toEqual(['stripe:acme', 'stripe:beta'])
    expect(accounts.names).toEqual(['Acme', 'Beta'])
    expect([...changes.start]).toEqual([0, 2, 3])
    expect([...changes.month]).toEqual([monthOf('2024-01-01'), monthOf('2024-03-01'), monthOf('2024-02-01')])
    expect([...changes.day]).toEqual([10, 10, 1])
    expect([...changes.amount]).toEqual([3000, 47000, 2000])
    expect([...changes.seats]).toEqual([3, 47, 2])
    expect([...changes.region].map((code) => store.regions[code])).toEqual(['', '', 'EU'])
    expect(accounts.attributes.get('segment')?.values).toEqual(['', 'large'])
    expect([...usage.month, ...usage.active]).toEqual([monthOf('2024-03-01'), 41])
    expect(store.version).toBe(await versionOf(db, tenantId))
    expect([...store.plans.confirmed].every((confirmed) => confirmed === 0)).toBe(true)
  })

  it('as of an instant holds what was known then, whatever arrived later', async () => {
    const db = await open()
    const context = await seeded(db)
    const { tenantId } = context
    const asOf = new Date()
    const then = await hydrateAsOf(db, tenantId, asOf)
    const known = ({ accounts, changes, usage, dataThrough }: typeof then) => ({
      names: accounts.names,
      segment: accounts.attributes.get('segment')?.values,
      months: [...changes.month],
      days: [...changes.day],
      amounts: [...changes.amount],
      seats: [...changes.seats],
      active: [...usage.active],
      dataThrough,
    })
    expect(known(then)).toEqual(known(await hydrate(db, tenantId, NOW)))
    await new Promise((resolve) => setTimeout(resolve, 5))
    await accept(db, context, [
      delivered(
        'a3',
        anAccount('acme', '2024-04-01T00:00:00Z', { name: 'Acme Renamed', attributes: { segment: 'small' } }),
      ),
      delivered('u3', { type: 'usage', account: 'acme', metric: 'active_seats', day: '2024-03-25', quantity: '44' }),
      delivered(
        'e4',
        aSubscription({
          at: '2024-04-20T00:00:00.000Z',
          effectiveAt: '2024-02-10T00:00:00.000Z',
          items: [anItem('basic', 7, aPrice('1000'))],
        }),
      ),
      delivered(
        'e5',
        aSubscription({
          account: 'new',
          subscription: 'sub_n',
          at: '2024-01-05T00:00:00.000Z',
          items: [anItem('basic', 1, aPrice('1000'))],
        }),
      ),
    ])
    const again = await hydrateAsOf(db, tenantId, asOf)
    expect(known(again)).toEqual(known(then))
    expect(again.version).toBe(then.version)
    expect(known(await hydrate(db, tenantId, NOW))).not.toEqual(known(then))
    expect((await hydrateAsOf(db, tenantId, new Date(0))).accounts.ids).toEqual([])
  })

  it('is complete through the earliest of what each source declares or shows', async () => {
    const db = await open()
    const { tenantId } = await seeded(db)
    expect((await hydrate(db, tenantId, NOW)).dataThrough).toBe('2024-03-10')
    const source = { tenantId, kind: 'CSV' }
    await db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
      await tx.source.create({ data: { ...source, name: 'silent' } })
      await tx.source.create({ data: { ...source, name: 'declares', through: new Date('2024-02-29') } })
    })
    expect((await hydrate(db, tenantId, NOW)).dataThrough).toBe('2024-02-29')
  })

  it('holds the last word of each day on rates, and as of an instant those known then; rates say nothing of completeness', async () => {
    const db = await open()
    const context = await seeded(db)
    const { tenantId } = context
    const worth = (currency: string, day: string, rate: string) => ({ currency, day, rate, per: '1' })
    await importRates(db, { tenantId, clock: () => NOW }, [
      worth('EUR', '2024-01-15', '1.1'),
      worth('EUR', '2024-01-31', '1.2'),
      worth('EUR', '2024-06-03', '1.3'),
      worth('EUR', '2024-06-14', '1.4'),
    ])
    const asOf = new Date()
    await new Promise((resolve) => setTimeout(resolve, 5))
    await importRates(db, { tenantId, clock: () => new Date(NOW.getTime() + 1000) }, [
      worth('EUR', '2024-01-31', '1.25'),
    ])
    const ratesOf = ({ rates }: Store) => rates.get('EUR')?.map(({ day, rate }) => `${day} ${rate}`)
    const now = await hydrate(db, tenantId, NOW)
    expect(ratesOf(now)).toEqual(['2024-01-15 1.1', '2024-01-31 1.25', '2024-06-03 1.3', '2024-06-14 1.4'])
    expect(ratesOf(await hydrateAsOf(db, tenantId, asOf))?.[1]).toBe('2024-01-31 1.2')
    expect(ratesOf(await hydrateAsOf(db, tenantId, new Date()))?.[1]).toBe('2024-01-31 1.25')
    expect(now.dataThrough).toBe('2024-03-10')
  })

  it('of a tenant without anything holds nothing, and of an unknown tenant says so', async () => {
    const db = await open()
    const { tenantId } = await aTenant(db)
    const store = await hydrate(db, tenantId, NOW)
    expect([store.accounts.ids, store.firstChange, store.dataThrough]).toEqual([[], null, null])
    await expect(hydrate(db, 'nobody', NOW)).rejects.toThrow('There is no tenant nobody')
  })

  it('keeps a store until the version moves, looks the version up once in a while, and loads once for many', async () => {
    const real = await open()
    const context = await seeded(real)
    let asked = 0
    const database: Database = {
      ...real,
      withTenant: (...args) => {
        asked += 1
        return real.withTenant(...args)
      },
    }
    let tick = 0
    const cache = createFactsCache({ database, tick: () => tick })
    const [first, second] = await Promise.all([cache.read(context), cache.read(context)])
    expect([first === second, asked]).toEqual([true, 1])
    await accept(real, context, [
      delivered('e9', aSubscription({ at: '2024-04-10T00:00:00.000Z', items: [anItem('basic', 60, aPrice('1000'))] })),
    ])
    tick = 499
    expect([(await cache.read(context)) === first, asked]).toEqual([true, 1])
    tick = 500
    const third = await cache.read(context)
    expect([third.version > first.version, asked]).toEqual([true, 3])
    tick = 1000
    expect([(await cache.read(context)) === third, asked]).toEqual([true, 4])
  })

  it('lets the longest unused tenant go when the budget is spent', async () => {
    const db = await open()
    const [one, other] = [await seeded(db, 'one-saas'), await seeded(db, 'other-saas')]
    const cache = createFactsCache({ database: db, budgetBytes: 1 })
    const first = await cache.read(one)
    await cache.read(other)
    expect((await cache.read(one)) === first).toBe(false)
    expect((await cache.read(one)).tenantId).toBe('one-saas')
  })
})

function versionOf(db: Database, tenantId: string): Promise<bigint | undefined> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => (await tx.tenant.findFirst())?.version)
}
