import type { SubscriptionState } from '../../event.ts'
import { type Cursor, entries, field, instant } from './cursor.ts'

type Term = Pick<SubscriptionState, 'period' | 'trialEnd' | 'endRequestedAt' | 'scheduled'>

/** The running period, the end of a trial, and the end that is agreed. The period is the subscription's, or its items'. */
export function readTerm(object: Cursor, { currency, at }: { currency: string; at: string }): Term {
  const holders = [object, ...entries(field(field(object, 'items'), 'data'))]
  const periods = holders.flatMap((holder) => {
    const [start, end] = ['current_period_start', 'current_period_end'].map((name) => instant(field(holder, name)))
    return start === undefined || end === undefined || end < start ? [] : [{ start, end }]
  })
  const period = periods[0]
  const trialEnd = instant(field(object, 'trial_end'))
  const atPeriodEnd = field(object, 'cancel_at_period_end').value === true ? period?.end : undefined
  const end = instant(field(object, 'cancel_at')) ?? atPeriodEnd
  return {
    ...(period === undefined ? {} : { period }),
    ...(trialEnd === undefined ? {} : { trialEnd }),
    ...(end === undefined
      ? {}
      : {
          ...endRequested(object, at),
          scheduled: [{ effectiveAt: end, state: { status: 'ENDED', currency, items: [] } }],
        }),
  }
}

/** When the end was asked for, where that was before an instant. */
export function endRequested(object: Cursor, before: string): Pick<Term, 'endRequestedAt'> {
  const at = instant(field(object, 'canceled_at'))
  return at !== undefined && at < before ? { endRequestedAt: at } : {}
}
