import { defaultVariables } from '../defaults.ts'
import type { TypedDocument } from '../document.ts'
import { ExplainDocument } from '../generated/explain.ts'
import {
  AccountDocument,
  AccountsDocument,
  DefinitionsDocument,
  type MetricKey,
  MetricsDocument,
  MovementsDocument,
  RenewalsDocument,
  RestatementsDocument,
  SeatGrowthDocument,
  StrategyMixDocument,
  ViewerDocument,
  WaterfallDocument,
} from '../generated/graphql.ts'

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

/** Everything that the sandbox answers, for a tenant whose last complete month ends before `end`. */
export function questions({ end, accountIds }: { end: string; accountIds: string[] }): Question[] {
  const { explainNrr, explainGrr, explainExpansion, seatGrowth, expansionWaterfall } = defaultVariables
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
    { file: 'strategy-mix', document: StrategyMixDocument, variables: [{}] },
    { file: 'explain', document: ExplainDocument, variables: [explainNrr, explainGrr, explainExpansion] },
    { file: 'accounts', document: AccountsDocument, variables: [{}] },
    { file: 'account', document: AccountDocument, variables: accountIds.map((id) => ({ id })) },
    { file: 'restatements', document: RestatementsDocument, variables: [{ first: 12 }] },
    { file: 'movements', document: MovementsDocument, variables: [{ where: { range: year } }] },
  ]
}
