import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SubscriptionScheduleEvent, SubscriptionState } from '../ingest/event.ts'
import { anItem, aPrice, aSubscription } from '../testing/build.ts'
import { catalogMapping } from './catalog.ts'
import { connected } from './connected.ts'
import { histories, type SourcedEvent } from './history.ts'
import { accountLines } from './lines.ts'
import { outlookOf } from './outlook.ts'
import { NOBISHIRO, type Recognition } from './recognition.ts'

const AT_REQUEST: Recognition = { ...NOBISHIRO, churn: 'AT_REQUEST' }
const MAPPING = catalogMapping(new Map())
const dayAt = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString()
const state = (quantity: number, status: SubscriptionState['status'] = 'ACTIVE'): SubscriptionState => ({
  ...{ status, currency: 'USD', items: status === 'ENDED' ? [] : [anItem('crm', quantity, aPrice('1000'))] },
})

/** One word of a source: what is, and what is agreed, so far ahead that another word comes before it. */
type Word = { days: number; by: 'subscription' | 'schedule'; quantity: number; ahead: ('DOWN' | 'END')[] }
const words = fc.array(
  fc.record({
    days: fc.integer({ min: 1, max: 20 }),
    by: fc.constantFrom<Word['by']>('subscription', 'subscription', 'schedule'),
    quantity: fc.integer({ min: 1, max: 5 }),
    ahead: fc.subarray<'DOWN' | 'END'>(['DOWN', 'END']),
  }),
  { minLength: 1, maxLength: 8 },
)

function told(life: readonly Word[]): { day: number; sourced: SourcedEvent }[] {
  let day = 0
  return life.map(({ days, by, quantity, ahead }, index) => {
    day += days
    const agreed = ahead.map((step) =>
      step === 'END'
        ? { effectiveAt: dayAt(5_001), state: state(0, 'ENDED') }
        : { effectiveAt: dayAt(5_000), state: state(1) },
    )
    const at = dayAt(day)
    const plan: SubscriptionScheduleEvent = {
      ...{ type: 'subscriptionSchedule', account: 'acme', subscription: 'sub_1', schedule: 's', at, rank: 1 },
      phases: agreed,
    }
    const change = aSubscription({ at, items: [] })
    const event =
      by === 'schedule'
        ? plan
        : { ...change, state: { ...state(quantity), ...(agreed.length === 0 ? {} : { scheduled: agreed }) } }
    return { day, sourced: { source: 'stripe', sourceEvent: `e${index}`, event } }
  })
}

const sum = (points: readonly { day: string; amount: bigint }[], until: string): number =>
  Number(points.reduce((total, { day, amount }) => (day <= until ? total + amount : total), 0n))

function figures(life: readonly Word[], recognition: Recognition, day: number) {
  const history = histories(
    told(life).map(({ sourced }) => sourced),
    recognition,
  )
  const until = dayAt(day).slice(0, 10)
  const lines = accountLines('stripe:acme', history, 'UTC', MAPPING, recognition)
  const mrr = sum(
    lines.map(({ effectiveDay, amount }) => ({ day: effectiveDay, amount })),
    until,
  )
  return { mrr, committed: mrr + sum(outlookOf(history, { timeZone: 'UTC', mapping: MAPPING, recognition }), until) }
}

/** The same read day by day: the last words by then of the subscription and of its schedule. */
function naiveMrr(life: readonly Word[], on: number): number {
  let day = 0
  let [quantity, own, planned] = [0, [] as readonly string[], [] as readonly string[]]
  for (const word of life) {
    day += word.days
    if (day > on) break
    if (word.by === 'schedule') planned = word.ahead
    else {
      quantity = word.quantity
      own = word.ahead
    }
  }
  const isLeaving = planned.includes('END') || own.includes('END')
  return isLeaving ? 0 : quantity * 1_000
}

describe('churn at the request', () => {
  it('is that of a file that knows an end ahead, when it tells it; one that was over by then is lost when it ended', () => {
    const file = (subscription: string, end: number): SourcedEvent => ({
      ...{ source: 'csv', sourceEvent: subscription },
      event: {
        ...{ type: 'subscriptionHistory', account: 'acme', subscription, at: dayAt(30), rank: 0 },
        states: [
          { effectiveAt: dayAt(0), state: state(3) },
          { effectiveAt: dayAt(end), state: state(0, 'ENDED') },
        ],
      },
    })
    const history = histories([file('sub_1', 90), file('sub_2', 10)], AT_REQUEST)
    const lines = accountLines('csv:acme', history, 'UTC', MAPPING, AT_REQUEST)
    expect(lines.map(({ effectiveDay, amount }) => [effectiveDay, amount])).toEqual([
      [dayAt(0).slice(0, 10), 3_000n],
      [dayAt(0).slice(0, 10), 3_000n],
      [dayAt(10).slice(0, 10), -3_000n],
      [dayAt(30).slice(0, 10), -3_000n],
    ])
  })

  it('is none of a subscription that a person has connected with the one that replaced it', () => {
    const end = { effectiveAt: dayAt(60), state: state(0, 'ENDED') }
    const old = { ...aSubscription({ at: dayAt(0), items: [] }), state: state(3) }
    const asked = { ...aSubscription({ at: dayAt(30), items: [] }), state: { ...state(3), scheduled: [end] } }
    const ended = { ...aSubscription({ at: dayAt(60), items: [] }), state: state(0, 'ENDED') }
    const other = { ...aSubscription({ at: dayAt(61), subscription: 'sub_2', items: [] }), state: state(3) }
    const events = [old, asked, ended, other].map((event, index) => ({
      ...{ source: 'stripe', sourceEvent: `e${index}`, event },
    }))
    const connection = { old: 'stripe:sub_1', new: 'stripe:sub_2', gapDays: 5 }
    const history = connected(histories(events, AT_REQUEST), [connection])
    const lines = accountLines('stripe:acme', history, 'UTC', MAPPING, AT_REQUEST)
    expect(lines.map(({ effectiveDay, amount }) => [effectiveDay, amount])).toEqual([
      [dayAt(0).slice(0, 10), 3_000n],
      [dayAt(61).slice(0, 10), -3_000n],
      [dayAt(61).slice(0, 10), 3_000n],
    ])
  })

  it('counts nothing while the last word is an end that was asked for', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 170 }), (life, day) => {
        expect(figures(life, AT_REQUEST, day).mrr).toBe(naiveMrr(life, day))
      }),
    )
  })

  it('leaves committed MRR as it is: what is lost is not subtracted twice', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 170 }), (life, day) => {
        expect(figures(life, AT_REQUEST, day).committed).toBe(figures(life, NOBISHIRO, day).committed)
      }),
    )
  })
})
