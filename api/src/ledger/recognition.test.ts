import { describe, expect, it } from 'vitest'
import type { SubscriptionState } from '../ingest/event.ts'
import { anItem, aPrice, aSubscription } from '../testing/build.ts'
import { catalogMapping } from './catalog.ts'
import { histories, type SourcedEvent } from './history.ts'
import { accountLines } from './lines.ts'
import { NOBISHIRO, policyName, type Recognition, recognitionFrom, recognitionPresets } from './recognition.ts'

const ten = anItem('core', 10, aPrice('1000'))
const halved = { ...ten, discounts: [{ id: 'd1', percentOff: '50' }] }
const once = {
  ...ten,
  discounts: [{ id: 'd2', percentOff: '50', once: true as const, end: '2024-02-01T00:00:00.000Z' }],
}
type State = Partial<Parameters<typeof aSubscription>[0]> & Pick<SubscriptionState, 'scheduled' | 'endRequestedAt'>
const active: [string, State] = ['2024-01-01', {}]
const ends = (day: string, endRequestedAt?: string): State => ({
  scheduled: [{ effectiveAt: `${day}T00:00:00.000Z`, state: { status: 'ENDED', currency: 'USD', items: [] } }],
  ...(endRequestedAt === undefined ? {} : { endRequestedAt: `${endRequestedAt}T00:00:00.000Z` }),
})
const ENDED: State = { status: 'ENDED', items: [] }

/** [day, signed amount] of every line that a policy makes of these states. */
function linesOf(states: [string, State][], policy: Partial<Recognition>): [string, number][] {
  const recognition = { ...NOBISHIRO, ...policy }
  const events = states.map(([day, { scheduled, endRequestedAt, ...state }], index): SourcedEvent => {
    const event = aSubscription({ at: `${day}T00:00:00.000Z`, items: [ten], ...state })
    const agreed = { ...(scheduled ? { scheduled } : {}), ...(endRequestedAt ? { endRequestedAt } : {}) }
    return { source: 'stripe', sourceEvent: `e${index}`, event: { ...event, state: { ...event.state, ...agreed } } }
  })
  const lines = accountLines('a', histories(events, recognition), 'UTC', catalogMapping(new Map()), recognition)
  // Seats that move without money have lines of their own.
  return lines.filter(({ amount }) => amount !== 0n).map(({ effectiveDay, amount }) => [effectiveDay, Number(amount)])
}

