import { firstDayOf } from '../../facts/month.ts'
import { evaluate, evaluating } from '../../metrics/evaluate.ts'
import { evaluatingGroups } from '../../metrics/evaluate-groups.ts'
import type { MetricQuery } from '../../metrics/query.ts'
import type { MetricKey as Key } from '../../metrics/registry.ts'
import type { GroupedSeries, MetricSeries as Series } from '../../metrics/result.ts'
import { inTurns } from '../../metrics/steps.ts'
import type { Bucket as BucketName } from '../../metrics/vocabulary.ts'
import { targetIn } from '../../targets/targets.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import type { Context } from '../context.ts'
import { type DimensionInput as DimensionInputValue, dimensionsOf, firstGroups, groupCost } from '../dimensions.ts'
import { bucketRange, currencyOf } from '../fact-args.ts'
import { factWhere, type WhereInput } from '../fact-where.ts'
import { factsAtLevel, type LevelAsked } from '../level.ts'
import { metricCapability } from '../metric-capability.ts'
import { isLimited } from '../viewer.ts'
import { Account } from './account.ts'
import { asOfArg } from './as-of.ts'
import { currencyArg } from './currency.ts'
import { MetricDefinition } from './definition.ts'
import { FactWhere } from './fact-where.ts'
import { DimensionInput, MetricGroup } from './group.ts'
import { levelArg } from './level.ts'
import { MetricValue } from './metric-value.ts'
import { DateRange, RANGE } from './period.ts'
import { viewArg, viewOf } from './view.ts'
import { Bucket, Compare, MetricKey, MetricUnit } from './vocabulary.ts'

type Shape = Series &
  Partial<GroupedSeries> & { asOf?: Date | null | undefined; bucket?: BucketName | null | undefined }

const MetricSeries = builder.objectRef<Shape>('MetricSeries').implement({
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
    targets: t.field({
      type: ['Decimal'],
      nullable: { list: false, items: true },
      description:
        "What the tenant wants of each value, in the order of values: the target of the month in which its bucket ends. Null where there is none, for weeks, for another window than the metric's own, for amounts in another currency than the tenant's, and for viewers of some accounts.",
      resolve: (asked, _args, context) => targetsOf(asked, context),
    }),
    groups: t.field({
      type: [MetricGroup],
      description:
        'Its parts, the largest MRR at the end of the range first and the rest last; empty unless by was asked for. Of a dimension whose parts do not overlap, flows and levels add up to the whole.',
      resolve: ({ groups = [] }) => groups,
    }),
    rest: t.int({
      description: 'Groups that are not told apart; 0 when all are.',
      resolve: ({ rest = 0 }) => rest,
    }),
  }),
})

/** What is wanted of the values of a series. */
async function targetsOf({ definition, values, window, unit, currency, asOf, bucket }: Shape, context: Context) {
  const none = values.map(() => null)
  const [own = null] = definition.windows
  if (isLimited(context.principal) || window !== own || bucket === 'WEEK') return none
  const { store } = await context.facts(asOf)
  if (unit === 'MONEY' && currency !== store.currency) return none
  const targets = await context.loaders.targets.load({ asOf })
  return values.map(({ period }) => targetIn(targets, definition.key, firstDayOf(period.end - 1).slice(0, 7)))
}

const KEY_COST = 10

builder.queryFields((t) => {
  const seriesArgs = {
    range: t.arg({ type: DateRange, description: RANGE }),
    bucket: t.arg({ type: Bucket, defaultValue: 'MONTH' }),
    window: t.arg.int({ description: "Months to look back over; the metric's own default when missing." }),
    where: t.arg({ type: FactWhere }),
    compare: t.arg({ type: Compare }),
    by: t.arg({
      type: [DimensionInput],
      description: 'Parts the answer into groups, one for each combination of values.',
    }),
    first: t.arg.int({
      description:
        'With by: groups told apart, 20 when missing, at most 200; the others are together, strategies are never cut.',
    }),
    currency: t.arg(currencyArg),
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
      complexity: (args) => ({ field: KEY_COST + groupCost(args, 1) }),
      resolve: async (_root, { key, ...args }, context) => (await series([key], args, context))[0]!,
    }),
    metrics: t.field({
      extensions: FROM_FACTS,
      type: [MetricSeries],
      description: 'Several metrics over one range, in the order asked for.',
      authScopes: (_root, { keys }) => metricCapability(keys),
      args: { keys: t.arg({ type: [MetricKey], required: true }), ...seriesArgs },
      complexity: (args) => ({ field: KEY_COST * args.keys.length + groupCost(args, args.keys.length) }),
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
      range: t.arg({ type: DateRange, description: RANGE }),
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
        range: bucketRange(range, bucket),
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
  by?: readonly DimensionInputValue[] | null | undefined
  first?: number | null | undefined
  currency?: string | null | undefined
  asOf?: Date | null | undefined
  level?: LevelAsked['level']
  view?: Parameters<typeof viewOf>[0]
}

async function series(keys: readonly Key[], args: SeriesArgs, context: Context): Promise<Shape[]> {
  const { asOf, bucket } = args
  const range = bucketRange(args.range, bucket)
  const asked = { range, bucket, asOf }
  const facts = await factsAtLevel(context, { ...asked, level: args.level })
  const { store, scope, now } = facts
  const query = {
    scope,
    now,
    range,
    bucket: bucket ?? undefined,
    where: await factWhere(args.where, context, facts, { ...asked, readsThen: true }),
    compare: args.compare ?? undefined,
    currency: currencyOf(args.currency),
    view: viewOf(args.view),
  }
  const window = args.window ?? undefined
  const by = await dimensionsOf(args.by, context, facts, { ...asked, segmentIds: args.where?.segmentIds })
  const known = (found: Series[]): Shape[] => found.map((one) => ({ ...one, asOf, bucket }))
  const turn = () => context.turn(store)
  if (by.length === 0) return known(await inTurns(evaluating(store, { ...query, keys, window }), turn))
  const measures = keys.map((key) => ({ key, window }))
  const limit = { first: firstGroups(args.first), others: 'TOGETHER' } as const
  return known(await inTurns(evaluatingGroups(store, { ...query, measures, by, limit }), turn))
}
