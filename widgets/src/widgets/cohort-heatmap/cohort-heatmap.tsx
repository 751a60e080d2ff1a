import type { DateRange } from '@nobishiro/sdk'
import { Delivered, ServerBoundary } from '../../provider/server-boundary.tsx'
import { useSettings } from '../../provider/settings.ts'
import { cohortsQuery } from '../../queries/cohorts.ts'
import { useScope } from '../../queries/scope.ts'
import { cohortsState } from '../../queries/use-cohorts.ts'
import { useWidgetQuery } from '../../queries/use-widget-query.ts'
import { CohortHeatmapView } from './cohort-heatmap-view.tsx'
import type { CohortMetric } from './cohort-model.ts'

/** The cell that was chosen: a cohort at an age, and its value; null where it has none. */
export interface CohortHeatmapDatum {
  metric: CohortMetric
  /** First paid month, by its first day; null for all cohorts together. */
  cohort: string | null
  /** Months since then. */
  age: number
  value: number | null
  accounts: number
}

export interface CohortHeatmapProps {
  /** Net retention (default), or gross: each account counts with what it paid at first at most. */
  metric?: CohortMetric | undefined
  /** First paid months to show. Default: the provider's, else the last 12 complete months. */
  range?: DateRange | undefined
  onSelect?: ((datum: CohortHeatmapDatum) => void) | undefined
}

/** NRR or GRR by first paid month and age, and the curve of the cohort that is pointed at. */
export function CohortHeatmap(props: CohortHeatmapProps) {
  return (
    <ServerBoundary fallback={<CohortHeatmapView {...props} state={{ status: 'loading' }} />}>
      <Loaded {...props} />
    </ServerBoundary>
  )
}

function Loaded(props: CohortHeatmapProps) {
  const settings = useSettings('CohortHeatmap')
  const ask = cohortsQuery(settings.client, useScope(settings, props.range))
  const query = useWidgetQuery(settings, ask)
  return (
    <Delivered name="CohortHeatmap" queryKey={ask.queryKey}>
      <CohortHeatmapView {...props} state={cohortsState(query)} />
    </Delivered>
  )
}
