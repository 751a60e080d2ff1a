import { describe, expect, it } from 'vitest'
import type {
  SubscriptionHistoryEvent,
  SubscriptionScheduleEvent,
  SubscriptionState,
  SubscriptionStatus,
} from '../ingest/event.ts'
import { anItem, aPrice, aSubscription } from '../testing/build.ts'
import { catalogMapping } from './catalog.ts'
import { histories, type SourcedEvent } from './history.ts'
import { outlookOf } from './outlook.ts'
import { NOBISHIRO } from './recognition.ts'

const seats = (quantity: number) => anItem('crm', quantity, aPrice('1000'))
const state = (quantity: number, status: SubscriptionStatus = 'ACTIVE'): SubscriptionState => ({
  ...{ status, currency: 'USD', items: quantity === 0 ? [] : [seats(quantity)] },
})
const instant = (day: string) => `${day}T09:00:00.000Z`
const ENDED = state(0, 'ENDED')

/** Says on a day what is, and what will be. */
const says = (at: string, is: SubscriptionState, ...scheduled: [day: string, state: SubscriptionState][]) => ({
  ...aSubscription({ at: instant(at), items: [] }),
  state: {
    ...is,
    ...(scheduled.length === 0
      ? {}
      : { scheduled: scheduled.map(([day, then]) => ({ effectiveAt: instant(day), state: then })) }),
  },
})
const file = (at: string, ...states: [day: string, state: SubscriptionState][]): SubscriptionHistoryEvent => ({
  ...{ type: 'subscriptionHistory', account: 'acme', subscription: 'sub_1', at: instant(at), rank: 0 },
  states: states.map(([day, then]) => ({ effectiveAt: instant(day), state: then })),
})

const plans = (at: string, ...phases: [day: string, state: SubscriptionState][]): SubscriptionScheduleEvent => ({
  ...{ type: 'subscriptionSchedule', account: 'acme', subscription: 'sub_1', schedule: 's', at: instant(at), rank: 1 },
  phases: phases.map(([day, then]) => ({ effectiveAt: instant(day), state: then })),
})

function outlook(...events: SourcedEvent['event'][]): string[] {
  const sourced = events.map((event, index) => ({ source: 'stripe', sourceEvent: `e${index}`, event }))
  return outlookOf(histories(sourced), { timeZone: 'UTC', mapping: catalogMapping(new Map()), recognition: NOBISHIRO })
    .sort((a, b) => (a.day < b.day ? -1 : 1))
    .map(({ day, kind, amount }) => `${day} ${kind} ${amount}`)
}

describe('what stands beside MRR', () => {
  it.each<[string, SourcedEvent['event'][], string[]]>([
    ['nothing, where nothing is agreed', [says('2024-01-10', state(10))], []],
    [
      'an end from the day it was agreed until it comes',
      [says('2024-01-10', state(10)), says('2024-03-01', state(10), ['2024-06-30', ENDED])],
      ['2024-03-01 PENDING -10000', '2024-06-30 PENDING 10000'],
    ],
    [
      'an end that is taken back in time',
      [says('2024-03-01', state(10), ['2024-06-30', ENDED]), says('2024-04-01', state(10))],
      ['2024-03-01 PENDING -10000', '2024-04-01 PENDING 10000'],
    ],
    [
      'an end that comes as agreed is then said',
      [says('2024-03-01', state(10), ['2024-06-30', ENDED]), says('2024-06-30', ENDED)],
      ['2024-03-01 PENDING -10000', '2024-06-30 PENDING 10000'],
    ],
    [
      'a downgrade, and what follows it',
      [says('2024-03-01', state(10), ['2024-04-30', state(4)], ['2024-06-30', state(6)])],
      ['2024-03-01 PENDING -4000', '2024-04-30 PENDING 6000', '2024-06-30 PENDING -2000'],
    ],
    [
      'more seats before the agreed end are lost with it',
      [says('2024-03-01', state(10), ['2024-06-30', ENDED]), says('2024-04-01', state(15), ['2024-06-30', ENDED])],
      [
        '2024-03-01 PENDING -10000',
        '2024-04-01 PENDING 10000',
        '2024-04-01 PENDING -15000',
        '2024-06-30 PENDING 15000',
      ],
    ],
    [
      'a row of a file that begins after its import is signed and not started',
      [file('2024-03-01', ['2024-05-01', state(10)])],
      ['2024-03-01 PENDING 10000', '2024-05-01 PENDING -10000'],
    ],
    [
      'a row of a file whose end is known ahead',
      [file('2024-03-01', ['2024-01-01', state(10)], ['2024-05-01', ENDED])],
      ['2024-03-01 PENDING -10000', '2024-05-01 PENDING 10000'],
    ],
    [
      'a row of a file that was over at its import',
      [file('2024-06-01', ['2024-01-01', state(10)], ['2024-05-01', ENDED])],
      [],
    ],
    [
      'a subscription that is signed and not started, until it starts',
      [plans('2024-03-01', ['2024-05-01', state(10)]), says('2024-05-01', state(10))],
      ['2024-03-01 PENDING 10000', '2024-05-01 PENDING -10000'],
    ],
    [
      'phases of a schedule: the running one is in force already',
      [says('2024-01-10', state(10)), plans('2024-03-01', ['2024-01-10', state(10)], ['2024-05-01', state(4)])],
      ['2024-03-01 PENDING -6000', '2024-05-01 PENDING 6000'],
    ],
    [
      'a schedule is not lost with the next word of its subscription',
      [
        says('2024-01-10', state(10)),
        plans('2024-03-01', ['2024-05-01', state(4)]),
        says('2024-04-01', state(12)),
        says('2024-05-01', state(4)),
      ],
      ['2024-03-01 PENDING -6000', '2024-04-01 PENDING 6000', '2024-04-01 PENDING -8000', '2024-05-01 PENDING 8000'],
    ],
    [
      'a schedule that is released, cancelled or completed plans nothing',
      [says('2024-01-10', state(10)), plans('2024-03-01', ['2024-05-01', state(4)]), plans('2024-04-01')],
      ['2024-03-01 PENDING -6000', '2024-04-01 PENDING 6000'],
    ],
    [
      'of a subscription that is over nothing is planned',
      [says('2024-01-10', state(10)), plans('2024-03-01', ['2024-05-01', state(4)]), says('2024-04-01', ENDED)],
      ['2024-03-01 PENDING -6000', '2024-04-01 PENDING 6000'],
    ],
    [
      'a trial that is planned stands for what it will pay',
      [plans('2024-03-01', ['2024-05-01', state(10, 'TRIAL')], ['2024-06-01', state(10)])],
      ['2024-03-01 PENDING 10000', '2024-05-01 PENDING -10000'],
    ],
    [
      'what a trial would pay, until it pays',
      [says('2024-01-10', state(10, 'TRIAL')), says('2024-01-24', state(12))],
      ['2024-01-10 TRIAL 10000', '2024-01-24 TRIAL -10000'],
    ],
    [
      'a trial of a file that will pay from a day ahead on is a trial until then',
      [file('2024-01-10', ['2024-01-05', state(10, 'TRIAL')], ['2024-02-05', state(10)])],
      ['2024-01-05 TRIAL 10000', '2024-02-05 TRIAL -10000'],
    ],
    [
      'a trial that will end is no loss of MRR',
      [says('2024-01-10', state(10, 'TRIAL'), ['2024-01-24', ENDED])],
      ['2024-01-10 TRIAL 10000'],
    ],
  ])('%s', (_, events, expected) => expect(outlook(...events)).toEqual(expected))
})
