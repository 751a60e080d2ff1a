import { firstDayOf, type MonthRange } from '../../facts/month.ts'
import type { DayRange } from '../../metrics/result.ts'
import { builder } from '../builder.ts'

export const Period = builder.objectRef<DayRange>('Period').implement({
  description: 'Half-open period [start, end).',
  fields: (t) => ({
    start: t.expose('start', { type: 'Date', description: 'First day of it.' }),
    end: t.expose('end', { type: 'Date', description: 'First day after it.' }),
  }),
})

/** The days of a range of months. */
export const daysOfMonths = ({ start, end }: MonthRange): DayRange => ({
  start: firstDayOf(start),
  end: firstDayOf(end),
})

export const DateRange = builder.inputType('DateRange', {
  description:
    'Half-open range of days: start is included, end is not. Both are first days of a month, or Mondays where the bucket is WEEK.',
  fields: (t) => ({
    start: t.field({ type: 'Date', required: true, description: 'First day of it.' }),
    end: t.field({ type: 'Date', required: true, description: 'First day after it.' }),
  }),
})

/** Of arguments that go with a bucket. */
export const RANGE = 'The 12 last complete months when missing; where the bucket is WEEK, the 12 last complete weeks.'
