import { at, productAt } from './book.ts'
import type { Month, MonthRange } from './month.ts'
import type { Slice } from './slice.ts'
import { firstHeld } from './spans.ts'
import { axisOf, walk } from './walk.ts'

/** Accounts that first paid in one month. By age in months; amounts at the rates of age 0, NaN where a rate is missing. */
export type CohortSums = {
  month: Month
  accounts: number
  paying: Float64Array
  mrr: Float64Array
  /** The lesser of what each paid then and at age 0. */
  kept: Float64Array
}

/** One cohort per month of the range, each up to the close of the last month. */
export function cohortSums(slice: Slice, { start, end }: MonthRange, last: Month): CohortSums[] {
  const cohorts = Array.from({ length: end - start }, (_, place): CohortSums => {
    const ages = Math.max(last - start - place + 1, 0)
    const column = () => new Float64Array(ages)
    return { month: start + place, accounts: 0, paying: column(), mrr: column(), kept: column() }
  })
  const axis = axisOf(slice, start, last)
  walk(slice, axis, (book) => {
    const first = firstHeld(book)
    const cohort = cohorts[first + axis.first - start]
    if (cohort === undefined) return
    const base = productAt(book, first, first)
    cohort.accounts += 1
    for (let age = 0; age < cohort.mrr.length; age += 1) {
      const amount = productAt(book, first + age, first)
      if (at(book, book.productHeld, first + age) > 0) cohort.paying[age]! += 1
      cohort.mrr[age]! += amount
      cohort.kept[age]! += Math.min(amount, base)
    }
  })
  return cohorts
}
