import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ItemState, SubscriptionEvent, SubscriptionStatus } from '../ingest/event.ts'
import { anItem, aPrice, aSubscription } from '../testing/build.ts'
import { catalogMapping, type Place } from './catalog.ts'
import { catalogEvidence } from './evidence.ts'
import { type History, histories, type SourcedEvent } from './history.ts'
import { accountLines } from './lines.ts'
import { outlookOf } from './outlook.ts'
import { NOBISHIRO } from './recognition.ts'
import { resume, type Tail, tailOf, tailProblems } from './tail.ts'

const ZONE = 'Asia/Tokyo'
const place = (plan: string, rank: number): Place => ({ product: 'crm', plan, rank, kind: 'LICENCE' })
const MAPPING = catalogMapping(
  new Map([
    ['stripe:price_core_1000', place('core', 1)],
    ['stripe:price_pro_1800', place('pro', 2)],
    ['stripe:price_extra_700', { ...place('extra', 1), product: 'extra' }],
  ]),
)
const at = (hours: number) => new Date(Date.UTC(2024, 0, 1) + hours * 3_600_000).toISOString()

const items = fc.uniqueArray(
  fc.record({
    product: fc.constantFrom('core', 'pro', 'extra'),
    quantity: fc.integer({ min: 0, max: 4 }),
    free: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
    end: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
  }),
  { selector: ({ product }) => product, maxLength: 3 },
)
const status = fc.oneof(
  { weight: 12, arbitrary: fc.constant<SubscriptionStatus>('ACTIVE') },
  { weight: 1, arbitrary: fc.constantFrom<SubscriptionStatus>('PAST_DUE', 'PAUSED', 'ENDED', 'TRIAL') },
)

/** Events of two subscriptions, mostly a few days apart; some count later or earlier than they are told. */
const events = fc.array(
  fc.record({
    subscription: fc.constantFrom('sub_1', 'sub_2'),
    hours: fc.integer({ min: 4, max: 70 }),
    shift: fc.oneof(
      { weight: 6, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: -90, max: 90 }) },
    ),
    status,
    items,
  }),
  { minLength: 2, maxLength: 14 },
)

function told(life: typeof events extends fc.Arbitrary<infer T> ? T : never): SourcedEvent[] {
  let now = 0
  return life.map(({ subscription, hours, shift, status, items: held }, index) => {
    now += hours
    const states = held.map(
      ({ product, quantity, free, end }): ItemState => ({
        ...anItem(product, quantity, aPrice(free ? '0' : { core: '1000', pro: '1800', extra: '700' }[product]!)), // every product is there
        price: `price_${product}_${{ core: 1000, pro: 1800, extra: 700 }[product]}`,
        item: `si_${product}`,
        ...(end === undefined ? {} : { discounts: [{ id: 'd', percentOff: '10', end: at(end) }] }),
      }),
    )
    const event: SubscriptionEvent = {
      ...aSubscription({ subscription, at: at(now), effectiveAt: at(now + shift), status, items: states }),
    }
    return { source: 'stripe', sourceEvent: `e${String(index).padStart(2, '0')}`, event }
  })
}

const keysOf = (history: readonly History[], since = ''): string[] =>
  accountLines('stripe:acme', history, ZONE, MAPPING)
    .filter(({ effectiveDay }) => effectiveDay > since)
    .map(({ contentKey }) => contentKey)
    .sort()

function tailsOf(history: readonly History[]): Map<string, Tail> | null {
  const tails = new Map<string, Tail>()
  for (const one of history) {
    const tail = tailOf(one)
    if (!tail) return null
    tails.set(one.subscription, JSON.parse(JSON.stringify(tail)) as Tail) // as it is stored
  }
  return tails
}

it('going on from the tails gives the lines, evidence, outlook and tails of folding everything again', () => {
  // A life that cannot go on from its tails says nothing here: it is drawn again, and 200 that can are compared.
  fc.assert(
    fc.property(events, fc.nat(), (life, cut) => {
      const all = told(life)
      const first = 1 + (cut % (all.length - 1))
      const [before, whole] = [histories(all.slice(0, first)), histories(all)]
      const tails = tailsOf(before)
      const later = tails && resume(tails, all.slice(first), ZONE)
      fc.pre(Boolean(later))
      if (!later) return
      expect([...keysOf(before), ...keysOf(later.histories, later.since)].sort()).toEqual(keysOf(whole))
      const said = [...catalogEvidence(before, ZONE), ...catalogEvidence(later.histories, ZONE)]
      const texts = (evidence: object[]) => [...new Set(evidence.map((row) => JSON.stringify(row)))].sort()
      expect(texts(said)).toEqual(texts(catalogEvidence(whole, ZONE)))
      const world = { timeZone: ZONE, mapping: MAPPING, recognition: NOBISHIRO }
      expect(outlookOf(whole, world)).toEqual(outlookOf(before, world))
      const moved = new Map(
        later.histories.flatMap((one) => {
          const tail = tailOf(one, tails.get(one.subscription)?.startedAt)
          return tail ? [[one.subscription, tail] as const] : []
        }),
      )
      expect(tailProblems(whole, moved)).toEqual([])
    }),
    { numRuns: 200 },
  )
})

const day = (number: number) => at((number - 1) * 24)
const sourced = (sourceEvent: string, event: SubscriptionEvent): SourcedEvent => ({
  source: 'stripe',
  sourceEvent,
  event,
})
const core = anItem('core', 3, aPrice('1000'))

it.each<[string, boolean, SubscriptionEvent]>([
  ['a later event goes on', true, aSubscription({ at: day(9), items: [core] })],
  ['an event of the last known day does not', false, aSubscription({ at: at(5), items: [core] })],
  ['a late event does not', false, aSubscription({ at: day(-3), items: [core] })],
  ['an event that counts earlier does not', false, aSubscription({ at: day(9), effectiveAt: day(-3), items: [core] })],
  ['an event that lies ahead does not', false, aSubscription({ at: day(9), effectiveAt: day(30), items: [core] })],
  ['a trial does not', false, aSubscription({ at: day(9), status: 'TRIAL', items: [core] })],
  ['a pause does not', false, aSubscription({ at: day(9), status: 'PAUSED', items: [core] })],
  [
    'a metered price does not',
    false,
    aSubscription({ at: day(9), items: [{ ...core, pricing: aPrice('1', { usage: 'METERED' }) }] }),
  ],
  ['another subscription does', true, aSubscription({ at: day(9), subscription: 'sub_2', items: [core] })],
])('%s', (_, goesOn, event) => {
  const tails = tailsOf(histories([sourced('e1', aSubscription({ at: day(1), items: [core] }))]))
  expect(tails && resume(tails, [sourced('e2', event)], ZONE) !== null).toBe(goesOn)
})

it.each<[string, SubscriptionEvent]>([
  ['free', aSubscription({ at: day(1), items: [anItem('core', 3, aPrice('0'))] })],
  ['paused', aSubscription({ at: day(1), status: 'PAUSED', items: [core] })],
  ['on trial', aSubscription({ at: day(1), status: 'TRIAL', items: [core] })],
  ['still to start', aSubscription({ at: day(1), effectiveAt: day(20), items: [core] })],
])('a subscription that is %s is always folded from the start', (_, event) => {
  expect(tailsOf(histories([sourced('e1', event)]))).toBeNull()
})
