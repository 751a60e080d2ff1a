import { evaluate } from '../../metrics/evaluate.ts'
import type { MetricQuery } from '../../metrics/query.ts'
import type { MetricKey as Key } from '../../metrics/registry.ts'
import type {
  DefinitionRef as Ref,
  MetricSeries as Series,
  MetricTerm as Term,
  MetricValue as Value,
} from '../../metrics/result.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import type { Context } from '../context.ts'
import { currencyOf, monthRange } from '../fact-args.ts'
import { factWhere, type WhereInput } from '../fact-where.ts'
import { factsAtLevel, type LevelAsked } from '../level.ts'
import { metricCapability } from '../metric-capability.ts'
import { Account } from './account.ts'
import { asOfArg } from './as-of.ts'
import { MetricDefinition } from './definition.ts'
import { FactWhere } from './fact-where.ts'
import { levelArg } from './level.ts'
import { Money } from './money.ts'
import { DateRange, Period } from './period.ts'
import { LocalizedText } from './text.ts'
import { viewArg, viewOf } from './view.ts'
import { Bucket, Compare, Completeness, MetricKey, MetricUnit, UndefinedReason } from './vocabulary.ts'

const DefinitionRef = builder.objectRef<Ref>('DefinitionRef').implement({
  description: 'Which definition made a value, so that it can be asked for again.',
  fields: (t) => ({
    key: t.field({ type: MetricKey, description: 'The metric.', resolve: ({ key }) => key as Key }), // a registered one
    version: t.exposeString('version', { description: 'The set of definitions, e.g. nobishiro/1.' }),
    revision: t.exposeInt('revision', { description: 'Revision of the recognition policy.' }),
    policy: t.exposeString('policy', {
      description: 'The recognition policy: its preset and what differs from it, e.g. STRIPE_LIKE churn=AT_REQUEST.',
    }),
    view: t.exposeString('view', {
      description: 'The view: its preset and what differs from it, e.g. NOBISHIRO netting=EVENT.',
    }),
  }),
})

export const MetricTerm = builder.objectRef<Term & { currency: string }>('MetricTerm').implement({
  description: 'A number that a ratio is made of.',
  fields: (t) => ({
    label: t.expose('label', { type: LocalizedText, description: 'What it is.' }),
    value: t.expose('value', { type: 'Decimal', description: 'The number; money in major units.' }),
    unit: t.expose('unit', { type: MetricUnit, description: 'What it counts.' }),
    money: t.field({
      type: Money,
      nullable: true,
      description: 'The amount; null where the unit is not MONEY.',
      resolve: ({ minor, currency }) => moneyOrNull(minor, currency),
    }),
  }),
})

