import { expect, it } from 'vitest'
import * as widgets from './index.ts'

it('exports these names and no others', () => {
  expect(Object.keys(widgets).sort()).toEqual([
    'ExpansionWaterfall',
    'MetricCard',
    'NobishiroProvider',
    'NrrGauge',
    'SeatGrowthChart',
    'StrategyMix',
    'useExplain',
    'useMetric',
    'useNobishiro',
    'useNrr',
    'useSeatGrowth',
    'useStrategyMix',
    'useWaterfall',
  ])
})
