import { firstDayOf, type MonthRange } from '../../facts/month.ts'
import { builder } from '../builder.ts'

export const Period = builder.objectRef<MonthRange>('Period').implement({
  description: 'Half-open period [start, end).',
  fields: (t) => ({
    start: t.field({ type: 'Date', description: 'First day of it.', resolve: ({ start }) => firstDayOf(start) }),
    end: t.field({ type: 'Date', description: 'First day after it.', resolve: ({ end }) => firstDayOf(end) }),
  }),
})

export const DateRange = builder.inputType('DateRange', {
  description:
    'Half-open range of days: start is included, end is not. Both are first days of a month when the bucket is MONTH or longer.',
  fields: (t) => ({
    start: t.field({ type: 'Date', required: true, description: 'First day of it.' }),
    end: t.field({ type: 'Date', required: true, description: 'First day after it.' }),
  }),
})
