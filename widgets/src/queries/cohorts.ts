import { type Cohorts, type CohortsQueryVariables, cohortsOf } from '@nobishiro/sdk'
import type { WidgetClient } from '../provider/client.ts'
import { type Ask, queryKey } from './key.ts'
import type { Scope } from './scope.ts'

/** Retention by first paid month and age. Cohorts are the same in every view. */
export function cohortsQuery(client: WidgetClient, { view: _view, ...variables }: Scope): Ask<Cohorts> {
  const asked: CohortsQueryVariables = variables
  return {
    queryKey: queryKey('cohorts', asked),
    queryFn: ({ signal }) => cohortsOf(client, asked, { signal }),
  }
}
