/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocument } from '../document.ts'
/** Whose MRR is compared. */
export type AccountLevel =
  /** Each account by itself. */
  | 'ACCOUNT'
  /** Ultimate parents with all that belongs to them at the end of the range, at both ends alike. */
  | 'PARENT';

/** Order of a list of accounts. */
export type AccountOrder = {
  /** Which end comes first. */
  direction?: OrderDirection;
  /** What to order by. */
  field: AccountOrderField;
};

/** What accounts are ordered by. */
export type AccountOrderField =
  /** Expansion over the 12 last complete months. */
  | 'EXPANSION'
  /** MRR now. */
  | 'MRR'
  /** Name. */
  | 'NAME'
  /** Purchased seats now. */
  | 'SEATS';

/** Narrows a list of accounts; a missing field narrows nothing, an empty list matches nothing. */
export type AccountWhere = {
  /** These accounts. */
  ids?: Array<string> | null | undefined;
  /** With (true) or without (false) MRR now. */
  paying?: boolean | null | undefined;
  /** Holding any of these plans now. */
  planId?: Array<string> | null | undefined;
  /** In any of these regions. */
  region?: Array<string> | null | undefined;
  /** Part of the name or of the external id, in any case. */
  search?: string | null | undefined;
  /** In any of these saved segments; not for viewers of some accounts. */
  segmentIds?: Array<string> | null | undefined;
};

/** Which attributes count. */
export type AttributeTime =
  /** Those that accounts have now, of all times. */
  | 'NOW'
  /** Those that accounts had at each close. A movement is of where its account belongs at the end of the month; what it held before moves there as TRANSFER. NRR and GRR are of the accounts that were so at the opening, with all that they pay at the closing. Of metrics of movements, levels and retention, waterfall, strategyMix and nrrContribution; refused by name elsewhere. */
  | 'THEN';

/** Accounts whose attribute has one of these values. */
export type AttributeWhere = {
  /** Now, unless it says THEN. */
  at?: AttributeTime | null | undefined;
  /** Values it may have; null is an account that does not have it. */
  in: Array<string | null | undefined>;
  /** Name of the attribute. */
  key: string;
};

/** Which direction of a metric is good news. */
export type Better =
  /** More is better. */
  | 'HIGHER'
  /** Less is better. */
  | 'LOWER'
  /** It depends: a change is neither good nor bad by itself. */
  | 'NEITHER';

/** Length of one step of the time axis. The first and the last quarter or year are cut to the range. */
export type Bucket =
  /** A calendar month. */
  | 'MONTH'
  /** A quarter of the tenant's fiscal year. */
  | 'QUARTER'
  /** A week from Monday to Sunday: an account has one movement in it. Of metrics that are made of whole months there is none. */
  | 'WEEK'
  /** The tenant's fiscal year as it is set today, also of facts as of an instant: begins with `Tenant.fiscalYearStart`. */
  | 'YEAR';

/** What a value is set beside: the period just before it, or the same one a year earlier. */
export type Compare =
  | 'PREVIOUS'
  | 'YEAR_AGO';

/** Whether a period can still change. */
export type Completeness =
  /** The period is over and every source has passed its end. */
  | 'COMPLETE'
  /** Today lies in the period, or a source has not passed its end. */
  | 'PARTIAL'
  /** Changed after it was closed. */
  | 'RESTATED';

/** Half-open range of days: start is included, end is not. Both are first days of a month, or Mondays where the bucket is WEEK. */
export type DateRange = {
  /** First day after it. */
  end: string;
  /** First day of it. */
  start: string;
};

/** What to part an answer by. */
export type DimensionInput = {
  /** Of ATTRIBUTE: now, unless it says THEN. */
  at?: AttributeTime | null | undefined;
  /** Name of the attribute, for ATTRIBUTE. */
  key?: string | null | undefined;
  /** Of what sort. */
  kind: DimensionKind;
};

/** What an answer can be parted by. */
export type DimensionKind =
  /** An attribute of accounts, as it is now; its name is `key`. Not for viewers of some accounts. */
  | 'ATTRIBUTE'
  /** First month with revenue. */
  | 'COHORT'
  /** Currencies of items, at both ends. */
  | 'CURRENCY'
  /** Ultimate parents at the end of the range. Not for viewers of some accounts. */
  | 'PARENT'
  /** Plans: of NRR and its like, the accounts that held the plan at the start and all they hold of its product. */
  | 'PLAN'
  /** Products, at both ends. */
  | 'PRODUCT'
  /** Regions of items, at both ends. */
  | 'REGION'
  /** Saved segments, which may overlap; those of where.segmentIds when it is given. Not for viewers of some accounts. */
  | 'SEGMENT'
  /** How accounts grew: expansion, contraction and their rates only. */
  | 'STRATEGY';

