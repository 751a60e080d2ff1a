import { describe, expect, it } from 'vitest'
import { parseExternalId } from './identity.ts'
import { parseMapping } from './mapping.ts'
import { type Prepared, prepareAccount, prepareMove, prepareSubscription, prepareUsage } from './prepare.ts'
import { toSubscription } from './subscription.ts'

const AT = '2026-11-22T00:00:00.000Z'
const columns = { subscription: 's', account: 'a', start: 'f', amount: 'm', currency: 'c', end: 'until' }
const mapping = (rest: object = {}) =>
  parseMapping({ name: 'crm', subscriptions: { file: 's.csv', columns, ...rest } }, 'm.json')

const row = { subscription: 'S-1', account: 'A-1', start: '2024-01-10', amount: '12.345', currency: 'USD' }
function subscribe(changes: object = {}, mapped = mapping()) {
  return toSubscription(
    { ...row, ...changes },
    { mapping: mapped, timeZone: 'Asia/Tokyo', columnOf: (field) => (field === 'end' ? 'until' : field) },
  )
}
function prepared(changes: object = {}, mapped = mapping()): Prepared[] {
  const subscription = subscribe(changes, mapped)
  if ('expected' in subscription) throw new Error(subscription.expected)
  return prepareSubscription(subscription, mapped, 'Asia/Tokyo')
}
const events = (parts: Prepared[]) => parts.map((part) => part.events(AT)[0])

describe('subscriptions', () => {
  it('a row is the whole history: it runs from local midnight of its start and ends at local midnight of its end', () => {
    const [product, history] = events(prepared({ end: '2024-03-01', seats: 5, region: 'JP' }))
    expect(product).toEqual({ type: 'product', product: 'crm', at: AT, name: 'crm' })
    expect(history).toEqual({
      type: 'subscriptionHistory',
      account: 'A-1',
      subscription: 'S-1',
      at: AT,
      rank: 0,
      states: [
        {
          effectiveAt: '2024-01-09T15:00:00.000Z',
          state: {
            status: 'ACTIVE',
            currency: 'USD',
            items: [
              {
                item: 'S-1',
                price: null,
                product: 'crm',
                quantity: 5,
                region: 'JP',
                pricing: {
                  currency: 'USD',
                  scheme: 'FLAT',
                  unitAmount: '1234.5',
                  interval: 'MONTH',
                  intervalCount: 1,
                  usage: 'LICENSED',
                },
              },
            ],
          },
        },
        { effectiveAt: '2024-02-29T15:00:00.000Z', state: { status: 'ENDED', currency: 'USD', items: [] } },
      ],
    })
  })

  it('a trial is a trial, and an open end has one state', () =>
    expect(events(prepared({ trial: true }))[1]).toMatchObject({ states: [{ state: { status: 'TRIAL' } }] }))

  it('an amount in minor units is left as it is', () => {
    const minor = mapping({ columns: { ...columns, amount: { column: 'm', unit: 'MINOR' } } })
    expect(subscribe({ amount: '1250' }, minor)).toMatchObject({ amount: '1250' })
  })

  it('a plan that the mapping ranks gives a confirmed price, any other an inferred one', () => {
    const ranked = mapping({ plans: { Pro: { rank: 2, product: 'Suite' } } })
    expect(events(prepared({ plan: 'Pro' }, ranked))[1]).toMatchObject({
      type: 'price',
      price: 'crm/Pro/USD/MONTH',
      nickname: 'Pro',
      pricing: { unitAmount: null, scheme: 'FLAT' },
      mapping: { product: 'Suite', plan: 'Pro', rank: 2, kind: 'LICENCE' },
    })
    expect(events(prepared({ plan: 'Pro' }))[1]).not.toHaveProperty('mapping')
    expect(events(prepared({ plan: 'Pro' }))[2]).toMatchObject({
      states: [{ state: { items: [{ price: 'crm/Pro/USD/MONTH' }] } }],
    })
  })

  it('start = end is accepted, an end before the start is not', () => {
    expect(subscribe({ end: '2024-01-10' })).toMatchObject({ end: '2024-01-10' })
    expect(subscribe({ end: '2024-01-09' })).toEqual({
      column: 'until',
      value: '2024-01-09',
      expected: 'a day on or after the start, 2024-01-10',
    })
  })

  it('a plan that the mapping does not list is a problem', () =>
    expect(subscribe({ plan: 'Gold' }, mapping({ plans: { Basic: { rank: 1 }, Pro: { rank: 2 } } }))).toEqual({
      column: 'plan',
      value: 'Gold',
      expected: "one of the mapping's plans: Basic, Pro",
    }))

  it('happened at the latest of its dates that has come', () => {
    const happened = (changes: object) => prepared(changes).at(-1)?.happenedAt(AT)
    expect(happened({})).toBe('2024-01-09T15:00:00.000Z')
    expect(happened({ end: '2024-03-01' })).toBe('2024-02-29T15:00:00.000Z')
    expect(happened({ end: '2030-03-01' })).toBe('2024-01-09T15:00:00.000Z')
    expect(happened({ start: '2030-03-01' })).toBeNull()
  })
})

