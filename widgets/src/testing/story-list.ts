import { stories as cohorts } from '../widgets/cohort-heatmap/cohort-heatmap.story.tsx'
import { stories as waterfall } from '../widgets/expansion-waterfall/expansion-waterfall.story.tsx'
import { stories as card } from '../widgets/metric-card/metric-card.story.tsx'
import { stories as gauge } from '../widgets/nrr-gauge/nrr-gauge.story.tsx'
import { stories as seats } from '../widgets/seat-growth-chart/seat-growth-chart.story.tsx'
import { stories as mix } from '../widgets/strategy-mix/strategy-mix.story.tsx'
import type { Story } from './story.tsx'

/** Every story by name, for tests. */
export const storyList: [name: string, story: Story][] = Object.entries({
  gauge,
  waterfall,
  seats,
  card,
  mix,
  cohorts,
}).flatMap(([widget, stories]) =>
  Object.entries(stories).map(([name, story]): [string, Story] => [`${widget}: ${name}`, story]),
)