/** How an account grew. */
export type ExpansionStrategy =
  /** Another price for the same thing: renewal, price change, discount, term. */
  | 'CONTRACT_VALUE'
  /** A product that the account did not hold. */
  | 'CROSS_SELL'
  /** A paid add-on, or a free feature that became paid. */
  | 'FEATURE'
  /** A region, site or unit that did not have the product. */
  | 'GEOGRAPHIC'
  /** More seats. */
  | 'SEAT'
  /** A higher plan of the same product. */
  | 'UPSELL'
  /** More use of something metered. */
  | 'USAGE';

/** Narrows the facts behind a number; a missing field narrows nothing, an empty list matches nothing. */
export type FactWhere = {
  /** Of these accounts. */
  accountIds?: Array<string> | null | undefined;
  /** Accounts matching all of these; not for viewers of some accounts. */
  attributes?: Array<AttributeWhere> | null | undefined;
  /** Accounts whose first month with revenue is one of these (first days of a month); null never paid. */
  cohort?: Array<string | null | undefined> | null | undefined;
  /** Items in any of these currencies. */
  currency?: Array<string> | null | undefined;
  /** Accounts whose ultimate parent at the end of the range is one of these, itself included; not for viewers of some accounts. */
  parentIds?: Array<string> | null | undefined;
  /** Items of any of these plans. */
  planId?: Array<string> | null | undefined;
  /** Items of any plan of these products. */
  productId?: Array<string> | null | undefined;
  /** Items of any of these regions; "" is no region. */
  region?: Array<string> | null | undefined;
  /** Accounts in any of these saved segments, as they are at the instant of the question; not for viewers of some accounts. */
  segmentIds?: Array<string> | null | undefined;
  /** Of expansion, contraction and their rates, the parts of these strategies; refused where it means nothing. */
  strategy?: Array<ExpansionStrategy> | null | undefined;
};

/** What sort of thing an item sells. */
export type ItemKind =
  /** Something on top of a plan. */
  | 'ADD_ON'
  /** A plan, often by the seat. */
  | 'LICENCE'
  /** Billed by use. */
  | 'METERED'
  /** Work that does not recur: not MRR. */
  | 'SERVICE';

/** What the running total of spans ends at. */
export type Landing =
  /** Numerator less denominator. */
  | 'DIFFERENCE'
  /** The numerator. */
  | 'NUMERATOR';

/** A metric of a report. */
export type MeasureInput = {
  /** Which. */
  key: MetricKey;
  /** Months to look back over; the metric's own default when missing. */
  window?: number | null | undefined;
};

/** A registered metric; `definitions` says what each one is. */
export type MetricKey =
  | 'arpa'
  | 'arr'
  | 'breadth'
  | 'capacityReady'
  | 'churn'
  | 'committedMrr'
  | 'contraction'
  | 'contractionRate'
  | 'existingRevenueShare'
  | 'expansion'
  | 'expansionCacRatio'
  | 'expansionEfficiency'
  | 'expansionPaybackMonths'
  | 'expansionRate'
  | 'expansionShare'
  | 'freeToPaid'
  | 'fx'
  | 'grr'
  | 'grrPathMinimum'
  | 'landAndExpand'
  | 'landAndExpandMrr'
  | 'logoChurnRate'
  | 'ltv'
  | 'mrr'
  | 'netMrrChurnRate'
  | 'new'
  | 'newCacRatio'
  | 'newPaybackMonths'
  | 'nonRecurring'
  | 'nrr'
  | 'nrrTrailingAverage'
  | 'quickRatio'
  | 'reactivation'
  | 'revenueChurnRate'
  | 'seatAssignment'
  | 'seatGrowth'
  | 'seatUtilisation'
  | 'seats'
  | 'trialMrr';

/** What a metric is about: where lists of metrics show it. */
export type MetricTopic =
  /** Who pays. */
  | 'ACCOUNTS'
  /** What is won and lost. */
  | 'GROWTH'
  /** What is kept of it. */
  | 'RETENTION'
  /** How much recurs. */
  | 'REVENUE'
  /** How many use it. */
  | 'SEATS';

/** What a number counts. */
export type MetricUnit =
  /** A number of things. */
  | 'COUNT'
  /** An amount of the currency, in major units. */
  | 'MONEY'
  /** How many times. */
  | 'MULTIPLE'
  /** A number with decimals, such as months. */
  | 'NUMBER'
  /** A share of one: 1.124 is 112.4 %. */
  | 'RATIO';

/** What closed a month. */
export type MonthCloser =
  /** Somebody, by the command or the mutation. */
  | 'PERSON'
  /** Every source had passed its end, and five days had gone by. */
  | 'WATERMARK';

/** What an account's change of MRR in a month, or on a day, is called; cases of zero come first. */
export type MovementKind =
  /** Down to zero. */
  | 'CHURN'
  /** Down to above zero. */
  | 'CONTRACTION'
  /** Up from above zero. */
  | 'EXPANSION'
  /** Made by exchange rates: stands beside the movement of its month. */
  | 'FX'
  /** From zero, never paid before. */
  | 'NEW'
  /** From zero, paid before. */
  | 'REACTIVATION';

/** Order of a list of movements. */
export type MovementOrder = {
  /** Which end comes first. */
  direction?: OrderDirection;
  /** What to order by. */
  field: MovementOrderField;
};

