import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SubscriptionStatus } from '../ingest/event.ts'
import { anItem, aPrice, aSubscription } from '../testing/build.ts'
import { catalogMapping } from './catalog.ts'
import { histories, type SourcedEvent } from './history.ts'
import { logoPoints } from './logos.ts'
import { NOBISHIRO, type Recognition } from './recognition.ts'

const KEPT: Recognition = { ...NOBISHIRO, freeLogos: 'KEPT' }
const ZONE = 'Asia/Tokyo'
const instant = (day: string) => `${day}T09:00:00.000Z`
/** A state from a day on: its status and what a seat costs. */
type Told = [day: string, status: SubscriptionStatus, price: number, subscription?: string]

function eventsOf(told: readonly Told[]): SourcedEvent[] {
  return told.map(([day, status, price, subscription = 'sub_1'], index) => {
    const items = status === 'ENDED' ? [] : [anItem('crm', 1, aPrice(String(price)))]
    const event = aSubscription({ at: instant(day), subscription, status, items })
    return { source: 'stripe', sourceEvent: `e${String(index).padStart(3, '0')}`, event }
  })
}

const pointsOf = (told: readonly Told[], recognition: Recognition) =>
  logoPoints(histories(eventsOf(told), recognition), {
    timeZone: ZONE,
    mapping: catalogMapping(new Map()),
    recognition,
  })

describe('an account without MRR is open', () => {
  it.each<[string, Told[], Recognition, [string, number][]]>([
    [
      'for 90 days after it was paused',
      [
        ['2024-01-10', 'ACTIVE', 1000],
        ['2024-02-01', 'PAUSED', 1000],
      ],
      NOBISHIRO,
      [
        ['2024-02-01', 1],
        ['2024-05-01', -1],
      ],
    ],
    [
      'until it pays again',
      [
        ['2024-01-10', 'ACTIVE', 1000],
        ['2024-02-01', 'PAUSED', 1000],
        ['2024-02-20', 'ACTIVE', 1000],
      ],
      NOBISHIRO,
      [
        ['2024-02-01', 1],
        ['2024-02-20', -1],
      ],
    ],
    [
      'until the paused subscription ends',
      [
        ['2024-01-10', 'ACTIVE', 1000],
        ['2024-02-01', 'PAUSED', 1000],
        ['2024-02-20', 'ENDED', 0],
      ],
      NOBISHIRO,
      [
        ['2024-02-01', 1],
        ['2024-02-20', -1],
      ],
    ],
    [
      'a pause that is told again goes on',
      [
        ['2024-01-10', 'ACTIVE', 1000],
        ['2024-02-01', 'PAUSED', 1000],
        ['2024-04-01', 'PAUSED', 2000],
      ],
      NOBISHIRO,
      [
        ['2024-02-01', 1],
        ['2024-05-01', -1],
      ],
    ],
    ['never, where it never paid', [['2024-01-10', 'PAUSED', 1000]], NOBISHIRO, []],
    [
      'not while another subscription pays, and then for what is left of the 90 days',
      [
        ['2024-01-10', 'ACTIVE', 1000],
        ['2024-01-10', 'ACTIVE', 1000, 'sub_2'],
        ['2024-02-01', 'PAUSED', 1000],
        ['2024-03-01', 'ENDED', 0, 'sub_2'],
      ],
      NOBISHIRO,
      [
        ['2024-03-01', 1],
        ['2024-05-01', -1],
      ],
    ],
    [
      'on a free plan it is not',
      [
        ['2024-01-10', 'ACTIVE', 1000],
        ['2024-02-01', 'ACTIVE', 0],
      ],
      NOBISHIRO,
      [],
    ],
    [
      'on a free plan it is where free logos are kept, as long as that runs',
      [
        ['2024-01-10', 'ACTIVE', 1000],
        ['2024-02-01', 'ACTIVE', 0],
        ['2024-09-01', 'ENDED', 0],
      ],
      KEPT,
      [
        ['2024-02-01', 1],
        ['2024-09-01', -1],
      ],
    ],
    ['one that was free from the start is no logo yet', [['2024-01-10', 'ACTIVE', 0]], KEPT, []],
    [
      'a free plan taken after it had left wins no logo back',
      [
        ['2024-01-10', 'ACTIVE', 1000],
        ['2024-02-01', 'ENDED', 0],
        ['2024-03-01', 'ACTIVE', 0, 'sub_2'],
      ],
      KEPT,
      [],
    ],
    [
      'a trial or an unpaid subscription keeps nothing open',
      [
        ['2024-01-10', 'ACTIVE', 1000],
        ['2024-01-10', 'TRIAL', 1000, 'sub_2'],
        ['2024-02-01', 'UNPAID', 1000],
      ],
      KEPT,
      [],
    ],
    [
      'a pause that counts as MRR needs no open logo',
      [
        ['2024-01-10', 'ACTIVE', 1000],
        ['2024-02-01', 'PAUSED', 1000],
      ],
      { ...NOBISHIRO, paused: 'KEEP' },
      [],
    ],
  ])('%s', (_, told, recognition, expected) => {
    expect(pointsOf(told, recognition).map(({ day, amount }) => [day, Number(amount)])).toEqual(expected)
  })

  it('on every day on which a reading of the account, day by day, says so', () => {
    const day = (offset: number) => new Date(Date.UTC(2024, 0, 1 + offset)).toISOString().slice(0, 10)
    const life = fc.array(
      fc.record({
        days: fc.integer({ min: 1, max: 60 }),
        status: fc.constantFrom<SubscriptionStatus>(
          'ACTIVE',
          'ACTIVE',
          'PAUSED',
          'PAUSED',
          'PAST_DUE',
          'TRIAL',
          'ENDED',
        ),
        price: fc.constantFrom(0, 1000),
        subscription: fc.constantFrom('sub_1', 'sub_2'),
      }),
      { minLength: 1, maxLength: 8 },
    )
    fc.assert(
      fc.property(life, fc.constantFrom(NOBISHIRO, KEPT), (steps, recognition) => {
        let offset = 0
        const told = steps.map(({ days, status, price, subscription }): [number, Told] => {
          offset += days
          return [offset, [day(offset), status, price, subscription]]
        })
        const points = pointsOf(
          told.map(([, one]) => one),
          recognition,
        )
        let wasOpen = false
        for (let on = 0; on < offset + 120; on += 1) {
          const held = ['sub_1', 'sub_2'].map((name) => told.filter(([at, one]) => at <= on && one[3] === name))
          const pays = held.some((words) => {
            const [, status, price] = words.at(-1)?.[1] ?? ['', 'ENDED', 0]
            return price > 0 && (status === 'ACTIVE' || status === 'PAST_DUE')
          })
          const keeps = held.some((words) => {
            const status = words.at(-1)?.[1][1]
            if (status === 'ACTIVE' || status === 'PAST_DUE') return recognition.freeLogos === 'KEPT'
            const running = words.findLastIndex(([, [, word]]) => word !== 'PAUSED')
            return status === 'PAUSED' && on - words[running + 1]![0] < 90
          })
          const isOpen: boolean = pays || (wasOpen && keeps)
          const found = points.reduce((sum, point) => (point.day <= day(on) ? sum + Number(point.amount) : sum), 0)
          expect(found > 0, day(on)).toBe(isOpen && !pays)
          wasOpen = isOpen
        }
      }),
      { numRuns: 300 },
    )
  })
})
