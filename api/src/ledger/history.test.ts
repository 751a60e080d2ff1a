import { describe, expect, it } from 'vitest'
import type { SubscriptionHistoryEvent, SubscriptionState } from '../ingest/event.ts'
import { anItem, aPrice } from '../testing/build.ts'
import { histories } from './history.ts'

const running: SubscriptionState = { status: 'ACTIVE', currency: 'USD', items: [anItem('core', 3, aPrice('1000'))] }
const ended: SubscriptionState = { status: 'ENDED', currency: 'USD', items: [] }

/** The steps of a subscription whose whole history is told at once: from which day on it runs, or has ended. */
function stepsOf(...states: [day: string, state: SubscriptionState][]): string[] {
  const event: SubscriptionHistoryEvent = {
    ...{ type: 'subscriptionHistory', account: 'acme', subscription: 'sub_1', at: '2024-06-01T00:00:00.000Z', rank: 0 },
    states: states.map(([day, state]) => ({ effectiveAt: `${day}T00:00:00.000Z`, state })),
  }
  const [history] = histories([{ source: 'csv', sourceEvent: 'e1', event }])
  return (history?.steps ?? []).map(({ effectiveAt, state }) => `${effectiveAt.slice(0, 10)} ${state.status}`)
}

describe('a history told as a whole', () => {
  it('goes from its start to its end', () =>
    expect(stepsOf(['2024-01-10', running], ['2024-03-10', ended])).toEqual(['2024-01-10 ACTIVE', '2024-03-10 ENDED']))

  it('weighs nothing where the end is the start, or lies before it', () => {
    expect(stepsOf(['2024-01-10', running], ['2024-01-10', ended])).toEqual(['2024-01-10 ENDED'])
    expect(stepsOf(['2024-03-10', running], ['2024-01-10', ended])).toEqual(['2024-01-10 ENDED'])
  })

  it('may be empty', () => expect(stepsOf()).toEqual([]))

  it('in hindsight was agreed by nobody before it happened', () => {
    const event: SubscriptionHistoryEvent = {
      ...{
        type: 'subscriptionHistory',
        account: 'acme',
        subscription: 'sub_1',
        at: '1970-01-01T00:00:00.000Z',
        rank: 0,
      },
      states: [{ effectiveAt: '2024-01-10T00:00:00.000Z', state: running }],
    }
    const prospectsOf = (told: SubscriptionHistoryEvent) =>
      histories([{ source: 'csv', sourceEvent: 'e1', event: told }])[0]?.prospects
    expect(prospectsOf(event)).toHaveLength(1)
    expect(prospectsOf({ ...event, hindsight: true })).toEqual([])
  })
})
