import { expansionStrategies } from '../facts/kind.ts'

export const buckets = ['WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const
export type Bucket = (typeof buckets)[number]

export const compares = ['PREVIOUS', 'YEAR_AGO'] as const
export type Compare = (typeof compares)[number]

/** What an answer can be parted by. */
export const dimensionKinds = [
  'ATTRIBUTE',
  'PLAN',
  'PRODUCT',
  'REGION',
  'CURRENCY',
  'STRATEGY',
  'PARENT',
  'COHORT',
  'SEGMENT',
] as const
export type DimensionKind = (typeof dimensionKinds)[number]

/** What the cells of a report's column hold. */
export const columnTypes = ['TEXT', 'DATE', 'DECIMAL', 'INTEGER'] as const
export type ColumnType = (typeof columnTypes)[number]

/** PARTIAL: today lies in the period, or a source has not passed its end. */
export const completenesses = ['COMPLETE', 'PARTIAL', 'RESTATED'] as const
export type Completeness = (typeof completenesses)[number]

export const metricUnits = ['MONEY', 'RATIO', 'COUNT', 'MULTIPLE', 'NUMBER'] as const
export type MetricUnit = (typeof metricUnits)[number]

/** Which direction of a metric is good news. */
export const betters = ['HIGHER', 'LOWER', 'NEITHER'] as const
export type Better = (typeof betters)[number]

/** Where lists of metrics show one, in this order. */
export const metricTopics = ['REVENUE', 'RETENTION', 'GROWTH', 'ACCOUNTS', 'SEATS'] as const
export type MetricTopic = (typeof metricTopics)[number]

/** Capabilities of embed sessions that guard metrics. */
export type MetricCapability = 'nrr' | 'seats' | 'costs'

/** What the running total of spans ends at: numerator less denominator, or the numerator. */
export const landings = ['DIFFERENCE', 'NUMERATOR'] as const
export type Landing = (typeof landings)[number]

/** Why a value is not defined. */
export const undefinedReasons = [
  'NO_OPENING_MRR',
  'NOT_ENOUGH_HISTORY',
  'NO_LOSS',
  'NO_SPEND',
  'NO_EXPANSION',
  'NO_GROSS_MARGIN',
  'NO_RATE',
  'TOO_FEW_ACCOUNTS',
  'NO_PAYING_ACCOUNTS',
  'NO_SEATS',
  'NO_USAGE',
  'NO_LIMIT',
] as const
export type UndefinedReason = (typeof undefinedReasons)[number]

export const waterfallPopulations = ['ALL', 'COHORT'] as const
export type WaterfallPopulation = (typeof waterfallPopulations)[number]

/** TRANSFER only appears in a slice by region or plan: MRR that moved in or out of it while the account stood still. */
export const waterfallStepKeys = [
  'OPENING',
  'NEW',
  'EXPANSION',
  'REACTIVATION',
  'CONTRACTION',
  'CHURN',
  'FX',
  'TRANSFER',
  'EXPANDED',
  'CONTRACTED',
  'LOST',
  'CLOSING',
] as const
export type WaterfallStepKey = (typeof waterfallStepKeys)[number]

/** What moves NRR: the strategies, and whole accounts that left or came back. TRANSFER only appears in a slice by region or plan. */
export const nrrPartKeys = [...expansionStrategies, 'CHURN', 'REACTIVATION', 'TRANSFER'] as const
export type NrrPartKey = (typeof nrrPartKeys)[number]

/** What of an account is counted at an opening. */
export const stickinessBys = ['INTEGRATIONS', 'FEATURES'] as const
export type StickinessBy = (typeof stickinessBys)[number]

/** The same text in both languages. */
export type LocalizedText = { en: string; ja: string }
