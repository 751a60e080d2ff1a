import { defaultVariables } from '../defaults.ts'
import type { TypedDocument } from '../document.ts'
import {
  AccountDocument,
  AccountsDocument,
  CapacityUseDocument,
  CohortsDocument,
  type Compare,
  DefinitionsDocument,
  DepartmentGrowthDocument,
  ExpanderRetentionDocument,
  ExplainDocument,
  LandAndExpandDocument,
  MetricCardsDocument,
  type MetricCardsQueryVariables,
  type MetricKey,
  MetricsDocument,
  MovementsDocument,
  NrrContributionDocument,
  RenewalsDocument,
  ReportDocument,
  type ReportQueryVariables,
  RestatementsDocument,
  SeatGrowthDocument,
  StickinessDocument,
  StrategyMixDocument,
  ViewerDocument,
  WaterfallDocument,
} from '../generated/graphql.ts'
import { mixQuestions, type SampleMix } from './mix-questions.ts'

/** One file of the recording: an operation, and the variables it is asked with. */
export interface Question {
  file: string
  document: TypedDocument<unknown, never>
  variables: object[]
}

/** The `months` months before `end`, which is the first day of a month. */
export function monthsBefore(end: string, months: number): { start: string; end: string } {
  const index = Number(end.slice(0, 4)) * 12 + Number(end.slice(5, 7)) - 1 - months
  return { start: `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`, end }
}

const single: MetricKey[] = ['mrr', 'arr', 'nrr', 'grr', 'expansion', 'seats']
const windows = [12, 3, 1]

/** The report of the README. */
const plansSideBySide: ReportQueryVariables = {
  measures: [{ key: 'mrr' }, { key: 'nrr' }],
  by: [{ kind: 'PLAN' }],
}

/** Every metric that the API has, with the windows it may be asked for. */
export type RegisteredMetric = { key: MetricKey; windows: readonly number[] }

/** Cards of every metric, each of its windows beside each comparison. */
function cardQuestions(metrics: readonly RegisteredMetric[]): MetricCardsQueryVariables[] {
  const others = [...new Set(metrics.flatMap(({ windows: [, ...more] }) => more))]
  return (['PREVIOUS', 'YEAR_AGO'] satisfies Compare[]).flatMap((compare) => [
    { keys: metrics.map(({ key }) => key), compare },
    ...others.map((window) => {
      const keys = metrics.filter(({ windows: known }) => known.includes(window)).map(({ key }) => key)
      return { keys, window, compare }
    }),
  ])
}

interface Sample {
  /** First day after the last complete month. */
  end: string
  accountIds: string[]
  metrics: RegisteredMetric[]
  mix: SampleMix
}

/** Everything that the sandbox answers, for a sample tenant. */
export function questions({ end, accountIds, metrics, mix }: Sample): Question[] {
  const { seatGrowth, expansionWaterfall } = defaultVariables
  const year = monthsBefore(end, 12)
  return [
    { file: 'viewer', document: ViewerDocument, variables: [{}] },
    { file: 'definitions', document: DefinitionsDocument, variables: [{}] },
    {
      file: 'metrics',
      document: MetricsDocument,
      variables: [
        ...windows.map((window) => ({ ...defaultVariables.nrrGauge, window })),
        { keys: ['mrr', 'arr', 'seats', 'arpa'] satisfies MetricKey[] },
        ...single.map((key) => ({ keys: [key] })),
      ],
    },
    { file: 'metric-cards', document: MetricCardsDocument, variables: cardQuestions(metrics) },
    {
      file: 'waterfall',
      document: WaterfallDocument,
      variables: [
        expansionWaterfall,
        { ...expansionWaterfall, range: year },
        ...windows.map((window) => ({ ...defaultVariables.cohortBridge, window })),
      ],
    },
    {
      file: 'seat-growth',
      document: SeatGrowthDocument,
      variables: [seatGrowth, { range: monthsBefore(end, 24) }, { range: monthsBefore(end, 36) }],
    },
    { file: 'renewals', document: RenewalsDocument, variables: [{}] },
    { file: 'report', document: ReportDocument, variables: [plansSideBySide] },
    {
      file: 'strategy-mix',
      document: StrategyMixDocument,
      variables: [undefined, 24, 36].flatMap((months) =>
        (['MONTH', 'QUARTER', 'YEAR'] as const).map((bucket) => ({
          ...(bucket !== 'MONTH' && { bucket }),
          ...(months && { range: monthsBefore(end, months) }),
        })),
      ),
    },
    {
      file: 'explain',
      document: ExplainDocument,
      variables: [...metrics.map(({ key }) => ({ metric: key, first: 100 })), ...mixQuestions(mix)],
    },
    { file: 'cohorts', document: CohortsDocument, variables: [{}] },
    { file: 'expander-retention', document: ExpanderRetentionDocument, variables: [{}] },
    { file: 'nrr-contribution', document: NrrContributionDocument, variables: [{}] },
    { file: 'land-and-expand', document: LandAndExpandDocument, variables: [{}] },
    { file: 'capacity-use', document: CapacityUseDocument, variables: [{}] },
    { file: 'stickiness', document: StickinessDocument, variables: [{ by: 'INTEGRATIONS' }, { by: 'FEATURES' }] },
    { file: 'department-growth', document: DepartmentGrowthDocument, variables: [{}] },
    { file: 'accounts', document: AccountsDocument, variables: [{}] },
    { file: 'account', document: AccountDocument, variables: accountIds.map((id) => ({ id })) },
    { file: 'restatements', document: RestatementsDocument, variables: [{ first: 12 }] },
    { file: 'movements', document: MovementsDocument, variables: [{ where: { range: year } }] },
  ]
}
