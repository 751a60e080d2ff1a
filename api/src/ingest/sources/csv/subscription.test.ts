import { expect, it } from 'vitest'
import { parseMapping } from './mapping.ts'
import { toSubscription } from './subscription.ts'

const columns = { subscription: 'id', account: 'account', start: 'start', amount: 'amount', currency: 'currency' }
const mapping = parseMapping({ name: 'crm', subscriptions: { file: 'subscriptions.csv', columns } }, 'mapping.json')
const read = (amount: string) =>
  toSubscription(
    { subscription: 'S1', account: 'A1', start: '2024-01-01', amount, currency: 'USD' },
    { mapping, timeZone: 'UTC', columnOf: (field) => field },
  )

it.each(['100000000000', '-100000000000', '9'.repeat(25)])(
  'an amount of %s cannot be added up exactly, and is refused',
  (amount) => {
    expect(read(amount)).toEqual({
      column: 'amount',
      value: amount,
      expected: 'an amount of at most 13 digits of minor units',
    })
  },
)

it.each(['99999999999.99', '-99999999999.99', '0'])('an amount of %s can', (amount) => {
  expect(read(amount)).toMatchObject({ subscription: 'S1', currency: 'USD' })
})
