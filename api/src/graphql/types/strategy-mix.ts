import type { StrategyMix as Result, StrategySeries as Series } from '../../metrics/chart-result.ts'
import { strategyMix } from '../../metrics/strategy-mix.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import { bucketRange, currencyOf } from '../fact-args.ts'
import { factWhere } from '../fact-where.ts'
import { factsAtLevel } from '../level.ts'
import { asOfArg } from './as-of.ts'
import { currencyArg } from './currency.ts'
import { FactWhere } from './fact-where.ts'
import { levelArg } from './level.ts'
import { Money } from './money.ts'
import { DateRange, RANGE } from './period.ts'
import { viewArg, viewOf } from './view.ts'
import { Bucket, Completeness, ExpansionStrategy } from './vocabulary.ts'

const StrategySeries = builder.objectRef<Series & { currency: string }>('StrategySeries').implement({
  description: 'What one strategy brought over time.',
  fields: (t) => ({
    strategy: t.expose('strategy', { type: ExpansionStrategy, description: 'The strategy.' }),
    amounts: t.field({
      type: [Money],
      description: 'Signed, in the order of months.',
      resolve: ({ minor, currency }) => minor.map((part) => ({ minor: part, currency })),
    }),
    total: t.field({
      type: Money,
      description: 'Their sum.',
      resolve: ({ total, currency }) => ({ minor: total, currency }),
    }),
  }),
})

const StrategyMix = builder.objectRef<Result>('StrategyMix').implement({
  description: 'Expansion by how it was made.',
  fields: (t) => ({
    months: t.field({
      type: ['Date'],
      description: 'First day of each bucket, oldest first.',
      resolve: ({ days }) => days,
    }),
    strategies: t.field({
      type: [StrategySeries],
      description: 'One series per strategy.',
      resolve: ({ strategies, currency }) => strategies.map((series) => ({ ...series, currency })),
    }),
    total: t.field({
      type: Money,
      description: 'Equals expansion of the same range exactly.',
      resolve: ({ total, currency }) => ({ minor: total, currency }),
    }),
    confirmedShare: t.expose('confirmedShare', {
      type: 'Decimal',
      nullable: true,
      description: 'Share of total that rests on confirmed catalogue mappings; null when total is 0.',
    }),
    completeness: t.expose('completeness', {
      type: [Completeness],
      description: 'Whether each bucket can still change.',
    }),
    definition: t.exposeString('definition', { description: 'The set of definitions, e.g. nobishiro/1.' }),
    view: t.exposeString('view', { description: 'The view that cut it, e.g. NOBISHIRO.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'Instant whose knowledge it reflects.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that answered.' }),
  }),
})

builder.queryField('strategyMix', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: StrategyMix,
    description: 'Expansion by strategy over time.',
    authScopes: { capability: 'waterfall' },
    args: {
      range: t.arg({ type: DateRange, description: RANGE }),
      bucket: t.arg({ type: Bucket, defaultValue: 'MONTH' }),
      where: t.arg({ type: FactWhere }),
      currency: t.arg(currencyArg),
      asOf: t.arg(asOfArg),
      level: t.arg(levelArg),
      view: t.arg(viewArg),
    },
    complexity: 10,
    resolve: async (_root, { range, bucket, where, currency, asOf, level, view }, context) => {
      const places = bucketRange(range, bucket)
      const asked = { range: places, bucket, asOf }
      const facts = await factsAtLevel(context, { ...asked, level })
      const { store, scope, now } = facts
      return strategyMix(store, {
        scope,
        now,
        range: places,
        bucket: bucket ?? undefined,
        where: await factWhere(where, context, facts, { ...asked, readsThen: true }),
        currency: currencyOf(currency),
        view: viewOf(view),
      })
    },
  }),
)
