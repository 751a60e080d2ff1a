import { type CohortSums, cohortSums } from '../facts/cohorts.ts'
import type { Store } from '../facts/column-store.ts'
import type { MonthRange } from '../facts/month.ts'
import type { Cohort, Cohorts } from './chart-result.ts'
import { standingOf } from './completeness.ts'
import { divide } from './decimal.ts'
import { defaultRange, lastCompleteMonth } from './default-range.ts'
import { DEFINITION_VERSION } from './definition.ts'
import { checkRange } from './periods.ts'
import { type FactQuery, settle } from './question.ts'

export type CohortsQuery = Omit<FactQuery, 'view'> & {
  /** First paid months; the last 12 complete months when absent. */
  range?: MonthRange | undefined
}

/**
 * Retention by first paid month and age: what the accounts of a cohort pay, and of it what they paid at age 0 at most, over what they paid
 * at age 0. Closed cohorts, at the rates of age 0; a total is recomputed from the sums of the cohorts that are old enough.
 */
export function cohorts(store: Store, query: CohortsQuery): Cohorts {
  const question = settle(store, query)
  const range = checkRange(query.range ?? defaultRange(store, query.now))
  const last = lastCompleteMonth(store, query.now)
  const found = cohortSums(question.slice, range, last).map(withBase)
  const ages = Math.max(0, ...found.map(({ mrr }) => mrr.length))
  const months = Array.from({ length: Math.max(last - range.start + 1, 0) }, (_, place) => range.start + place)
  return {
    currency: question.currency,
    cohorts: found.map(toCohort),
    total: toCohort(totalOf(found, ages)),
    completeness: standingOf(question, months).completeness,
    definition: DEFINITION_VERSION,
    asOf: store.asOf,
    version: store.version,
  }
}

/** What is divided by, by age: of one cohort its age 0, of the total that of the cohorts which have reached the age. */
type Rows = CohortSums & { base: Float64Array }

const withBase = (cohort: CohortSums): Rows => ({ ...cohort, base: cohort.mrr.map((_, __, mrr) => mrr[0]!) })

/** Every age over the cohorts that have reached it. */
function totalOf(found: readonly Rows[], ages: number): Rows {
  const column = () => new Float64Array(ages)
  const total = { month: 0, accounts: 0, base: column(), paying: column(), mrr: column(), kept: column() }
  for (const cohort of found) {
    total.accounts += cohort.accounts
    for (const name of ['base', 'paying', 'mrr', 'kept'] as const)
      cohort[name].forEach((amount, age) => {
        total[name][age]! += amount
      })
  }
  return total
}

function toCohort({ month, accounts, base, paying, mrr, kept }: Rows): Cohort {
  const over = (above: number, age: number) =>
    Number.isNaN(above) || !base[age] ? null : divide(BigInt(above), BigInt(base[age]))
  const opening = base[0] ?? 0
  return {
    month,
    accounts,
    opening: Number.isNaN(opening) ? null : BigInt(opening),
    paying: Array.from(paying),
    nrr: Array.from(mrr, over),
    grr: Array.from(kept, over),
    reason: Number.isNaN(opening) ? 'NO_RATE' : opening === 0 ? 'NO_OPENING_MRR' : null,
  }
}