/** What movements are ordered by. */
export type MovementOrderField =
  /** Amount. */
  | 'AMOUNT'
  /** Month, and where the view nets by event the day in it. */
  | 'MONTH';

/** Narrows a list of movements; a missing field narrows nothing, an empty list matches nothing. */
export type MovementWhere = {
  /** Of these accounts. */
  accountIds?: Array<string> | null | undefined;
  /** Of any of these kinds. */
  kinds?: Array<MovementKind> | null | undefined;
  /** Months of the range; all of history when missing. */
  range?: DateRange | null | undefined;
  /** With a part of any of these strategies. */
  strategies?: Array<ExpansionStrategy> | null | undefined;
};

/** What one movement is. */
export type Netting =
  /** All changes of an account on a day, in the tenant's time zone. */
  | 'EVENT'
  /** All changes of an account in a month; in a week where the bucket is WEEK. */
  | 'MONTH';

/** What moves NRR: a strategy (see ExpansionStrategy), accounts that left (CHURN) or came back (REACTIVATION), and in a slice by region or plan what moved while its account stood still (TRANSFER). */
export type NrrPartKey =
  | 'CHURN'
  | 'CONTRACT_VALUE'
  | 'CROSS_SELL'
  | 'FEATURE'
  | 'GEOGRAPHIC'
  | 'REACTIVATION'
  | 'SEAT'
  | 'TRANSFER'
  | 'UPSELL'
  | 'USAGE';

/** Which end comes first. */
export type OrderDirection =
  /** Smallest first. */
  | 'ASC'
  /** Largest first. */
  | 'DESC';

/** What the quick ratio counts as gained. */
export type QuickRatioGain =
  /** New and expansion. */
  | 'NEW_AND_EXPANSION'
  /** New, expansion and reactivation. */
  | 'WITH_REACTIVATION';

/** What an account is called that pays again. */
export type ReactivationKind =
  /** Expansion, with the strategies of its lines. */
  | 'EXPANSION'
  /** A movement of its own kind, without strategies. */
  | 'REACTIVATION';

/** What the cells of a column hold. */
export type ReportColumnType =
  /** A first day of a month. */
  | 'DATE'
  /** An exact decimal; money in major units. */
  | 'DECIMAL'
  /** A whole number. */
  | 'INTEGER'
  /** A text, or a global id. */
  | 'TEXT';

/** The order of the rows; what is not set or not defined comes last. */
export type ReportOrder = {
  /** Name of a column. */
  column: string;
  /** ASC when missing. */
  direction?: OrderDirection | null | undefined;
};

/** At which exchange rates NRR and GRR compare two closes. */
export type RetentionCurrency =
  /** Both at the rates of the first: rates make no difference. */
  | 'CONSTANT'
  /** Each at its own: what rates made counts as grown or lost. */
  | 'SPOT';

/** What of an account is counted when a month opens. */
export type StickinessBy =
  | 'FEATURES'
  | 'INTEGRATIONS';

/** Where a subscription stands, as its source last said. */
export type SubscriptionStatus =
  | 'ACTIVE'
  | 'ENDED'
  | 'INCOMPLETE'
  | 'PAST_DUE'
  | 'PAUSED'
  | 'TRIAL'
  | 'UNPAID';

/** Why a value is not defined. */
export type UndefinedReason =
  /** The data begins later than the window. */
  | 'NOT_ENOUGH_HISTORY'
  /** Nothing expanded. */
  | 'NO_EXPANSION'
  /** No gross margin is known. */
  | 'NO_GROSS_MARGIN'
  /** No limit is known. */
  | 'NO_LIMIT'
  /** Nothing was lost, so nothing can be divided by it. */
  | 'NO_LOSS'
  /** Nothing was paid at the start. */
  | 'NO_OPENING_MRR'
  /** No account pays. */
  | 'NO_PAYING_ACCOUNTS'
  /** An exchange rate is missing. */
  | 'NO_RATE'
  /** There are no seats to compare with. */
  | 'NO_SEATS'
  /** No spend is known. */
  | 'NO_SPEND'
  /** Nothing was reported. */
  | 'NO_USAGE'
  /** Too few accounts to say. */
  | 'TOO_FEW_ACCOUNTS';

/** How figures are cut out of the same MRR: a preset, and options that override it. */
export type ViewInput = {
  /** One movement per account and month, or per account and day. */
  netting?: Netting | null | undefined;
  /** Where options come from that are not given. */
  preset?: ViewPreset;
  /** What the quick ratio counts as gained. */
  quickRatio?: QuickRatioGain | null | undefined;
  /** What an account is called that pays again. */
  reactivation?: ReactivationKind | null | undefined;
  /** Days, 0 or more: an account that was at zero for longer counts as NEW. From its first close at zero to the one that pays again, closes of the netting. Any gap when null. */
  reactivationWindow?: number | null | undefined;
  /** Exchange rates of NRR and GRR. */
  retentionCurrency?: RetentionCurrency | null | undefined;
};

