import { describe, expect, it } from 'vitest'
import { anItem, aSubscription, iso, START, subscription } from './testing.ts'

const DAY = 86_400
const term = (fields: Parameters<typeof aSubscription>[0], kind = 'updated') => {
  const { period, trialEnd, endRequestedAt, scheduled } = subscription(aSubscription(fields), kind).state
  return {
    period,
    trialEnd,
    endRequestedAt,
    scheduled: scheduled?.map(({ effectiveAt, state }) => [effectiveAt, state.status]),
  }
}
const period = { current_period_start: START, current_period_end: START + 30 * DAY }
const shown = { start: iso(START), end: iso(START + 30 * DAY) }

describe('what a subscription says of its term', () => {
  it.each([
    ['nothing', {}, {}],
    ['its period', period, { period: shown }],
    ['the period of its items', { items: [anItem(period)] }, { period: shown }],
    ['an end on a day', { cancel_at: START + 9 * DAY }, { scheduled: [[iso(START + 9 * DAY), 'ENDED']] }],
    [
      'an end with the period',
      { ...period, cancel_at_period_end: true },
      { period: shown, scheduled: [[iso(START + 30 * DAY), 'ENDED']] },
    ],
    [
      'not when that was asked for where it was the event itself',
      { ...period, cancel_at_period_end: true, canceled_at: START + 100 },
      { period: shown, scheduled: [[iso(START + 30 * DAY), 'ENDED']] },
    ],
    [
      'when that was asked for, before the event that tells it',
      { ...period, cancel_at_period_end: true, canceled_at: START + 50 },
      { period: shown, endRequestedAt: iso(START + 50), scheduled: [[iso(START + 30 * DAY), 'ENDED']] },
    ],
    ['the end of its trial', { status: 'trialing', trial_end: START + DAY }, { trialEnd: iso(START + DAY) }],
  ])('%s', (_, fields, expected) => expect(term(fields)).toEqual({ ...expected }))

  it('one that has ended has none', () => expect(term({ ...period, cancel_at: START }, 'deleted')).toEqual({}))

  it('one that has ended says when that was asked for, where it was before', () => {
    const ended = { status: 'canceled', ended_at: START + 90 }
    expect(term({ ...ended, canceled_at: START + 10 }, 'deleted')).toEqual({ endRequestedAt: iso(START + 10) })
    expect(term({ ...ended, canceled_at: START + 90 }, 'deleted')).toEqual({})
  })
})