const cases: [title: string, states: [string, State][], policy: Partial<Recognition>, [string, number][]][] = [
  ['recurring discounts are subtracted', [['2024-01-01', { items: [halved] }]], {}, [['2024-01-01', 5_000]]],
  ['or list prices count', [['2024-01-01', { items: [halved] }]], { discounts: 'NONE' }, [['2024-01-01', 10_000]]],
  ['one-time discounts are not', [['2024-01-01', { items: [once] }]], {}, [['2024-01-01', 10_000]]],
  [
    'or are, until they end',
    [['2024-01-01', { items: [once] }]],
    { discounts: 'ALL' },
    [
      ['2024-01-01', 5_000],
      ['2024-02-01', 5_000],
    ],
  ],
  [
    'a paused subscription counts nothing',
    [active, ['2024-02-01', { status: 'PAUSED' }], ['2024-03-01', {}]],
    {},
    [
      ['2024-01-01', 10_000],
      ['2024-02-01', -10_000],
      ['2024-03-01', 10_000],
    ],
  ],
  [
    'or what it would pay',
    [active, ['2024-02-01', { status: 'PAUSED' }], ['2024-03-01', {}]],
    { paused: 'KEEP' },
    [['2024-01-01', 10_000]],
  ],
  [
    'a subscription that is past due is kept until its source ends it',
    [active, ['2024-02-01', { status: 'PAST_DUE' }], ['2024-06-01', { status: 'UNPAID' }]],
    {},
    [
      ['2024-01-01', 10_000],
      ['2024-06-01', -10_000],
    ],
  ],
  [
    'or until it has been so for some days, reminders or not',
    [active, ['2024-02-01', { status: 'PAST_DUE' }], ['2024-02-10', { status: 'PAST_DUE' }]],
    { pastDueDays: 30 },
    [
      ['2024-01-01', 10_000],
      ['2024-03-02', -10_000],
    ],
  ],
  [
    'one that pays again before that has lost nothing',
    [active, ['2024-02-01', { status: 'PAST_DUE' }], ['2024-02-20', {}]],
    { pastDueDays: 30 },
    [['2024-01-01', 10_000]],
  ],
  [
    'one that pays again after that comes back',
    [active, ['2024-02-01', { status: 'PAST_DUE' }], ['2024-04-01', {}]],
    { pastDueDays: 30 },
    [
      ['2024-01-01', 10_000],
      ['2024-03-02', -10_000],
      ['2024-04-01', 10_000],
    ],
  ],
  [
    'a subscription that will end is lost when it ends',
    [active, ['2024-02-10', ends('2024-03-01')], ['2024-03-01', ENDED]],
    {},
    [
      ['2024-01-01', 10_000],
      ['2024-03-01', -10_000],
    ],
  ],
  [
    'or when its end was asked for, whatever is said of it until then',
    [active, ['2024-02-10', ends('2024-03-01')], ['2024-02-20', ends('2024-03-01')], ['2024-03-01', ENDED]],
    { churn: 'AT_REQUEST' },
    [
      ['2024-01-01', 10_000],
      ['2024-02-10', -10_000],
    ],
  ],
  [
    'a source that says when it was asked for is believed, as far as nothing else was said since',
    [active, ['2024-01-20', {}], ['2024-02-10', ends('2024-03-01', '2024-02-03')]],
    { churn: 'AT_REQUEST' },
    [
      ['2024-01-01', 10_000],
      ['2024-02-03', -10_000],
    ],
  ],
  [
    'not before what was said then',
    [active, ['2024-02-05', {}], ['2024-02-10', ends('2024-03-01', '2024-02-03')]],
    { churn: 'AT_REQUEST' },
    [
      ['2024-01-01', 10_000],
      ['2024-02-05', -10_000],
    ],
  ],
  [
    'one whose end is known afterwards alone was lost when it was asked for',
    [active, ['2024-03-01', { ...ENDED, endRequestedAt: '2024-02-03T00:00:00.000Z' }]],
    { churn: 'AT_REQUEST' },
    [
      ['2024-01-01', 10_000],
      ['2024-02-03', -10_000],
    ],
  ],
  [
    'an end that is withdrawn brings back what was lost',
    [active, ['2024-02-10', ends('2024-03-01')], ['2024-02-20', {}]],
    { churn: 'AT_REQUEST' },
    [
      ['2024-01-01', 10_000],
      ['2024-02-10', -10_000],
      ['2024-02-20', 10_000],
    ],
  ],
]

describe('what counts as MRR', () => {
  it.each(cases)('%s', (_, states, policy, expected) => {
    expect(linesOf(states, policy)).toEqual(expected)
  })

  it.each<[object, object, string]>([
    [{}, {}, 'NOBISHIRO'],
    [{ preset: 'STRIPE_LIKE' }, { metered: 'EXCLUDE' }, 'STRIPE_LIKE'],
    [{ preset: 'CHARTMOGUL_LIKE' }, { paused: 'KEEP', freeLogos: 'KEPT' }, 'CHARTMOGUL_LIKE'],
    [
      { preset: 'STRIPE_LIKE', churn: 'AT_REQUEST', pastDueDays: 30 },
      { metered: 'EXCLUDE', churn: 'AT_REQUEST', pastDueDays: 30 },
      'STRIPE_LIKE churn=AT_REQUEST pastDueDays=30',
    ],
    [
      { preset: 'CHARTMOGUL_LIKE', paused: 'ZERO', pastDueDays: null },
      { freeLogos: 'KEPT' },
      'CHARTMOGUL_LIKE paused=ZERO',
    ],
  ])('%j is a policy with a name', (said, differs, name) => {
    const policy = recognitionFrom(said)
    expect(policy).toEqual({ ...NOBISHIRO, preset: policy.preset, ...differs })
    expect(policyName(policy)).toBe(name)
    expect(recognitionFrom(policy)).toEqual(policy)
  })

  it.each(recognitionPresets)('%s is the name of its own preset', (preset) => {
    expect(policyName(recognitionFrom({ preset }))).toBe(preset)
  })

  it.each([
    [{ preset: 'PROFITWELL' }, 'preset'],
    [{ pastDueDays: 0 }, 'pastDueDays'],
    [{ paused: 'MAYBE' }, 'paused'],
    [{ trials: 'YES' }, 'policy'],
  ])('%j is refused by name', (said, field) => {
    expect(() => recognitionFrom(said)).toThrow(field)
  })
})