/** A set of options of a view. */
export type ViewPreset =
  /** As ChartMogul lists activities: one by one as they happen; quick ratio with reactivation. */
  | 'CHARTMOGUL_LIKE'
  /** Our definitions: by month, reactivation after any gap, quick ratio without it, retention in constant currency. */
  | 'NOBISHIRO'
  /** As Stripe Billing lists changes of MRR: one by one as they happen. */
  | 'STRIPE_LIKE';

/** Who looks. */
export type ViewerKind =
  /** A customer of the vendor: its own accounts only. */
  | 'ACCOUNT'
  /** A partner of the vendor: the accounts that are shared with it. */
  | 'PARTNER'
  /** Whoever looks after some accounts: those of segments, or of the filters of a session. */
  | 'SEGMENT'
  /** The vendor: every account. */
  | 'TENANT';

/** Whose MRR a waterfall follows. */
export type WaterfallPopulation =
  /** Every account, period by period, including accounts won in the period. */
  | 'ALL'
  /** The accounts that paid at the start of the window, point to point: what NRR is made of. */
  | 'COHORT';

/** A step of a waterfall. */
export type WaterfallStepKey =
  /** Lost with accounts that left. */
  | 'CHURN'
  /** MRR at the end. */
  | 'CLOSING'
  /** COHORT: lost from accounts that stayed. */
  | 'CONTRACTED'
  /** Lost from accounts that still pay. */
  | 'CONTRACTION'
  /** COHORT: gained from accounts that stayed. */
  | 'EXPANDED'
  /** Gained from paying accounts. */
  | 'EXPANSION'
  /** Made by exchange rates. */
  | 'FX'
  /** COHORT: lost with accounts at zero at the end. */
  | 'LOST'
  /** Won from accounts that never paid before. */
  | 'NEW'
  /** MRR at the start. */
  | 'OPENING'
  /** Won back. */
  | 'REACTIVATION'
  /** Moved into or out of the slice while the account stood still. */
  | 'TRANSFER';

export type AccountQueryVariables = Exact<{
  id?: string | null | undefined;
  externalId?: string | null | undefined;
}>;


export type AccountQuery = { account: (
    { parent: AccountRefFieldsFragment | null, children: Array<AccountRefFieldsFragment>, subscriptions: Array<{ id: string, externalId: string, status: SubscriptionStatus, currency: string, startedAt: string, endedAt: string | null, endsAt: string | null, currentPeriodEnd: string | null, trialEnd: string | null, committedMrr: MoneyFieldsFragment, items: Array<{ id: string, kind: ItemKind, region: string | null, quantity: number, plan: PlanFieldsFragment, mrr: MoneyFieldsFragment }> }> }
    & AccountFieldsFragment
  ) | null };

