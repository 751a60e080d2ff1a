import type {
  ExplainQueryVariables,
  MetricsQueryVariables,
  SeatGrowthQueryVariables,
  WaterfallQueryVariables,
} from './generated/graphql.ts'

interface DefaultVariables {
  nrrGauge: MetricsQueryVariables
  expansionWaterfall: WaterfallQueryVariables
  cohortBridge: WaterfallQueryVariables
  seatGrowth: SeatGrowthQueryVariables
  explainNrr: ExplainQueryVariables
  explainGrr: ExplainQueryVariables
  explainExpansion: ExplainQueryVariables
}

/** What the widgets ask when nothing else is said. The sandbox holds an answer to each. */
export const defaultVariables: DefaultVariables = {
  nrrGauge: { keys: ['nrr', 'grr'], window: 12 },
  expansionWaterfall: { population: 'ALL' },
  cohortBridge: { population: 'COHORT', window: 12 },
  seatGrowth: {},
  explainNrr: { metric: 'nrr', window: 12 },
  explainGrr: { metric: 'grr', window: 12 },
  explainExpansion: { metric: 'expansion' },
}
