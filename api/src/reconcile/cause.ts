import type { SubscriptionState, SubscriptionStatus } from '../ingest/event.ts'
import { levels } from '../ledger/levels.ts'

export const CAUSES = {
  UNKNOWN_ACCOUNT: 'we know no such account',
  CURRENCY: 'we hold it in another currency',
  TRIAL: 'a trial: not MRR here',
  PAUSED: 'paused: no MRR here',
  UNPAID: 'unpaid or incomplete: no MRR here',
  PAST_DUE: 'past due: still MRR here',
  DISCOUNT: 'a recurring discount: taken off here',
  ANOTHER_DAY: 'a change that falls into another month here',
  METERED: 'metered: the mean of three closed months here',
  NOT_IN_FILE: 'the file has no row of it',
  UNEXPLAINED: 'no known cause',
} as const
export type Cause = keyof typeof CAUSES

/** What is known of one account at one close, all in one currency, in minor units. */
export type Close = {
  theirs: bigint
  /** The file has a row of it. */
  isInFile: boolean
  ours: bigint
  isKnown: boolean
  /** We hold something of the account in another currency. */
  isElsewhere: boolean
  /** Its subscriptions as they stood at the close. */
  states: readonly SubscriptionState[]
  /** What it held on each change within a month of the close, before and after. */
  nearby: readonly bigint[]
}

/** The first that fits exactly; else one that may explain it; else what the file lacks. Probable, not proven. */
export function causeOf(close: Close): Cause {
  const { theirs, ours, states, nearby } = close
  const difference = theirs - ours
  if (!close.isKnown) return 'UNKNOWN_ACCOUNT'
  if (close.isElsewhere && ours === 0n) return 'CURRENCY'
  const left = leftOut(states)
  const exact = left.find(({ amount }) => amount !== 0n && amount === difference)
  if (exact) return exact.cause
  if (nearby.includes(theirs)) return 'ANOTHER_DAY'
  const possible = left.find(({ amount }) => amount !== 0n && amount > 0n === difference > 0n)
  if (possible && close.isInFile) return possible.cause
  if (difference > 0n && states.some(isMetered)) return 'METERED'
  return close.isInFile ? 'UNEXPLAINED' : 'NOT_IN_FILE'
}

/** What a tool that counts otherwise would add to ours. */
function leftOut(states: readonly SubscriptionState[]): { cause: Cause; amount: bigint }[] {
  const asIfPaying = (...statuses: SubscriptionStatus[]) =>
    sum(states.filter(({ status }) => statuses.includes(status)).map(paying))
  return [
    { cause: 'TRIAL', amount: asIfPaying('TRIAL') },
    { cause: 'PAUSED', amount: asIfPaying('PAUSED') },
    { cause: 'UNPAID', amount: asIfPaying('UNPAID', 'INCOMPLETE') },
    { cause: 'DISCOUNT', amount: sum(states.map((state) => levelOf(withoutDiscounts(state)) - levelOf(state))) },
    { cause: 'PAST_DUE', amount: -asIfPaying('PAST_DUE') },
  ]
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)
const levelOf = (state: SubscriptionState): bigint => sum(levels(state))
const paying = (state: SubscriptionState): bigint => levelOf({ ...state, status: 'ACTIVE' })
const isMetered = ({ items }: SubscriptionState): boolean => items.some(({ pricing }) => pricing.usage === 'METERED')

function withoutDiscounts({ discounts: _, items, ...state }: SubscriptionState): SubscriptionState {
  return { ...state, items: items.map(({ discounts: __, ...item }) => item) }
}
