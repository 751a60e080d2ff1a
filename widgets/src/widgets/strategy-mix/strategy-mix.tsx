import type { DateRange, ExpansionStrategy } from '@nobishiro/sdk'
import { Delivered, ServerBoundary } from '../../provider/server-boundary.tsx'
import { useSettings } from '../../provider/settings.ts'
import { useScope } from '../../queries/scope.ts'
import { type MixBucket, strategyMixQuery } from '../../queries/strategy-mix.ts'
import { strategyMixState } from '../../queries/use-strategy-mix.ts'
import { useWidgetQuery } from '../../queries/use-widget-query.ts'
import { StrategyMixView } from './strategy-mix-view.tsx'

/** What was chosen in the mix. */
export interface StrategyMixDatum {
  /** Those of the part, several where it is the rest; empty where it is all expansion. */
  strategies: ExpansionStrategy[]
  /** First day of the month, quarter or year; null for the whole range. */
  month: string | null
  /** Signed, in major units. */
  amount: number
}

export interface StrategyMixProps {
  /** One column: a month (default), or a quarter or year of the tenant's fiscal year. A part of a month opens to its movements. */
  bucket?: MixBucket | undefined
  /** Months to show. Default: the provider's, else the last 12 complete months. */
  range?: DateRange | undefined
  onSelect?: ((datum: StrategyMixDatum) => void) | undefined
}

/** How expansion was made: the strategies with the largest part in the range over time, and the rest as one. */
export function StrategyMix(props: StrategyMixProps) {
  return (
    <ServerBoundary fallback={<StrategyMixView {...props} state={{ status: 'loading' }} />}>
      <Loaded {...props} />
    </ServerBoundary>
  )
}

function Loaded(props: StrategyMixProps) {
  const { bucket = 'MONTH', range } = props
  const settings = useSettings('StrategyMix')
  const scope = useScope(settings, range)
  const ask = strategyMixQuery(settings.client, { bucket, ...scope })
  const query = useWidgetQuery(settings, ask)
  return (
    <Delivered name="StrategyMix" queryKey={ask.queryKey}>
      <StrategyMixView {...props} state={strategyMixState(query)} />
    </Delivered>
  )
}
