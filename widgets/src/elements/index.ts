import { CohortHeatmap } from '../widgets/cohort-heatmap/cohort-heatmap.tsx'
import { ExpansionWaterfall } from '../widgets/expansion-waterfall/expansion-waterfall.tsx'
import { MetricCard } from '../widgets/metric-card/metric-card.tsx'
import { NrrGauge } from '../widgets/nrr-gauge/nrr-gauge.tsx'
import { SeatGrowthChart } from '../widgets/seat-growth-chart/seat-growth-chart.tsx'
import { StrategyMix } from '../widgets/strategy-mix/strategy-mix.tsx'
import { number, range, text } from './attribute.ts'
import { ProviderElement } from './provider-element.tsx'
import { widgetElement } from './widget-element.tsx'

export type { NobishiroEvent } from '../provider/event.ts'
export type { ProviderElement }

/** Widgets as elements: each attribute is the prop of that name. */
const ELEMENTS = {
  'nobishiro-nrr-gauge': () =>
    widgetElement(NrrGauge, { metric: text('metric'), target: number('target'), window: number('window'), range }),
  'nobishiro-expansion-waterfall': () =>
    widgetElement(ExpansionWaterfall, { population: text('population'), window: number('window'), range }),
  'nobishiro-seat-growth': () => widgetElement(SeatGrowthChart, { landings: number('landings'), range }),
  'nobishiro-strategy-mix': () => widgetElement(StrategyMix, { bucket: text('bucket'), range }),
  'nobishiro-cohort-heatmap': () => widgetElement(CohortHeatmap, { metric: text('metric'), range }),
  'nobishiro-metric-card': () =>
    widgetElement(MetricCard, {
      metric: text('metric'),
      window: number('window'),
      bucket: text('bucket'),
      compare: text('compare'),
      range,
    }),
}

// The provider first: widgets that are on the page already look for it when they are defined.
if (typeof customElements !== 'undefined') {
  if (!customElements.get('nobishiro-provider')) customElements.define('nobishiro-provider', ProviderElement)
  for (const [name, make] of Object.entries(ELEMENTS))
    if (!customElements.get(name)) customElements.define(name, make())
}
