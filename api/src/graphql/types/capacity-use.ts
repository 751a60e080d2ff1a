import { firstDayOf } from '../../facts/month.ts'
import { capacityUse } from '../../metrics/capacity-use.ts'
import type { CapacityUse as Result, CapacityOf as Shape } from '../../metrics/chart-result.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import { firstOfMonth } from '../fact-args.ts'
import { factWhere } from '../fact-where.ts'
import { asOfArg } from './as-of.ts'
import { FactWhere } from './fact-where.ts'
import { Completeness } from './vocabulary.ts'

const CapacityOf = builder.objectRef<Shape>('CapacityOf').implement({
  description: 'Use of one limited metric.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The metric, as sources name it; "seats" are purchased seats.' }),
    accounts: t.exposeInt('accounts', { description: 'Accounts with a limit whose use is known.' }),
    used: t.field({ type: 'Decimal', description: 'What they use.', resolve: ({ used }) => String(used) }),
    limit: t.field({ type: 'Decimal', description: 'What they may use.', resolve: ({ limit }) => String(limit) }),
    use: t.expose('use', { type: 'Decimal', description: 'used divided by limit.' }),
    ready: t.exposeInt('ready', {
      description: 'Accounts at 80 % or more in two of the last three months: ready for more.',
    }),
  }),
})

const CapacityUse = builder.objectRef<Result>('CapacityUse').implement({
  description: 'How much of their limits accounts use, by what is limited.',
  fields: (t) => ({
    at: t.field({ type: 'Date', description: 'The month.', resolve: ({ at }) => firstDayOf(at) }),
    metrics: t.expose('metrics', { type: [CapacityOf], description: 'Most accounts first.' }),
    completeness: t.expose('completeness', { type: Completeness, description: 'Whether it can still change.' }),
    definition: t.exposeString('definition', { description: 'The set of definitions, e.g. nobishiro/1.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'Instant whose knowledge it reflects.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that answered.' }),
  }),
})

builder.queryField('capacityUse', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: CapacityUse,
    description:
      'Use and limits at the close of a month; the metric capacityReady counts the accounts near one, and explain lists them.',
    authScopes: { capability: 'seats' },
    args: {
      at: t.arg({ type: 'Date', description: 'First day of the month; the last complete month when missing.' }),
      where: t.arg({ type: FactWhere }),
      asOf: t.arg(asOfArg),
    },
    complexity: 10,
    resolve: async (_root, { at, where, asOf }, context) => {
      const facts = await context.facts(asOf)
      const { store, scope, now } = facts
      const month = at == null ? undefined : firstOfMonth(at, 'at')
      const range = month === undefined ? undefined : { start: month, end: month + 1 }
      const filter = await factWhere(where, context, facts, { range, asOf })
      return capacityUse(store, { scope, now, at: month, where: filter })
    },
  }),
)
