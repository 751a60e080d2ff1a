/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocument } from '../document.ts'
export type AccountOrder = {
  direction?: OrderDirection;
  field: AccountOrderField;
};

export type AccountOrderField =
  | 'EXPANSION'
  | 'MRR'
  | 'NAME'
  | 'SEATS';

export type AccountWhere = {
  ids?: Array<string> | null | undefined;
  paying?: boolean | null | undefined;
  planId?: Array<string> | null | undefined;
  region?: Array<string> | null | undefined;
  search?: string | null | undefined;
};

export type AttributeWhere = {
  in: Array<string>;
  key: string;
};

export type Bucket =
  | 'MONTH'
  | 'QUARTER'
  | 'YEAR';

export type Compare =
  | 'PREVIOUS'
  | 'YEAR_AGO';

export type Completeness =
  | 'COMPLETE'
  | 'PARTIAL'
  | 'RESTATED';

/** Half-open range of days: start is included, end is not. Both are first days of a month when the bucket is MONTH or longer. */
export type DateRange = {
  end: string;
  start: string;
};

export type ExpansionStrategy =
  | 'CONTRACT_VALUE'
  | 'CROSS_SELL'
  | 'FEATURE'
  | 'GEOGRAPHIC'
  | 'SEAT'
  | 'UPSELL'
  | 'USAGE';

export type FactWhere = {
  accountIds?: Array<string> | null | undefined;
  attributes?: Array<AttributeWhere> | null | undefined;
  planId?: Array<string> | null | undefined;
  region?: Array<string> | null | undefined;
};

export type ItemKind =
  | 'ADD_ON'
  | 'LICENCE'
  | 'METERED'
  | 'SERVICE';

export type MetricKey =
  | 'arpa'
  | 'arr'
  | 'churn'
  | 'contraction'
  | 'contractionRate'
  | 'expansion'
  | 'expansionRate'
  | 'expansionShare'
  | 'grr'
  | 'logoChurnRate'
  | 'mrr'
  | 'netMrrChurnRate'
  | 'new'
  | 'nrr'
  | 'quickRatio'
  | 'reactivation'
  | 'revenueChurnRate'
  | 'seats';

export type MetricUnit =
  | 'COUNT'
  | 'MONEY'
  | 'MULTIPLE'
  | 'RATIO';

export type MovementKind =
  | 'CHURN'
  | 'CONTRACTION'
  | 'EXPANSION'
  | 'NEW'
  | 'REACTIVATION';

export type MovementOrder = {
  direction?: OrderDirection;
  field: MovementOrderField;
};

export type MovementOrderField =
  | 'AMOUNT'
  | 'MONTH';

export type MovementWhere = {
  accountIds?: Array<string> | null | undefined;
  kinds?: Array<MovementKind> | null | undefined;
  range?: DateRange | null | undefined;
  strategies?: Array<ExpansionStrategy> | null | undefined;
};

export type OrderDirection =
  | 'ASC'
  | 'DESC';

export type SubscriptionStatus =
  | 'ACTIVE'
  | 'ENDED'
  | 'INCOMPLETE'
  | 'PAST_DUE'
  | 'PAUSED'
  | 'TRIAL'
  | 'UNPAID';

export type UndefinedReason =
  | 'NOT_ENOUGH_HISTORY'
  | 'NO_EXPANSION'
  | 'NO_GROSS_MARGIN'
  | 'NO_LOSS'
  | 'NO_OPENING_MRR'
  | 'NO_PAYING_ACCOUNTS'
  | 'NO_RATE'
  | 'NO_SEATS'
  | 'NO_SPEND'
  | 'TOO_FEW_ACCOUNTS';

export type ViewerKind =
  | 'ACCOUNT'
  | 'TENANT';

export type WaterfallPopulation =
  | 'ALL'
  | 'COHORT';

export type WaterfallStepKey =
  | 'CHURN'
  | 'CLOSING'
  | 'CONTRACTED'
  | 'CONTRACTION'
  | 'EXPANDED'
  | 'EXPANSION'
  | 'FX'
  | 'LOST'
  | 'NEW'
  | 'OPENING'
  | 'REACTIVATION';

