import type {
  AccountFieldsFragment,
  AccountQuery,
  AccountRefFieldsFragment,
  AccountsQuery,
  CapacityUseQuery,
  CohortsQuery,
  DefinitionFieldsFragment,
  DepartmentGrowthQuery,
  ExpanderRetentionQuery,
  ExplainQuery,
  LandAndExpandQuery,
  LedgerLineFieldsFragment,
  MetricCardsQuery,
  MetricSeriesFieldsFragment,
  MetricValueFieldsFragment,
  MoneyFieldsFragment,
  MovementFieldsFragment,
  MovementPageFieldsFragment,
  NrrContributionQuery,
  PlanFieldsFragment,
  RenewalsQuery,
  ReportQuery,
  RestatementFieldsFragment,
  RestatementsQuery,
  SeatGrowthQuery,
  StickinessQuery,
  StrategyMixQuery,
  TermFieldsFragment,
  TextFieldsFragment,
  ViewerQuery,
  WaterfallFieldsFragment,
} from './generated/graphql.ts'

/** Exact amount: `amount` in major units, `minor` in minor units, both decimal strings. */
export type Money = MoneyFieldsFragment
/** The same text in English and Japanese. */
export type LocalizedText = TextFieldsFragment
/** Label, formula, unit and version of a metric. */
export type MetricDefinition = DefinitionFieldsFragment
/** Numerator or denominator of a ratio. */
export type MetricTerm = TermFieldsFragment
/** One value with its definition, version, completeness and, when it is null, the reason. */
export type MetricValue = MetricValueFieldsFragment
/** A metric per bucket and its total, recomputed over the whole range. */
export type MetricSeries = MetricSeriesFieldsFragment
/** A metric month by month, each beside what it is compared with: what a card shows. */
export type MetricCard = MetricCardsQuery['metrics'][number]
export type MetricCardValue = MetricCard['values'][number]
/** Opening, steps and closing of MRR; they always add up. */
export type Waterfall = WaterfallFieldsFragment
export type WaterfallStep = Waterfall['steps'][number]
/** An account's part in a step. */
export type AccountShare = WaterfallStep['topAccounts'][number]
/** Purchased, assigned and active seats by month, and where accounts landed. */
export type SeatGrowth = SeatGrowthQuery['seatGrowth']
export type SeatPlan = SeatGrowth['plans'][number]
/** An account's seats at its first paid close and now. */
export type SeatLanding = SeatGrowth['landings'][number]
/** Contracts that end soon, and the MRR at stake. */
export type Renewals = RenewalsQuery['renewals']
export type Renewal = Renewals['items'][number]
/** Metrics side by side: columns, rows whose cells are in their order, and the whole. */
export type Report = ReportQuery['report']
export type ReportColumn = Report['columns'][number]
export type ReportCell = Report['totals'][number]
/** Expansion by strategy over time. */
export type StrategyMix = StrategyMixQuery['strategyMix']
export type StrategySeries = StrategyMix['strategies'][number]
/** Net and gross retention by first paid month and age. */
export type Cohorts = CohortsQuery['cohorts']
export type Cohort = Cohorts['cohorts'][number]
/** Whether accounts that have expanded stay longer, by age. */
export type ExpanderRetention = ExpanderRetentionQuery['expanderRetention']
export type RetentionCurve = ExpanderRetention['expanded']
/** NRR by strategy: parts that add to NRR less one. */
export type NrrContribution = NrrContributionQuery['nrrContribution']
/** Seats and MRR now beside those of the first paid close, and how accounts spread. */
export type LandAndExpand = LandAndExpandQuery['landAndExpand']
/** Use of limits by what is limited, and how many accounts are near one. */
export type CapacityUse = CapacityUseQuery['capacityUse']
/** Churn and expansion by number of integrations or features in use. */
export type Stickiness = StickinessQuery['stickiness']
/** Who of the accounts under one parent pays, over time. */
export type DepartmentGrowth = DepartmentGrowthQuery['departmentGrowth']
/** A number's formula, bridge and the spans or movements that add up to it. */
export type Explanation = ExplainQuery['explain']
/** One account's opening and closing in the explained period. */
export type Span = Explanation['spans']['edges'][number]['node']
/** What one account, or spend of a month and category, adds to the inputs of a number. */
export type Entry = Explanation['entries']['edges'][number]['node']
/** An account as lists show it. */
export type Account = AccountFieldsFragment
export type AccountReference = AccountRefFieldsFragment
export type AccountPage = AccountsQuery['accounts']
/** An account with its parent, children and subscriptions. */
export type AccountDetail = NonNullable<AccountQuery['account']>
export type Subscription = AccountDetail['subscriptions'][number]
export type Plan = PlanFieldsFragment
/** An account's change of MRR in a month, with the ledger lines it is made of. */
export type Movement = MovementFieldsFragment
export type MovementPage = MovementPageFieldsFragment
export type LedgerLine = LedgerLineFieldsFragment
/** A closed month that says something else than when it was closed. */
export type Restatement = RestatementFieldsFragment
export type RestatementPage = RestatementsQuery['restatements']
/** Who asks, of which tenant, and how far its data reaches. */
export type Viewer = ViewerQuery['viewer']
