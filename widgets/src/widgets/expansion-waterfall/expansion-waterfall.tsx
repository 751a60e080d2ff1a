import type { DateRange, ExpansionStrategy, WaterfallPopulation, WaterfallStepKey } from '@nobishiro/sdk'
import { Delivered, ServerBoundary } from '../../provider/server-boundary.tsx'
import { useSettings } from '../../provider/settings.ts'
import { useScope } from '../../queries/scope.ts'
import { waterfallState } from '../../queries/use-waterfall.ts'
import { useWidgetQuery } from '../../queries/use-widget-query.ts'
import { waterfallQuery } from '../../queries/waterfall.ts'
import { ExpansionWaterfallView } from './expansion-waterfall-view.tsx'

/** What was chosen in the waterfall. Amounts in major units. */
export interface ExpansionWaterfallDatum {
  step: WaterfallStepKey
  strategies: ExpansionStrategy[]
  amount: number
  accounts: number
}

export interface ExpansionWaterfallProps {
  /** `ALL` (default): every account. `COHORT`: the bridge of the accounts behind NRR. */
  population?: WaterfallPopulation | undefined
  /** Months the cohort's bridge looks back over: 12 (default), 3 or 1. */
  window?: 1 | 3 | 12 | undefined
  /** Default: the provider's, else the last complete month. */
  range?: DateRange | undefined
  onSelect?: ((datum: ExpansionWaterfallDatum) => void) | undefined
}

/** MRR from opening to closing: what came, grew, shrank and went. */
export function ExpansionWaterfall(props: ExpansionWaterfallProps) {
  return (
    <ServerBoundary fallback={<ExpansionWaterfallView {...props} state={{ status: 'loading' }} />}>
      <Loaded {...props} />
    </ServerBoundary>
  )
}

function Loaded(props: ExpansionWaterfallProps) {
  const { population = 'ALL', window = 12, range } = props
  const settings = useSettings('ExpansionWaterfall')
  const scope = useScope(settings, range)
  const ask = waterfallQuery(settings.client, { population, window, ...scope })
  const query = useWidgetQuery(settings, ask)
  return (
    <Delivered name="ExpansionWaterfall" queryKey={ask.queryKey}>
      <ExpansionWaterfallView {...props} state={waterfallState(query)} />
    </Delivered>
  )
}