export const MetricValue = builder.objectRef<Value>('MetricValue')
MetricValue.implement({
  description: 'A metric in one period, with all that is needed to trust it.',
  fields: (t) => ({
    period: t.expose('period', { type: Period, description: 'The period.' }),
    value: t.expose('value', {
      type: 'Decimal',
      nullable: true,
      description: 'Null when undefined; reason says why. Ratios as 1.124, money in major units.',
    }),
    money: t.field({
      type: Money,
      nullable: true,
      description: 'The amount; null where the unit is not MONEY.',
      resolve: ({ minor, currency }) => moneyOrNull(minor, currency),
    }),
    unit: t.expose('unit', { type: MetricUnit, description: 'What it counts.' }),
    numerator: t.field({
      type: MetricTerm,
      nullable: true,
      description: 'What is divided; null where nothing is.',
      resolve: ({ numerator, currency }) => numerator && { ...numerator, currency },
    }),
    denominator: t.field({
      type: MetricTerm,
      nullable: true,
      description: 'What it is divided by; null where nothing is.',
      resolve: ({ denominator, currency }) => denominator && { ...denominator, currency },
    }),
    reason: t.expose('reason', {
      type: UndefinedReason,
      nullable: true,
      description: 'Why value is null; null when it is not.',
    }),
    completeness: t.expose('completeness', { type: Completeness, description: 'Whether the period can still change.' }),
    restatedSince: t.expose('restatedSince', {
      type: 'DateTime',
      nullable: true,
      description:
        'When a month that it rests on was last changed after it had been closed; null when none was. `restatements` lists what changed.',
    }),
    definition: t.expose('definition', { type: DefinitionRef, description: 'The definition that made it.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'Instant whose knowledge the value reflects.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that answered.' }),
    previous: t.expose('previous', {
      type: MetricValue,
      nullable: true,
      description: 'The value it is compared with; null unless compare was asked for.',
    }),
  }),
})

const MetricSeries = builder.objectRef<Series>('MetricSeries').implement({
  description: 'A metric over a range, bucket by bucket.',
  fields: (t) => ({
    definition: t.expose('definition', { type: MetricDefinition, description: 'What the metric is.' }),
    unit: t.expose('unit', { type: MetricUnit, description: 'What its values count.' }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'Currency of its amounts.' }),
    window: t.exposeInt('window', {
      nullable: true,
      description: 'Months the metric looks back over; null for metrics without a window.',
    }),
    values: t.expose('values', { type: [MetricValue], description: 'One value per bucket, oldest first.' }),
    total: t.expose('total', {
      type: MetricValue,
      nullable: true,
      description: 'Recomputed over the whole range, never summed from ratios. Null for an empty range.',
    }),
  }),
})

const KEY_COST = 10

builder.queryFields((t) => {
  const seriesArgs = {
    range: t.arg({ type: DateRange, description: 'The 12 last complete months when missing.' }),
    bucket: t.arg({ type: Bucket, defaultValue: 'MONTH' }),
    window: t.arg.int({ description: "Months to look back over; the metric's own default when missing." }),
    where: t.arg({ type: FactWhere }),
    compare: t.arg({ type: Compare }),
    currency: t.arg({
      type: 'CurrencyCode',
      description: "Currency of the answer, at exchange rates; the tenant's when missing.",
    }),
    asOf: t.arg(asOfArg),
    level: t.arg(levelArg),
    view: t.arg(viewArg),
  }
  return {
    metric: t.field({
      extensions: FROM_FACTS,
      type: MetricSeries,
      description: 'One metric over a range.',
      authScopes: (_root, { key }) => metricCapability([key]),
      args: { key: t.arg({ type: MetricKey, required: true }), ...seriesArgs },
      complexity: KEY_COST,
      resolve: async (_root, { key, ...args }, context) => (await series([key], args, context))[0]!,
    }),
    metrics: t.field({
      extensions: FROM_FACTS,
      type: [MetricSeries],
      description: 'Several metrics over one range, in the order asked for.',
      authScopes: (_root, { keys }) => metricCapability(keys),
      args: { keys: t.arg({ type: [MetricKey], required: true }), ...seriesArgs },
      complexity: ({ keys }) => ({ field: KEY_COST * keys.length }),
      resolve: (_root, { keys, ...args }, context) => series(keys, args, context),
    }),
  }
})

builder.objectField(Account, 'metrics', (t) =>
  t.field({
    type: [MetricSeries],
    description: 'Metrics of this account alone, in the order asked for.',
    authScopes: (_account, { keys }) => metricCapability(keys),
    args: {
      keys: t.arg({ type: [MetricKey], required: true }),
      range: t.arg({ type: DateRange, description: 'The 12 last complete months when missing.' }),
      bucket: t.arg({ type: Bucket, defaultValue: 'MONTH' }),
      window: t.arg.int({ description: "Months to look back over; the metric's own default when missing." }),
      view: t.arg(viewArg),
    },
    complexity: ({ keys }) => ({ field: keys.length }),
    resolve: async ({ id }, { keys, range, bucket, window, view }, context) => {
      const { store, scope } = await context.facts()
      return evaluate(store, {
        scope,
        now: context.now,
        keys,
        range: monthRange(range),
        bucket: bucket ?? undefined,
        window: window ?? undefined,
        where: { accountIds: [id] },
        view: viewOf(view),
      })
    },
  }),
)

type SeriesArgs = {
  range?: { start: string; end: string } | null | undefined
  bucket?: MetricQuery['bucket'] | null
  window?: number | null | undefined
  where?: WhereInput | null | undefined
  compare?: MetricQuery['compare'] | null
  currency?: string | null | undefined
  asOf?: Date | null | undefined
  level?: LevelAsked['level']
  view?: Parameters<typeof viewOf>[0]
}

async function series(keys: readonly Key[], args: SeriesArgs, context: Context): Promise<Series[]> {
  const range = monthRange(args.range)
  const facts = await factsAtLevel(context, { level: args.level, asOf: args.asOf, range })
  const { store, scope, now } = facts
  return evaluate(store, {
    scope,
    now,
    keys,
    range,
    bucket: args.bucket ?? undefined,
    window: args.window ?? undefined,
    where: await factWhere(args.where, context, facts, { range, asOf: args.asOf }),
    compare: args.compare ?? undefined,
    currency: currencyOf(args.currency),
    view: viewOf(args.view),
  })
}

function moneyOrNull(minor: bigint | null, currency: string) {
  return minor === null ? null : { minor, currency }
}