export type AccountsQueryVariables = Exact<{
  where?: AccountWhere | null | undefined;
  orderBy?: AccountOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AccountsQuery = { accounts: { totalCount: number, edges: Array<{ cursor: string, node: AccountFieldsFragment }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CapacityUseQueryVariables = Exact<{
  at?: string | null | undefined;
  where?: FactWhere | null | undefined;
  asOf?: string | null | undefined;
}>;


export type CapacityUseQuery = { capacityUse: { at: string, completeness: Completeness, definition: string, asOf: string, version: string, metrics: Array<{ name: string, accounts: number, used: string, limit: string, use: string, ready: number }> } };

export type CohortsQueryVariables = Exact<{
  range?: DateRange | null | undefined;
  where?: FactWhere | null | undefined;
  currency?: string | null | undefined;
  asOf?: string | null | undefined;
  level?: AccountLevel | null | undefined;
}>;


export type CohortsQuery = { cohorts: { completeness: Completeness, definition: string, asOf: string, version: string, cohorts: Array<CohortFieldsFragment>, total: CohortFieldsFragment } };

export type CohortFieldsFragment = { month: string | null, accounts: number, paying: Array<number>, nrr: Array<string | null>, grr: Array<string | null>, reason: UndefinedReason | null, opening: MoneyFieldsFragment | null };

export type DefinitionsQueryVariables = Exact<{
  keys?: Array<MetricKey> | MetricKey | null | undefined;
}>;


export type DefinitionsQuery = { definitions: Array<DefinitionFieldsFragment> };

export type DepartmentGrowthQueryVariables = Exact<{
  range?: DateRange | null | undefined;
  currency?: string | null | undefined;
  asOf?: string | null | undefined;
  first?: number | null | undefined;
}>;


export type DepartmentGrowthQuery = { departmentGrowth: { months: Array<string>, totalCount: number, completeness: Array<Completeness>, definition: string, asOf: string, version: string, groups: Array<{ children: Array<number>, departments: Array<number>, regions: Array<number>, account: AccountRefFieldsFragment, mrr: Array<MoneyFieldsFragment | null> }> } };

export type ExpanderRetentionQueryVariables = Exact<{
  at?: string | null | undefined;
  where?: FactWhere | null | undefined;
  currency?: string | null | undefined;
  asOf?: string | null | undefined;
  level?: AccountLevel | null | undefined;
}>;


export type ExpanderRetentionQuery = { expanderRetention: { at: string, accounts: number, truncated: number, reason: UndefinedReason | null, completeness: Completeness, definition: string, asOf: string, version: string, expanded: CurveFieldsFragment, others: CurveFieldsFragment, test: TestFieldsFragment, landmarks: Array<{ age: number, expandedAccounts: number, otherAccounts: number, expanded: CurveFieldsFragment, others: CurveFieldsFragment, test: TestFieldsFragment }> } };

export type CurveFieldsFragment = { from: number | null, atRisk: Array<number>, events: Array<number>, survival: Array<string | null>, lower: Array<string | null>, upper: Array<string | null> };

export type TestFieldsFragment = { observed: number, expected: string, variance: string, chiSquare: string | null, pValue: string | null };

export type ExplainQueryVariables = Exact<{
  metric: MetricKey;
  at?: string | null | undefined;
  bucket?: Bucket | null | undefined;
  window?: number | null | undefined;
  where?: FactWhere | null | undefined;
  currency?: string | null | undefined;
  asOf?: string | null | undefined;
  view?: ViewInput | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ExplainQuery = { explain: { accounts: number, landsOn: Landing | null, numeratorKinds: Array<MovementKind>, denominatorKinds: Array<MovementKind>, reconciles: boolean, metric: DefinitionFieldsFragment, value: MetricValueFieldsFragment, period: { start: string, end: string }, sentence: TextFieldsFragment, bridge: WaterfallFieldsFragment | null, spans: { totalCount: number, edges: Array<{ cursor: string, node: { returned: boolean, account: AccountRefFieldsFragment, opening: MoneyFieldsFragment, closing: MoneyFieldsFragment, kept: MoneyFieldsFragment, change: MoneyFieldsFragment, runningTotal: MoneyFieldsFragment } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, inputs: Array<TermFieldsFragment>, entries: { totalCount: number, edges: Array<{ cursor: string, node: { name: string, amounts: Array<string>, account: AccountRefFieldsFragment | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, movements: MovementPageFieldsFragment, difference: MoneyFieldsFragment } };

export type MoneyFieldsFragment = { amount: string, minor: string, currency: string };

export type TextFieldsFragment = { en: string, ja: string };

export type DefinitionFieldsFragment = { key: MetricKey, unit: MetricUnit, better: Better, topic: MetricTopic, version: string, source: string, windows: Array<number>, label: TextFieldsFragment, description: TextFieldsFragment, formula: TextFieldsFragment };

export type TermFieldsFragment = { value: string, unit: MetricUnit, label: TextFieldsFragment, money: MoneyFieldsFragment | null };

export type MetricValueFieldsFragment = { value: string | null, unit: MetricUnit, reason: UndefinedReason | null, completeness: Completeness, restatedSince: string | null, asOf: string, version: string, period: { start: string, end: string }, money: MoneyFieldsFragment | null, numerator: TermFieldsFragment | null, denominator: TermFieldsFragment | null, definition: { key: MetricKey, version: string, revision: number, view: string } };

export type MetricSeriesFieldsFragment = { unit: MetricUnit, currency: string, window: number | null, rest: number, definition: DefinitionFieldsFragment, values: Array<(
    { previous: MetricValueFieldsFragment | null }
    & MetricValueFieldsFragment
  )>, total: (
    { previous: MetricValueFieldsFragment | null }
    & MetricValueFieldsFragment
  ) | null, groups: Array<{ isRest: boolean, keys: Array<{ dimension: DimensionKind, attribute: string | null, value: string | null, label: TextFieldsFragment }>, label: TextFieldsFragment, values: Array<MetricValueFieldsFragment>, total: MetricValueFieldsFragment | null }> };

export type PlanFieldsFragment = { id: string, name: string, rank: number, product: { id: string, name: string } };

export type AccountRefFieldsFragment = { id: string, externalId: string, name: string };

export type WaterfallFieldsFragment = { population: WaterfallPopulation, accounts: number, nrr: string | null, grr: string | null, reason: UndefinedReason | null, reconciles: boolean, completeness: Completeness, definition: string, view: string, asOf: string, version: string, period: { start: string, end: string }, steps: Array<{ key: WaterfallStepKey, accounts: number, amount: MoneyFieldsFragment, strategies: Array<{ strategy: ExpansionStrategy, amount: MoneyFieldsFragment }>, topAccounts: Array<{ seatsBefore: number, seatsAfter: number, account: AccountRefFieldsFragment, amount: MoneyFieldsFragment }> }>, opening: MoneyFieldsFragment, closing: MoneyFieldsFragment, difference: MoneyFieldsFragment };

export type AccountFieldsFragment = { id: string, externalId: string, source: string, name: string, region: string | null, attributes: Record<string, string | number | boolean | null>, signedUpOn: string | null, firstPaidMonth: string | null, seats: number, mrr: MoneyFieldsFragment, plans: Array<PlanFieldsFragment> };

export type MovementFieldsFragment = { id: string, month: string, day: string | null, kind: MovementKind, seatsChange: number, completeness: Completeness, account: AccountRefFieldsFragment, amount: MoneyFieldsFragment, change: MoneyFieldsFragment, opening: MoneyFieldsFragment, closing: MoneyFieldsFragment, strategyParts: Array<{ strategy: ExpansionStrategy, amount: MoneyFieldsFragment }>, lines: Array<LedgerLineFieldsFragment>, rates: Array<{ currency: string, opening: { day: string, rate: string, per: string }, closing: { day: string, rate: string, per: string } }> };

export type LedgerLineFieldsFragment = { id: string, seatsChange: number, strategy: ExpansionStrategy | null, rule: number, reason: string | null, region: string | null, effectiveOn: string, effectiveAt: string, recordedAt: string, source: string, sourceEvent: string, subscriptionId: string, itemId: string, evidence: Record<string, string | number | boolean | null>, amount: MoneyFieldsFragment, plan: PlanFieldsFragment };

export type MovementPageFieldsFragment = { totalCount: number, view: string, edges: Array<{ cursor: string, node: MovementFieldsFragment }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totals: Array<{ kind: MovementKind, accounts: number, amount: MoneyFieldsFragment }> };

export type LandAndExpandQueryVariables = Exact<{
  at?: string | null | undefined;
  where?: FactWhere | null | undefined;
  currency?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type LandAndExpandQuery = { landAndExpand: { at: string, currency: string, completeness: Completeness, definition: string, asOf: string, version: string, seats: SpreadFieldsFragment, mrr: SpreadFieldsFragment } };

export type SpreadFieldsFragment = { accounts: number, landed: string, now: string, multiple: string | null, reason: UndefinedReason | null, quantiles: Array<string>, spread: Array<number> };

export type LedgerChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type LedgerChangedSubscription = { ledgerChanged: { version: string } };

export type MetricCardsQueryVariables = Exact<{
  keys: Array<MetricKey> | MetricKey;
  range?: DateRange | null | undefined;
  bucket?: Bucket | null | undefined;
  window?: number | null | undefined;
  where?: FactWhere | null | undefined;
  compare?: Compare | null | undefined;
  currency?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type MetricCardsQuery = { metrics: Array<{ unit: MetricUnit, currency: string, window: number | null, targets: Array<string | null>, definition: (
      { benchmark: { low: string, high: string | null, source: TextFieldsFragment } | null }
      & DefinitionFieldsFragment
    ), values: Array<{ value: string | null, reason: UndefinedReason | null, completeness: Completeness, restatedSince: string | null, asOf: string, version: string, period: { start: string, end: string }, previous: { value: string | null, reason: UndefinedReason | null, period: { start: string, end: string } } | null }> }> };

export type MetricsQueryVariables = Exact<{
  keys: Array<MetricKey> | MetricKey;
  range?: DateRange | null | undefined;
  bucket?: Bucket | null | undefined;
  window?: number | null | undefined;
  where?: FactWhere | null | undefined;
  compare?: Compare | null | undefined;
  currency?: string | null | undefined;
  asOf?: string | null | undefined;
  view?: ViewInput | null | undefined;
  by?: Array<DimensionInput> | DimensionInput | null | undefined;
  groups?: number | null | undefined;
}>;


export type MetricsQuery = { metrics: Array<MetricSeriesFieldsFragment> };

export type MovementsQueryVariables = Exact<{
  where?: MovementWhere | null | undefined;
  orderBy?: MovementOrder | null | undefined;
  asOf?: string | null | undefined;
  view?: ViewInput | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MovementsQuery = { revenueMovements: MovementPageFieldsFragment };

export type NrrContributionQueryVariables = Exact<{
  range?: DateRange | null | undefined;
  window?: number | null | undefined;
  where?: FactWhere | null | undefined;
  currency?: string | null | undefined;
  asOf?: string | null | undefined;
  level?: AccountLevel | null | undefined;
}>;


export type NrrContributionQuery = { nrrContribution: { months: Array<string>, window: number, nrr: Array<string | null>, reasons: Array<UndefinedReason | null>, completeness: Array<Completeness>, definition: string, asOf: string, version: string, parts: Array<{ key: NrrPartKey, shares: Array<string | null>, amounts: Array<MoneyFieldsFragment | null> }>, opening: Array<MoneyFieldsFragment | null> } };

export type RenewalsQueryVariables = Exact<{
  within?: number | null | undefined;
  first?: number | null | undefined;
}>;


export type RenewalsQuery = { renewals: { within: number, until: string, totalCount: number, mrr: Array<MoneyFieldsFragment>, cancelledMrr: Array<MoneyFieldsFragment>, items: Array<{ endsAt: string, isCancelled: boolean, account: AccountRefFieldsFragment, subscription: { id: string, externalId: string, status: SubscriptionStatus, currentPeriodEnd: string | null } | null, mrr: MoneyFieldsFragment }> } };

export type ReportQueryVariables = Exact<{
  measures: Array<MeasureInput> | MeasureInput;
  by?: Array<DimensionInput> | DimensionInput | null | undefined;
  where?: FactWhere | null | undefined;
  range?: DateRange | null | undefined;
  bucket?: Bucket | null | undefined;
  orderBy?: ReportOrder | null | undefined;
  first?: number | null | undefined;
  currency?: string | null | undefined;
  asOf?: string | null | undefined;
  level?: AccountLevel | null | undefined;
  view?: ViewInput | null | undefined;
}>;


export type ReportQuery = { report: { rowCount: number, definition: string, view: string, asOf: string, version: string, period: { start: string, end: string }, columns: Array<{ name: string, type: ReportColumnType, unit: MetricUnit | null, currency: string | null, label: TextFieldsFragment }>, rows: Array<{ cells: Array<ReportCellFieldsFragment> }>, totals: Array<ReportCellFieldsFragment> } };

export type ReportCellFieldsFragment = { value: string | null, reason: UndefinedReason | null, completeness: Completeness | null, label: TextFieldsFragment | null };

export type RestatementsQueryVariables = Exact<{
  range?: DateRange | null | undefined;
  asOf?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  lines?: number | null | undefined;
}>;


export type RestatementsQuery = { restatements: { totalCount: number, edges: Array<{ cursor: string, node: RestatementFieldsFragment }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RestatementFieldsFragment = { month: string, closedAt: string, closedBy: MonthCloser, closeReason: string | null, closedVersion: string, restatedSince: string, accounts: number, reconciles: boolean, reported: RestatementFiguresFieldsFragment, now: RestatementFiguresFieldsFragment, difference: RestatementFiguresFieldsFragment, linesTotal: MoneyFieldsFragment, lines: { totalCount: number, edges: Array<{ cursor: string, node: { isReversal: boolean, account: AccountRefFieldsFragment, line: LedgerLineFieldsFragment } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RestatementFiguresFieldsFragment = { opening: MoneyFieldsFragment, new: MoneyFieldsFragment, expansion: MoneyFieldsFragment, reactivation: MoneyFieldsFragment, contraction: MoneyFieldsFragment, churn: MoneyFieldsFragment, closing: MoneyFieldsFragment };

export type SeatGrowthQueryVariables = Exact<{
  range?: DateRange | null | undefined;
  where?: FactWhere | null | undefined;
  asOf?: string | null | undefined;
}>;


export type SeatGrowthQuery = { seatGrowth: { months: Array<string>, purchased: Array<number>, assigned: Array<number | null>, active: Array<number | null>, landAndExpand: string | null, completeness: Array<Completeness>, definition: string, asOf: string, version: string, plans: Array<{ purchased: Array<number>, plan: PlanFieldsFragment }>, landings: Array<{ landed: number, now: number, multiple: string, landedMonth: string, account: AccountRefFieldsFragment }> } };

export type StickinessQueryVariables = Exact<{
  by: StickinessBy;
  range?: DateRange | null | undefined;
  where?: FactWhere | null | undefined;
  currency?: string | null | undefined;
  asOf?: string | null | undefined;
  level?: AccountLevel | null | undefined;
}>;


export type StickinessQuery = { stickiness: { by: StickinessBy, atLeast: Array<number>, openings: Array<number>, churned: Array<number>, churnRates: Array<string | null>, expanded: Array<number>, revenueChurnRates: Array<string | null>, expansionRates: Array<string | null>, reason: UndefinedReason | null, completeness: Completeness, definition: string, asOf: string, version: string, period: { start: string, end: string }, openingMrr: Array<MoneyFieldsFragment | null>, churnedMrr: Array<MoneyFieldsFragment | null>, expansionMrr: Array<MoneyFieldsFragment | null> } };

export type StrategyMixQueryVariables = Exact<{
  range?: DateRange | null | undefined;
  bucket?: Bucket | null | undefined;
  where?: FactWhere | null | undefined;
  currency?: string | null | undefined;
  asOf?: string | null | undefined;
  view?: ViewInput | null | undefined;
}>;


export type StrategyMixQuery = { strategyMix: { months: Array<string>, confirmedShare: string | null, completeness: Array<Completeness>, definition: string, view: string, asOf: string, version: string, strategies: Array<{ strategy: ExpansionStrategy, amounts: Array<MoneyFieldsFragment>, total: MoneyFieldsFragment }>, total: MoneyFieldsFragment } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { kind: ViewerKind, accountIds: Array<string> | null, segmentIds: Array<string> | null, partner: string | null, isFiltered: boolean, capabilities: Array<string>, scopes: Array<string>, version: string, dataThrough: string | null, firstMonth: string | null, tenant: { id: string, name: string, currency: string, timeZone: string, fiscalYearStart: number } } };

export type WaterfallQueryVariables = Exact<{
  population: WaterfallPopulation;
  range?: DateRange | null | undefined;
  window?: number | null | undefined;
  where?: FactWhere | null | undefined;
  currency?: string | null | undefined;
  asOf?: string | null | undefined;
  view?: ViewInput | null | undefined;
}>;


export type WaterfallQuery = { waterfall: WaterfallFieldsFragment };

export const version = '0.1.0'

export const AccountDocument: TypedDocument<AccountQuery, AccountQueryVariables> = 'Account@ba23e81813f1017330727a0b828664b05957e09d9da0b84777c8bf564c655e2e'

export const AccountsDocument: TypedDocument<AccountsQuery, AccountsQueryVariables> = 'Accounts@e7a59c447be2bf7fd65abe929fce878b53ec807df7dd19ecb5a9cb997fde77a8'

export const CapacityUseDocument: TypedDocument<CapacityUseQuery, CapacityUseQueryVariables> = 'CapacityUse@1d190308e2f5418563d33d549bff4705312dfba85e6ff150c7b28dfd98b03753'

export const CohortsDocument: TypedDocument<CohortsQuery, CohortsQueryVariables> = 'Cohorts@fa890bcab02feddbb20b3fabc450be122d31f93ee26fae7f3de03d17d882242e'

export const DefinitionsDocument: TypedDocument<DefinitionsQuery, DefinitionsQueryVariables> = 'Definitions@d15c7d1271222a5cc0bf106046ab5ab28bfea1f9aea1155f26a620f88f69b43c'

export const DepartmentGrowthDocument: TypedDocument<DepartmentGrowthQuery, DepartmentGrowthQueryVariables> = 'DepartmentGrowth@2789e4bd285aa99da6cd7ce88d43146328d9dfe120375123eeb727954cf69bf5'

export const ExpanderRetentionDocument: TypedDocument<ExpanderRetentionQuery, ExpanderRetentionQueryVariables> = 'ExpanderRetention@b325d1172c60155cd1a45ad589cda288f23608a785a33eec5f1006322762aad9'

export const ExplainDocument: TypedDocument<ExplainQuery, ExplainQueryVariables> = 'Explain@4f662183fde27703d32141eae24c9282787fc5ca52d5c39d51ac9ab9a6dff446'

export const LandAndExpandDocument: TypedDocument<LandAndExpandQuery, LandAndExpandQueryVariables> = 'LandAndExpand@b9d86762b42e9b2abd8df8d73af8c1f8a23a205ce769108db33e9d92e264ef5f'

export const LedgerChangedDocument: TypedDocument<LedgerChangedSubscription, LedgerChangedSubscriptionVariables> = 'LedgerChanged@8195fe96b1fba031646882ea8f8e691403abd4360afd6163caeaac3817508175'

export const MetricCardsDocument: TypedDocument<MetricCardsQuery, MetricCardsQueryVariables> = 'MetricCards@d72a848a7dedeaacdbc0ba4eb267cbcf98992c96416016343652e580fbafe3f7'

export const MetricsDocument: TypedDocument<MetricsQuery, MetricsQueryVariables> = 'Metrics@c96927615b82576acae905ddfd81cf7c06317f194797cde0ddff7b0cbe74ad42'

export const MovementsDocument: TypedDocument<MovementsQuery, MovementsQueryVariables> = 'Movements@21eef0ae5396fcdd95f048ab3f8fcfc7fc5c46170e8664fb5da08442368d3527'

export const NrrContributionDocument: TypedDocument<NrrContributionQuery, NrrContributionQueryVariables> = 'NrrContribution@d86c2b654f730c93996d8b82f613481cdc4cf648fc5f859a12ef80b288d8aea8'

export const RenewalsDocument: TypedDocument<RenewalsQuery, RenewalsQueryVariables> = 'Renewals@c90585d9ff604fae7bbb71008a9e0cdc1a981d025c06f1d67c08fc4760556695'

export const ReportDocument: TypedDocument<ReportQuery, ReportQueryVariables> = 'Report@14fc5624f83c3a1c806f027bc3bd2127d1c511f2869b1e8f0fc3d5663875b4a8'

export const RestatementsDocument: TypedDocument<RestatementsQuery, RestatementsQueryVariables> = 'Restatements@90dbcebe4be0b9e8f2fe90849076728b37a2ad471378f5a233b649e0a7bfd08f'

export const SeatGrowthDocument: TypedDocument<SeatGrowthQuery, SeatGrowthQueryVariables> = 'SeatGrowth@a55f97aaca689688a4de7926be6525cd0c2f8c9f830ec08a32559d64bd39f2fc'

export const StickinessDocument: TypedDocument<StickinessQuery, StickinessQueryVariables> = 'Stickiness@9ab794617b37843e719a7929db68351ecb6e090a91a7bde6e549a8bdef996888'

export const StrategyMixDocument: TypedDocument<StrategyMixQuery, StrategyMixQueryVariables> = 'StrategyMix@9d9ded57c873b4650284f241a22b875ebc0a44194228093c37f8765e83eda07c'

export const ViewerDocument: TypedDocument<ViewerQuery, ViewerQueryVariables> = 'Viewer@28f25e766af27c46f2bc7c9e9c8545dc7b450addf985858efcc16a49ae1a4c97'

export const WaterfallDocument: TypedDocument<WaterfallQuery, WaterfallQueryVariables> = 'Waterfall@01c9b29015f5a72090fb1d7e743b36f41b920f8efb2236fb48f9fc446ed5ff83'