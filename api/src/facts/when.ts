import type { ChangeColumns } from './column-store.ts'
import type { Month } from './month.ts'

/** When a movement was: a day of a month, or with day 0 all of it. */
export type When = { month: Month; day: number }

/** Whether a change point is part of the movement of its account. */
export const isOf = (changes: ChangeColumns, row: number, { month, day }: When): boolean =>
  changes.month[row] === month && (day === 0 || changes.day[row] === day)
