export { type Auth, type Client, type ClientOptions, createClient } from './client.ts'
export { defaultVariables } from './defaults.ts'
export type { TypedDocument } from './document.ts'
export {
  ConflictError,
  type Cost,
  CostExceededError,
  type ErrorCode,
  ForbiddenError,
  InvalidInputError,
  NetworkError,
  NobishiroError,
  NotFoundError,
  RateLimitedError,
  SessionExpiredError,
  UnauthenticatedError,
  UnavailableError,
  VersionSkewError,
} from './errors.ts'
export type {
  AccountOrder,
  AccountsQueryVariables,
  AccountWhere,
  Better,
  Bucket,
  CapacityUseQueryVariables,
  CohortsQueryVariables,
  Compare,
  Completeness,
  DateRange,
  DepartmentGrowthQueryVariables,
  DimensionInput,
  DimensionKind,
  ExpanderRetentionQueryVariables,
  ExpansionStrategy,
  ExplainQueryVariables,
  FactWhere,
  ItemKind,
  LandAndExpandQueryVariables,
  Landing,
  MetricCardsQueryVariables,
  MetricKey,
  MetricsQueryVariables,
  MetricTopic,
  MetricUnit,
  MovementKind,
  MovementsQueryVariables,
  MovementWhere,
  NrrContributionQueryVariables,
  NrrPartKey,
  RenewalsQueryVariables,
  ReportColumnType,
  ReportQueryVariables,
  RestatementsQueryVariables,
  SeatGrowthQueryVariables,
  StickinessBy,
  StickinessQueryVariables,
  StrategyMixQueryVariables,
  SubscriptionStatus,
  UndefinedReason,
  ViewerKind,
  ViewInput,
  ViewPreset,
  WaterfallPopulation,
  WaterfallQueryVariables,
  WaterfallStepKey,
} from './generated/graphql.ts'
export type { SessionFunction, SessionGrant } from './grant.ts'
export type { Page } from './pages.ts'
export type { Query, RequestOptions } from './request.ts'
export { capacityUseOf } from './resources/capacity-use.ts'
export { cohortsOf } from './resources/cohorts.ts'
export { departmentGrowthOf } from './resources/department-growth.ts'
export { expanderRetentionOf } from './resources/expander-retention.ts'
export { landAndExpandOf } from './resources/land-and-expand.ts'
export { metricCardsOf } from './resources/metric-cards.ts'
export type { MetricVariables } from './resources/metrics.ts'
export { nrrContributionOf } from './resources/nrr-contribution.ts'
export { renewalsOf } from './resources/renewals.ts'
export { recordsOf, reportOf } from './resources/report.ts'
export { restatementsOf } from './resources/restatements.ts'
export { stickinessOf } from './resources/stickiness.ts'
export type { Session, SessionSnapshot, SessionState } from './session.ts'
export type {
  Account,
  AccountDetail,
  AccountPage,
  AccountReference,
  AccountShare,
  CapacityUse,
  Cohort,
  Cohorts,
  DepartmentGrowth,
  Entry,
  ExpanderRetention,
  Explanation,
  LandAndExpand,
  LedgerLine,
  LocalizedText,
  MetricCard,
  MetricCardValue,
  MetricDefinition,
  MetricSeries,
  MetricTerm,
  MetricValue,
  Money,
  Movement,
  MovementPage,
  NrrContribution,
  Plan,
  Renewal,
  Renewals,
  Report,
  ReportCell,
  ReportColumn,
  Restatement,
  RestatementPage,
  RetentionCurve,
  SeatGrowth,
  SeatLanding,
  SeatPlan,
  Span,
  Stickiness,
  StrategyMix,
  StrategySeries,
  Subscription,
  Viewer,
  Waterfall,
  WaterfallStep,
} from './types.ts'
export { whenAllAborted } from './wait.ts'
