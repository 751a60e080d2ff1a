import type { DateRange, MetricSeries } from '@nobishiro/sdk'
import { useSettings } from '../provider/settings.ts'
import { nrrQuery } from './nrr.ts'
import { type Retention, readRetention } from './retention.ts'
import { useScope } from './scope.ts'
import { useHookQuery } from './use-widget-query.ts'
import { type Asked, type WidgetState, widgetState } from './widget-state.ts'

export interface NrrOptions {
  /** Months to look back: 12 (default), 3 or 1. */
  window?: 1 | 3 | 12 | undefined
  /** Months to show. Default: the provider's, else the last 12 complete months. */
  range?: DateRange | undefined
}

/** The state of an answered, pending or failed question for NRR and GRR. */
export function retentionState(query: Asked<MetricSeries[]>, window: number): WidgetState<Retention> {
  return widgetState(query, (series) => {
    const retention = readRetention(series, window)
    return {
      data: retention as Retention, // null only when empty, and then not shown
      isEmpty: retention === null,
      isPartial: retention?.current.completeness === 'PARTIAL',
    }
  })
}

/** NRR and GRR per month, for a picture of your own. */
export function useNrr({ window = 12, range }: NrrOptions = {}): WidgetState<Retention> {
  const settings = useSettings('useNrr')
  const scope = useScope(settings, range)
  return retentionState(useHookQuery(settings, nrrQuery(settings.client, { window, ...scope })), window)
}