describe('identity', () => {
  const idOf = (changes: object) => prepared(changes).at(-1)?.externalId
  it('is the kind, the id and a hash of what the row says', () => {
    expect(idOf({})).toMatch(/^subscriptions\/S-1\/[0-9a-f]{16}$/)
    expect(idOf({ seats: 1, interval: 'MONTH', trial: false })).toBe(idOf({}))
    expect(idOf({ seats: 2 })).not.toBe(idOf({}))
  })

  it('does not depend on the time of the import, and the events do', () => {
    const account = prepareAccount({ account: 'A-1', name: 'Acme', attributes: { b: '1', a: '2' } }, 'UTC')
    expect(account.externalId).toBe(
      prepareAccount({ attributes: { a: '2', b: '1' }, name: 'Acme', account: 'A-1' }, 'UTC').externalId,
    )
    expect(account.events(AT)).toEqual([
      { type: 'account', at: AT, account: 'A-1', name: 'Acme', attributes: { b: '1', a: '2' } },
    ])
  })

  it('usage rows of one id with other values are other facts, whatever account they belong to', () => {
    const usage = (account: string, quantity: string) =>
      prepareUsage(
        { row: { usage: 'U-1', subscription: 'S-1', metric: 'calls', day: '2024-01-10', quantity }, account },
        'UTC',
      )
    expect(usage('A-1', '1').externalId).toBe(usage('A-2', '1').externalId)
    expect(usage('A-1', '1').externalId).not.toBe(usage('A-1', '2').externalId)
    expect(usage('A-1', '1').events(AT)).toEqual([
      { type: 'usage', account: 'A-1', metric: 'calls', day: '2024-01-10', quantity: '1', subscription: 'S-1' },
    ])
  })

  it('a subscription that moved leaves an empty history behind', () => {
    const own = prepared({}).at(-1) ?? expect.unreachable()
    expect(prepareMove(own, 'A-0').events(AT)).toEqual([
      { type: 'subscriptionHistory', account: 'A-0', subscription: 'S-1', at: AT, rank: 0, states: [] },
    ])
  })

  it.each([
    ['accounts/A-1/0123456789abcdef', 'A-1', '0123456789abcdef'],
    ['accounts/A/B/0123456789abcdef', 'A/B', '0123456789abcdef'],
    ['accounts/A-1/0123456789abcdef/1764000000000', 'A-1', '0123456789abcdef'],
    ['accounts/0123456789abcdef/1234567890123456', '0123456789abcdef', '1234567890123456'],
  ])('%s can be taken apart', (externalId, id, hash) =>
    expect(parseExternalId(externalId)).toEqual({ kind: 'accounts', id, hash }),
  )
  it('what is no id of ours is left alone', () => expect(parseExternalId('evt_123')).toBeNull())
})
