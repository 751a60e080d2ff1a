import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { histories, type SourcedEvent } from '../../../ledger/history.ts'
import { delivery, stripeEvents } from './arbitrary-events.ts'
import { readStripe } from './stripe.ts'
import { toBytes } from './testing.ts'

type Delivered = Record<string, unknown>[]

/** What the inbox keeps: each id once, as it came first. */
function kept(events: Delivered): Map<string, ReturnType<typeof readStripe>> {
  const inbox = new Map<string, ReturnType<typeof readStripe>>()
  for (const event of events) {
    const received = readStripe(toBytes(event), 'stripe')
    if (!inbox.has(received.externalId)) inbox.set(received.externalId, received)
  }
  return inbox
}

function historiesOf(events: Delivered): unknown {
  const sourced = [...kept(events)].flatMap(([sourceEvent, received]) =>
    received.events.flatMap((event): SourcedEvent[] =>
      event.type === 'subscription' ? [{ source: 'stripe', sourceEvent, event }] : [],
    ),
  )
  return histories(sourced)
}

const delivered = stripeEvents.chain((events) =>
  fc.record({ events: fc.constant(events), delivered: delivery(events) }),
)

describe('delivery in any order, with duplicates', () => {
  it('gives the same set of received events', () => {
    fc.assert(
      fc.property(delivered, (sample) => {
        const sorted = (events: Delivered) => [...kept(events)].sort(([a], [b]) => (a < b ? -1 : 1))
        expect(sorted(sample.delivered)).toEqual(sorted(sample.events))
      }),
    )
  })

  it('gives the same subscription histories', () => {
    fc.assert(
      fc.property(delivered, (sample) => {
        expect(historiesOf(sample.delivered)).toEqual(historiesOf(sample.events))
      }),
    )
  })

  it('counts every event of the generator', () => {
    fc.assert(
      fc.property(stripeEvents, (events) => {
        expect([...kept(events).values()].filter((received) => received.ignored)).toEqual([])
      }),
    )
  })
})
