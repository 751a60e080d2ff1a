import type { FactWhere } from '@nobishiro/sdk'
import { addMonths } from '../../format/month.ts'

/** Windows that NRR and GRR have: a cell of one of these ages is their value, narrowed to its cohort. */
export const WINDOWS = [1, 3, 12]

/** Filters of accounts that stay the same accounts at every close. By part of what they pay, or as they were, a cohort is another. */
const STEADY = ['accountIds', 'attributes', 'cohort', 'segmentIds']

/** Whether single cells can be explained under a filter. */
export function canExplain(where: FactWhere | undefined): boolean {
  const { attributes } = where ?? {}
  const given = Object.entries(where ?? {}).filter(([, value]) => value != null)
  return given.every(([name]) => STEADY.includes(name)) && !attributes?.some(({ at }) => at === 'THEN')
}

export interface CellQuestion {
  window: number
  at: string
  where: FactWhere
}

/** What explains a cell beside its metric; null where nothing does. */
export function questionOf(cohort: string | null, age: number, where: FactWhere | undefined): CellQuestion | null {
  if (cohort === null || !WINDOWS.includes(age) || !canExplain(where)) return null
  return { window: age, at: addMonths(cohort, age), where: { ...where, cohort: [cohort] } }
}
