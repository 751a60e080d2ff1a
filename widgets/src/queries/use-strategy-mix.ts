import type { DateRange, StrategyMix } from '@nobishiro/sdk'
import { useSettings } from '../provider/settings.ts'
import { useScope } from './scope.ts'
import { type MixBucket, strategyMixQuery } from './strategy-mix.ts'
import { useHookQuery } from './use-widget-query.ts'
import { type Asked, type WidgetState, widgetState } from './widget-state.ts'

export interface StrategyMixOptions {
  /** By month (default), or by quarter or year of the tenant's fiscal year. */
  bucket?: MixBucket | undefined
  /** Months to show. Default: the provider's, else the last 12 complete months. */
  range?: DateRange | undefined
}

/** The state of an answered, pending or failed question for the mix. */
export function strategyMixState(query: Asked<StrategyMix>): WidgetState<StrategyMix> {
  return widgetState(query, (mix) => ({
    data: mix,
    // Parts may cancel out: nothing has grown only where every part is nothing.
    isEmpty: mix.strategies.every(({ amounts }) => amounts.every(({ minor }) => BigInt(minor) === 0n)),
    isPartial: mix.completeness.at(-1) === 'PARTIAL',
  }))
}

/** Expansion by the seven strategies over time, for a picture of your own. */
export function useStrategyMix({ bucket = 'MONTH', range }: StrategyMixOptions = {}): WidgetState<StrategyMix> {
  const settings = useSettings('useStrategyMix')
  const scope = useScope(settings, range)
  return strategyMixState(useHookQuery(settings, strategyMixQuery(settings.client, { bucket, ...scope })))
}
