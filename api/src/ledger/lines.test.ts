import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SUBSCRIPTION_STATUSES, type SubscriptionEvent } from '../ingest/event.ts'
import { canonicalJson, sha256 } from '../shared/canonical.ts'
import { anItem, aPrice, aSubscription } from '../testing/build.ts'
import { catalogMapping } from './catalog.ts'
import { histories, type SourcedEvent } from './history.ts'
import { levels } from './levels.ts'
import { accountLines } from './lines.ts'

const PLACES = new Map([
  ['stripe:price_crm_1000', { product: 'crm', plan: 'basic', rank: 1, kind: 'LICENCE' as const }],
  ['stripe:price_crm_1800', { product: 'crm', plan: 'pro', rank: 2, kind: 'LICENCE' as const }],
  ['stripe:price_crm_2000', { product: 'crm', plan: 'pro', rank: 2, kind: 'LICENCE' as const }],
  ['stripe:price_chat_333', { product: 'chat', plan: 'chat', rank: 1, kind: 'LICENCE' as const }],
])
const PRICES = [aPrice('1000'), aPrice('1800'), aPrice('2000', { interval: 'YEAR' }), aPrice('333')]

const item = fc.record({
  item: fc.constantFrom('si_1', 'si_2'),
  price: fc.nat({ max: 3 }),
  quantity: fc.integer({ min: 0, max: 60 }),
  region: fc.constantFrom('', 'JP', 'US'),
})
const change = fc.record({
  subscription: fc.constantFrom('sub_1', 'sub_2', 'sub_3'),
  second: fc.nat({ max: 400 * 86_400 }),
  backDated: fc.boolean(),
  rank: fc.nat({ max: 2 }),
  status: fc.constantFrom(...SUBSCRIPTION_STATUSES),
  items: fc.uniqueArray(item, { maxLength: 2, selector: (row) => row.item }),
})
const START = Date.UTC(2024, 0, 1)
const instant = (second: number) => new Date(START + second * 1000).toISOString()

const history = fc.array(change, { maxLength: 12 }).map((rows) =>
  rows.map(
    (row, index): SourcedEvent => ({
      source: 'stripe',
      sourceEvent: `evt_${index}`,
      event: aSubscription({
        ...row,
        at: instant(row.second),
        effectiveAt: instant(row.backDated ? Math.floor(row.second / 2) : row.second),
        items: row.items.map(({ item: id, price, quantity, region }) =>
          anItem(price === 3 ? 'chat' : 'crm', quantity, PRICES[price] ?? aPrice('1000'), {
            item: id,
            ...(region ? { region } : {}),
          }),
        ),
      }),
    }),
  ),
)
const fold = (events: SourcedEvent[]) =>
  accountLines('stripe:acme', histories(events), 'Asia/Tokyo', catalogMapping(PLACES))

describe('the fold of random histories', () => {
  it('does not depend on the order of delivery, nor on duplicates', () => {
    fc.assert(
      fc.property(
        history.chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events, ...events.slice(0, 3)], {
              minLength: events.length + Math.min(3, events.length),
            }),
          ),
        ),
        ([events, delivered]) => {
          const once = [...new Map(delivered.map((event) => [event.sourceEvent, event])).values()]
          expect(fold(once).map((line) => line.contentKey)).toEqual(fold(events).map((line) => line.contentKey))
        },
      ),
    )
  })

  it('sums on every day to the levels that the latest events say, to the minor unit', () => {
    fc.assert(
      fc.property(history, (events) => {
        const lines = fold(events)
        for (let day = 0; day <= 401; day += 1) {
          const end = START + day * 86_400_000 - 9 * 3_600_000
          const posted = lines
            .filter((line) => Date.parse(`${line.effectiveDay}T00:00:00+09:00`) < end)
            .reduce((sum, line) => sum + line.amount, 0n)
          expect(posted).toBe(
            believedLevel(
              events.map(({ event, sourceEvent }) => ({ event: event as SubscriptionEvent, sourceEvent })),
              new Date(end).toISOString(),
            ),
          )
        }
      }),
      { numRuns: 40 },
    )
  })

  it('takes an account back to zero exactly when everything ends', () => {
    fc.assert(
      fc.property(history, (events) => {
        const ends = ['sub_1', 'sub_2', 'sub_3'].map(
          (subscription, index): SourcedEvent => ({
            source: 'stripe',
            sourceEvent: `end_${index}`,
            event: aSubscription({ subscription, at: '2026-01-01T00:00:00.000Z', status: 'ENDED', items: [], rank: 2 }),
          }),
        )
        const lines = fold([...events, ...ends])
        expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(0n)
        expect(lines.reduce((sum, line) => sum + line.seats, 0)).toBe(0)
      }),
    )
  })
})

/** Day by day and without the fold: of each subscription the last event, in order, whose time has come and that no later one overrides. */
function believedLevel(events: { event: SubscriptionEvent; sourceEvent: string }[], before: string): bigint {
  let total = 0n
  for (const subscription of new Set(events.map(({ event }) => event.subscription))) {
    const ordered = events
      .filter(({ event }) => event.subscription === subscription)
      .sort(
        (a, b) =>
          a.event.at.localeCompare(b.event.at) ||
          a.event.rank - b.event.rank ||
          (a.sourceEvent < b.sourceEvent ? -1 : 1),
      )
    const inForce = ordered.filter(({ event }) => event.effectiveAt < before).at(-1)
    if (!inForce) continue
    total += levels(inForce.event.state).reduce((sum, amount) => sum + amount, 0n)
  }
  return total
}

it('a content key is the SHA-256 of the canonical JSON of all that a line says', () => {
  const event = aSubscription({ at: instant(0), items: [anItem('crm', 3, aPrice('1000'), { region: '日本' })] })
  const folded = histories([{ source: 'stripe', sourceEvent: 'evt_"1"', event }])
  const lines = accountLines('stripe:acme', folded, 'Asia/Tokyo', catalogMapping(PLACES))
  expect(lines).toHaveLength(1)
  for (const { contentKey, amount, evidence: _, ...said } of lines)
    expect(contentKey).toBe(sha256(canonicalJson({ ...said, amount: String(amount) })))
})
