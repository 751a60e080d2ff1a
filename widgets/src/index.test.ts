import { expect, it } from 'vitest'
import * as widgets from './index.ts'

it('exports these names and no others', () => {
  expect(Object.keys(widgets).sort()).toEqual([
    'CohortHeatmap',
    'ExpansionWaterfall',
    'MetricCard',
    'NobishiroProvider',
    'NrrGauge',
    'SeatGrowthChart',
    'StrategyMix',
    'useCohorts',
    'useExplain',
    'useMetric',
    'useNobishiro',
    'useNrr',
    'useSeatGrowth',
    'useStrategyMix',
    'useWaterfall',
  ])
})
