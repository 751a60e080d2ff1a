import { expect, it } from 'vitest'
import { isFolded, type SubscriptionScheduleEvent } from '../../event.ts'
import { anEvent, aPrice, iso, read, START } from './testing.ts'

const DAY = 86_400
type Fields = Record<string, unknown>

const phase = (fields: Fields = {}): Fields => ({
  ...{ start_date: START, end_date: START + 30 * DAY, currency: 'usd', discounts: [] },
  items: [{ price: 'price_basic', quantity: 10, metadata: {}, discounts: [] }],
  ...fields,
})
const schedule = (fields: Fields = {}): Fields => ({
  ...{ id: 'sub_sched_1', object: 'subscription_schedule', customer: 'cus_1', subscription: 'sub_1' },
  ...{ status: 'active', end_behavior: 'release', phases: [phase()] },
  ...fields,
})
const events = (object: Fields, kind = 'updated'): SubscriptionScheduleEvent[] =>
  read(anEvent(`subscription_schedule.${kind}`, object)).events.flatMap((event) =>
    isFolded(event) && event.type === 'subscriptionSchedule' ? [event] : [],
  )
/** What is planned of a subscription: "day status pricexquantity". */
const planned = (object: Fields, subscription = 'sub_1'): string[] =>
  (events(object).find((event) => event.subscription === subscription)?.phases ?? []).map(({ effectiveAt, state }) => {
    const day = Math.round((Date.parse(effectiveAt) / 1000 - START) / DAY)
    return [day, state.status, ...state.items.map(({ price, quantity }) => `${price}x${quantity}`)].join(' ')
  })

it.each<[string, Fields, string[]]>([
  ['a phase', schedule(), ['0 ACTIVE price_basicx10']],
  [
    'a downgrade that follows',
    schedule({
      phases: [phase(), phase({ start_date: START + 30 * DAY, items: [{ price: 'price_basic', quantity: 4 }] })],
    }),
    ['0 ACTIVE price_basicx10', '30 ACTIVE price_basicx4'],
  ],
  ['an end after the last phase', schedule({ end_behavior: 'cancel' }), ['0 ACTIVE price_basicx10', '30 ENDED']],
  [
    'a trial, and what follows it',
    schedule({ phases: [phase({ trial_end: START + 7 * DAY })] }),
    ['0 TRIAL price_basicx10', '7 ACTIVE price_basicx10'],
  ],
  [
    'a phase that is a trial',
    schedule({ phases: [phase({ trial: true })] }),
    ['0 TRIAL price_basicx10', '30 ACTIVE price_basicx10'],
  ],
  [
    'plans of old API versions',
    schedule({ phases: [phase({ items: undefined, plans: [{ plan: 'plan_1', quantity: 2 }] })] }),
    ['0 ACTIVE plan_1x2'],
  ],
  [
    'nothing of one that was released',
    schedule({ status: 'released', released_subscription: 'sub_1', subscription: null }),
    [],
  ],
  ['nothing of one that was cancelled', schedule({ status: 'canceled' }), []],
  ['nothing of one that is complete', schedule({ status: 'completed' }), []],
])('a schedule plans %s', (_, object, expected) => {
  expect(planned(object)).toEqual(expected)
})

it('a phase of an old API version leaves the currency to its prices', () => {
  expect(events(schedule({ phases: [phase({ currency: undefined })] }))[1]?.phases[0]?.state.currency).toBe('')
})

it('one that has not begun plans under its own id, and no longer once it has', () => {
  expect(planned(schedule({ subscription: null, status: 'not_started' }), 'sub_sched_1')).toEqual([
    '0 ACTIVE price_basicx10',
  ])
  expect(events(schedule()).map(({ subscription, phases }) => [subscription, phases.length])).toEqual([
    ['sub_sched_1', 0],
    ['sub_1', 1],
  ])
})

it('prices and coupons are named by id, or shown', () => {
  const items = [{ price: 'price_basic', quantity: 10, discounts: [{ coupon: 'TENTH' }], metadata: { region: 'JP' } }]
  const [, named] = events(schedule({ phases: [phase({ items, coupon: 'HALF' })] }))
  expect(named?.phases[0]?.state).toMatchObject({
    items: [{ price: 'price_basic', untold: true, region: 'JP', namedDiscounts: [{ id: 'TENTH', coupon: 'TENTH' }] }],
    namedDiscounts: [{ id: 'HALF', coupon: 'HALF' }],
  })
  const shown = read(
    anEvent(
      'subscription_schedule.updated',
      schedule({ phases: [phase({ items: [{ price: aPrice(), quantity: 10 }] })] }),
    ),
  )
  expect(shown.events.map(({ type }) => type)).toEqual(['price', 'subscriptionSchedule', 'subscriptionSchedule'])
  expect(shown.events.at(-1)).toMatchObject({ phases: [{ state: { items: [{ pricing: { unitAmount: '1000' } }] } }] })
})

it('of one instant what closes it is last', () => {
  const ranks = [
    events(schedule(), 'created'),
    events(schedule()),
    events(schedule({ status: 'released' }), 'released'),
  ]
  expect(ranks.map(([event]) => event?.rank)).toEqual([0, 1, 2])
  expect(events(schedule(), 'created')[0]?.at).toBe(iso(START))
})
