import type { Cohorts, DateRange } from '@nobishiro/sdk'
import { useSettings } from '../provider/settings.ts'
import { cohortsQuery } from './cohorts.ts'
import { useScope } from './scope.ts'
import { useHookQuery } from './use-widget-query.ts'
import { type Asked, type WidgetState, widgetState } from './widget-state.ts'

export interface CohortsOptions {
  /** First paid months. Default: the provider's, else the last 12 complete months. */
  range?: DateRange | undefined
}

/** The state of an answered, pending or failed question for cohorts. */
export function cohortsState(query: Asked<Cohorts>): WidgetState<Cohorts> {
  return widgetState(query, (answer) => ({
    data: answer,
    isEmpty: answer.cohorts.every(({ nrr }) => nrr.every((ratio) => ratio === null)),
    isPartial: answer.completeness === 'PARTIAL',
    reason: answer.cohorts.find(({ reason }) => reason === 'NO_RATE')?.reason ?? null,
  }))
}

/** NRR and GRR by first paid month and age, for a picture of your own. */
export function useCohorts({ range }: CohortsOptions = {}): WidgetState<Cohorts> {
  const settings = useSettings('useCohorts')
  return cohortsState(useHookQuery(settings, cohortsQuery(settings.client, useScope(settings, range))))
}