export type AccountQueryVariables = Exact<{
  id?: string | null | undefined;
  externalId?: string | null | undefined;
}>;


export type AccountQuery = { account: (
    { parent: AccountRefFieldsFragment | null, children: Array<AccountRefFieldsFragment>, subscriptions: Array<{ id: string, externalId: string, status: SubscriptionStatus, currency: string, startedAt: string, endedAt: string | null, items: Array<{ id: string, kind: ItemKind, region: string | null, quantity: number, plan: PlanFieldsFragment, mrr: MoneyFieldsFragment }> }> }
    & AccountFieldsFragment
  ) | null };

export type AccountsQueryVariables = Exact<{
  where?: AccountWhere | null | undefined;
  orderBy?: AccountOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AccountsQuery = { accounts: { totalCount: number, edges: Array<{ cursor: string, node: AccountFieldsFragment }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DefinitionsQueryVariables = Exact<{
  keys?: Array<MetricKey> | MetricKey | null | undefined;
}>;


export type DefinitionsQuery = { definitions: Array<DefinitionFieldsFragment> };

export type ExplainQueryVariables = Exact<{
  metric: MetricKey;
  at?: string | null | undefined;
  window?: number | null | undefined;
  where?: FactWhere | null | undefined;
  currency?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ExplainQuery = { explain: { accounts: number, reconciles: boolean, metric: DefinitionFieldsFragment, value: MetricValueFieldsFragment, period: { start: string, end: string }, sentence: TextFieldsFragment, bridge: WaterfallFieldsFragment | null, spans: { totalCount: number, edges: Array<{ cursor: string, node: { returned: boolean, account: AccountRefFieldsFragment, opening: MoneyFieldsFragment, closing: MoneyFieldsFragment, kept: MoneyFieldsFragment, change: MoneyFieldsFragment, runningTotal: MoneyFieldsFragment } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, movements: MovementPageFieldsFragment, difference: MoneyFieldsFragment } };

export type MoneyFieldsFragment = { amount: string, minor: string, currency: string };

export type TextFieldsFragment = { en: string, ja: string };

export type DefinitionFieldsFragment = { key: MetricKey, unit: MetricUnit, version: string, source: string, windows: Array<number>, label: TextFieldsFragment, description: TextFieldsFragment, formula: TextFieldsFragment };

export type TermFieldsFragment = { value: string, unit: MetricUnit, label: TextFieldsFragment, money: MoneyFieldsFragment | null };

export type MetricValueFieldsFragment = { value: string | null, unit: MetricUnit, reason: UndefinedReason | null, completeness: Completeness, asOf: string, version: string, period: { start: string, end: string }, money: MoneyFieldsFragment | null, numerator: TermFieldsFragment | null, denominator: TermFieldsFragment | null, definition: { key: MetricKey, version: string, revision: number, view: string } };

export type MetricSeriesFieldsFragment = { unit: MetricUnit, currency: string, window: number | null, definition: DefinitionFieldsFragment, values: Array<(
    { previous: MetricValueFieldsFragment | null }
    & MetricValueFieldsFragment
  )>, total: (
    { previous: MetricValueFieldsFragment | null }
    & MetricValueFieldsFragment
  ) | null };

export type PlanFieldsFragment = { id: string, name: string, rank: number, product: { id: string, name: string } };

export type AccountRefFieldsFragment = { id: string, externalId: string, name: string };

export type WaterfallFieldsFragment = { population: WaterfallPopulation, accounts: number, nrr: string | null, grr: string | null, reason: UndefinedReason | null, reconciles: boolean, completeness: Completeness, definition: string, asOf: string, version: string, period: { start: string, end: string }, steps: Array<{ key: WaterfallStepKey, accounts: number, amount: MoneyFieldsFragment, strategies: Array<{ strategy: ExpansionStrategy, amount: MoneyFieldsFragment }>, topAccounts: Array<{ seatsBefore: number, seatsAfter: number, account: AccountRefFieldsFragment, amount: MoneyFieldsFragment }> }>, opening: MoneyFieldsFragment, closing: MoneyFieldsFragment, difference: MoneyFieldsFragment };

export type AccountFieldsFragment = { id: string, externalId: string, source: string, name: string, region: string | null, attributes: Record<string, string | number | boolean | null>, signedUpOn: string | null, firstPaidMonth: string | null, seats: number, mrr: MoneyFieldsFragment, plans: Array<PlanFieldsFragment> };

export type MovementFieldsFragment = { id: string, month: string, kind: MovementKind, seatsChange: number, completeness: Completeness, account: AccountRefFieldsFragment, amount: MoneyFieldsFragment, change: MoneyFieldsFragment, opening: MoneyFieldsFragment, closing: MoneyFieldsFragment, strategyParts: Array<{ strategy: ExpansionStrategy, amount: MoneyFieldsFragment }>, lines: Array<LedgerLineFieldsFragment> };

export type LedgerLineFieldsFragment = { id: string, seatsChange: number, strategy: ExpansionStrategy | null, rule: number, reason: string | null, region: string | null, effectiveOn: string, effectiveAt: string, recordedAt: string, source: string, sourceEvent: string, subscriptionId: string, itemId: string, evidence: Record<string, string | number | boolean | null>, amount: MoneyFieldsFragment, plan: PlanFieldsFragment };

export type MovementPageFieldsFragment = { totalCount: number, edges: Array<{ cursor: string, node: MovementFieldsFragment }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totals: Array<{ kind: MovementKind, accounts: number, amount: MoneyFieldsFragment }> };

export type MetricQueryVariables = Exact<{
  key: MetricKey;
  range?: DateRange | null | undefined;
  bucket?: Bucket | null | undefined;
  window?: number | null | undefined;
  where?: FactWhere | null | undefined;
  compare?: Compare | null | undefined;
  currency?: string | null | undefined;
}>;


export type MetricQuery = { metric: MetricSeriesFieldsFragment };

export type MetricsQueryVariables = Exact<{
  keys: Array<MetricKey> | MetricKey;
  range?: DateRange | null | undefined;
  bucket?: Bucket | null | undefined;
  window?: number | null | undefined;
  where?: FactWhere | null | undefined;
  compare?: Compare | null | undefined;
  currency?: string | null | undefined;
}>;


export type MetricsQuery = { metrics: Array<MetricSeriesFieldsFragment> };

export type MovementsQueryVariables = Exact<{
  where?: MovementWhere | null | undefined;
  orderBy?: MovementOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MovementsQuery = { revenueMovements: MovementPageFieldsFragment };

export type SeatGrowthQueryVariables = Exact<{
  range?: DateRange | null | undefined;
  where?: FactWhere | null | undefined;
}>;


export type SeatGrowthQuery = { seatGrowth: { months: Array<string>, purchased: Array<number>, assigned: Array<number | null>, active: Array<number | null>, landAndExpand: string | null, completeness: Array<Completeness>, definition: string, asOf: string, version: string, plans: Array<{ purchased: Array<number>, plan: PlanFieldsFragment }>, landings: Array<{ landed: number, now: number, multiple: string, landedMonth: string, account: AccountRefFieldsFragment }> } };

export type StrategyMixQueryVariables = Exact<{
  range?: DateRange | null | undefined;
  bucket?: Bucket | null | undefined;
  where?: FactWhere | null | undefined;
  currency?: string | null | undefined;
}>;


export type StrategyMixQuery = { strategyMix: { months: Array<string>, confirmedShare: string | null, completeness: Array<Completeness>, definition: string, asOf: string, version: string, strategies: Array<{ strategy: ExpansionStrategy, amounts: Array<MoneyFieldsFragment>, total: MoneyFieldsFragment }>, total: MoneyFieldsFragment } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { kind: ViewerKind, accountIds: Array<string> | null, capabilities: Array<string>, scopes: Array<string>, version: string, dataThrough: string | null, firstMonth: string | null, tenant: { id: string, name: string, currency: string, timeZone: string } } };

export type WaterfallQueryVariables = Exact<{
  population: WaterfallPopulation;
  range?: DateRange | null | undefined;
  window?: number | null | undefined;
  where?: FactWhere | null | undefined;
  currency?: string | null | undefined;
}>;


export type WaterfallQuery = { waterfall: WaterfallFieldsFragment };

export const AccountDocument: TypedDocument<AccountQuery, AccountQueryVariables> =
  'query Account($id:ID$externalId:String){account(id:$id externalId:$externalId){id externalId source name region attributes signedUpOn firstPaidMonth mrr{amount minor currency}seats plans{id name rank product{id name}}parent{id externalId name}children{id externalId name}subscriptions{id externalId status currency startedAt endedAt items{id plan{id name rank product{id name}}kind region quantity mrr{amount minor currency}}}}}'

export const AccountsDocument: TypedDocument<AccountsQuery, AccountsQueryVariables> =
  'query Accounts($where:AccountWhere$orderBy:AccountOrder$first:Int$after:String){accounts(where:$where orderBy:$orderBy first:$first after:$after){edges{cursor node{id externalId source name region attributes signedUpOn firstPaidMonth mrr{amount minor currency}seats plans{id name rank product{id name}}}}pageInfo{hasNextPage endCursor}totalCount}}'

export const DefinitionsDocument: TypedDocument<DefinitionsQuery, DefinitionsQueryVariables> =
  'query Definitions($keys:[MetricKey!]){definitions(keys:$keys){key label{en ja}description{en ja}formula{en ja}unit version source windows}}'

export const ExplainDocument: TypedDocument<ExplainQuery, ExplainQueryVariables> =
  'query Explain($metric:MetricKey!$at:Date$window:Int$where:FactWhere$currency:CurrencyCode$first:Int$after:String){explain(metric:$metric at:$at window:$window where:$where currency:$currency first:$first after:$after){metric{key label{en ja}description{en ja}formula{en ja}unit version source windows}value{period{start end}value money{amount minor currency}unit numerator{label{en ja}value unit money{amount minor currency}}denominator{label{en ja}value unit money{amount minor currency}}reason completeness definition{key version revision view}asOf version}period{start end}sentence{en ja}accounts bridge{population period{start end}steps{key amount{amount minor currency}accounts strategies{strategy amount{amount minor currency}}topAccounts{account{id externalId name}amount{amount minor currency}seatsBefore seatsAfter}}opening{amount minor currency}closing{amount minor currency}accounts nrr grr reason reconciles difference{amount minor currency}completeness definition asOf version}spans{edges{cursor node{account{id externalId name}opening{amount minor currency}closing{amount minor currency}kept{amount minor currency}change{amount minor currency}runningTotal{amount minor currency}returned}}pageInfo{hasNextPage endCursor}totalCount}movements{edges{cursor node{id account{id externalId name}month kind amount{amount minor currency}change{amount minor currency}opening{amount minor currency}closing{amount minor currency}seatsChange strategyParts{strategy amount{amount minor currency}}lines{id amount{amount minor currency}seatsChange strategy rule reason plan{id name rank product{id name}}region effectiveOn effectiveAt recordedAt source sourceEvent subscriptionId itemId evidence}completeness}}pageInfo{hasNextPage endCursor}totalCount totals{kind amount{amount minor currency}accounts}}reconciles difference{amount minor currency}}}'

export const MetricDocument: TypedDocument<MetricQuery, MetricQueryVariables> =
  'query Metric($key:MetricKey!$range:DateRange$bucket:Bucket$window:Int$where:FactWhere$compare:Compare$currency:CurrencyCode){metric(key:$key range:$range bucket:$bucket window:$window where:$where compare:$compare currency:$currency){definition{key label{en ja}description{en ja}formula{en ja}unit version source windows}unit currency window values{period{start end}value money{amount minor currency}unit numerator{label{en ja}value unit money{amount minor currency}}denominator{label{en ja}value unit money{amount minor currency}}reason completeness definition{key version revision view}asOf version previous{period{start end}value money{amount minor currency}unit numerator{label{en ja}value unit money{amount minor currency}}denominator{label{en ja}value unit money{amount minor currency}}reason completeness definition{key version revision view}asOf version}}total{period{start end}value money{amount minor currency}unit numerator{label{en ja}value unit money{amount minor currency}}denominator{label{en ja}value unit money{amount minor currency}}reason completeness definition{key version revision view}asOf version previous{period{start end}value money{amount minor currency}unit numerator{label{en ja}value unit money{amount minor currency}}denominator{label{en ja}value unit money{amount minor currency}}reason completeness definition{key version revision view}asOf version}}}}'

export const MetricsDocument: TypedDocument<MetricsQuery, MetricsQueryVariables> =
  'query Metrics($keys:[MetricKey!]!$range:DateRange$bucket:Bucket$window:Int$where:FactWhere$compare:Compare$currency:CurrencyCode){metrics(keys:$keys range:$range bucket:$bucket window:$window where:$where compare:$compare currency:$currency){definition{key label{en ja}description{en ja}formula{en ja}unit version source windows}unit currency window values{period{start end}value money{amount minor currency}unit numerator{label{en ja}value unit money{amount minor currency}}denominator{label{en ja}value unit money{amount minor currency}}reason completeness definition{key version revision view}asOf version previous{period{start end}value money{amount minor currency}unit numerator{label{en ja}value unit money{amount minor currency}}denominator{label{en ja}value unit money{amount minor currency}}reason completeness definition{key version revision view}asOf version}}total{period{start end}value money{amount minor currency}unit numerator{label{en ja}value unit money{amount minor currency}}denominator{label{en ja}value unit money{amount minor currency}}reason completeness definition{key version revision view}asOf version previous{period{start end}value money{amount minor currency}unit numerator{label{en ja}value unit money{amount minor currency}}denominator{label{en ja}value unit money{amount minor currency}}reason completeness definition{key version revision view}asOf version}}}}'

export const MovementsDocument: TypedDocument<MovementsQuery, MovementsQueryVariables> =
  'query Movements($where:MovementWhere$orderBy:MovementOrder$first:Int$after:String){revenueMovements(where:$where orderBy:$orderBy first:$first after:$after){edges{cursor node{id account{id externalId name}month kind amount{amount minor currency}change{amount minor currency}opening{amount minor currency}closing{amount minor currency}seatsChange strategyParts{strategy amount{amount minor currency}}lines{id amount{amount minor currency}seatsChange strategy rule reason plan{id name rank product{id name}}region effectiveOn effectiveAt recordedAt source sourceEvent subscriptionId itemId evidence}completeness}}pageInfo{hasNextPage endCursor}totalCount totals{kind amount{amount minor currency}accounts}}}'

export const SeatGrowthDocument: TypedDocument<SeatGrowthQuery, SeatGrowthQueryVariables> =
  'query SeatGrowth($range:DateRange$where:FactWhere){seatGrowth(range:$range where:$where){months plans{plan{id name rank product{id name}}purchased}purchased assigned active landings{account{id externalId name}landed now multiple landedMonth}landAndExpand completeness definition asOf version}}'

export const StrategyMixDocument: TypedDocument<StrategyMixQuery, StrategyMixQueryVariables> =
  'query StrategyMix($range:DateRange$bucket:Bucket$where:FactWhere$currency:CurrencyCode){strategyMix(range:$range bucket:$bucket where:$where currency:$currency){months strategies{strategy amounts{amount minor currency}total{amount minor currency}}total{amount minor currency}confirmedShare completeness definition asOf version}}'

export const ViewerDocument: TypedDocument<ViewerQuery, ViewerQueryVariables> =
  'query Viewer{viewer{kind tenant{id name currency timeZone}accountIds capabilities scopes version dataThrough firstMonth}}'

export const WaterfallDocument: TypedDocument<WaterfallQuery, WaterfallQueryVariables> =
  'query Waterfall($population:WaterfallPopulation!$range:DateRange$window:Int$where:FactWhere$currency:CurrencyCode){waterfall(population:$population range:$range window:$window where:$where currency:$currency){population period{start end}steps{key amount{amount minor currency}accounts strategies{strategy amount{amount minor currency}}topAccounts{account{id externalId name}amount{amount minor currency}seatsBefore seatsAfter}}opening{amount minor currency}closing{amount minor currency}accounts nrr grr reason reconciles difference{amount minor currency}completeness definition asOf version}}'