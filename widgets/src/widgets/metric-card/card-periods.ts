import { addDays, formatDay, formatMonth, lastMonth } from '../../format/month.ts'
import type { CardBucket } from '../../queries/metric-card.ts'
import type { CardText } from './card-words.ts'

interface Period {
  start: string
  end: string
}

/** What a card calls its periods. */
export interface Periods {
  /** The day that stands for one. */
  day: (period: Period) => string
  label: (period: Period) => string
  /** Under the line, where room is short. */
  tick: (period: Period) => string
  /** In the middle of a sentence. */
  spoken: (period: Period) => string
  /** Where a window ends that ends with one. */
  end: (period: Period) => string
  column: string
  columnPrevious: string
  columnYearAgo: string
  /** The line of so many of them. */
  trend: (name: string, count: number) => string
}

/** Months by their names, weeks by their Mondays. */
export function periodsOf(bucket: CardBucket, { card, gauge, trend }: CardText, locale: string): Periods {
  if (bucket === 'WEEK') {
    const { week } = card
    return {
      day: ({ start }) => start,
      label: ({ start }) => week.label(formatDay(start, locale)),
      tick: ({ start }) => formatDay(start, locale),
      spoken: ({ start }) => week.spoken(formatDay(start, locale)),
      end: ({ end }) => formatDay(addDays(end, -1), locale),
      column: week.column,
      columnPrevious: week.columnPrevious,
      columnYearAgo: week.columnYearAgo,
      trend: week.trend,
    }
  }
  const month = (period: Period) => formatMonth(lastMonth(period), locale)
  return {
    day: lastMonth,
    label: month,
    tick: month,
    spoken: month,
    end: month,
    column: gauge.columnMonth,
    columnPrevious: card.columnPrevious,
    columnYearAgo: card.columnYearAgo,
    trend,
  }
}
