import { reportedBy, visitSeats } from '../facts/seats.ts'
import type { AddPart, Gathering } from './metric.ts'

/** Of accounts that hold seats at the close and reported in the month: seats of a kind, and purchased ones. */
export const gatherUseOfSeats =
  (kind: 'active' | 'assigned') =>
  ({ slice, periods }: Gathering, add: AddPart<'used' | 'purchased'>): void => {
    const closes = periods.map(({ end }) => end - 1)
    visitSeats(slice, closes, (account, period, seats) => {
      const used = reportedBy(slice, account, closes[period]!)[kind]
      if (used < 0) return
      add('used', period, used, account)
      add('purchased', period, seats, account)
    })
  }
