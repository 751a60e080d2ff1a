import { firstDayOf } from '../../facts/month.ts'
import type { Cohorts as Result, Cohort as Row } from '../../metrics/chart-result.ts'
import { cohorts } from '../../metrics/cohorts.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import { currencyOf, monthRange } from '../fact-args.ts'
import { factWhere } from '../fact-where.ts'
import { factsAtLevel } from '../level.ts'
import { asOfArg } from './as-of.ts'
import { currencyArg } from './currency.ts'
import { FactWhere } from './fact-where.ts'
import { levelArg } from './level.ts'
import { Money } from './money.ts'
import { DateRange } from './period.ts'
import { Completeness, UndefinedReason } from './vocabulary.ts'

const items = { list: false, items: true } as const

const Cohort = builder.objectRef<Row & { currency: string }>('Cohort').implement({
  description: 'Accounts that first paid in the same month. Lists are by age in months, from 0 on.',
  fields: (t) => ({
    month: t.field({
      type: 'Date',
      nullable: true,
      description: 'First paid month; null for the total.',
      resolve: ({ month }) => (month === 0 ? null : firstDayOf(month)),
    }),
    accounts: t.exposeInt('accounts', { description: 'Accounts of it.' }),
    opening: t.field({
      type: Money,
      nullable: true,
      description: 'MRR at age 0; null where a rate is missing.',
      resolve: ({ opening, currency }) => (opening === null ? null : { minor: opening, currency }),
    }),
    paying: t.exposeIntList('paying', { description: 'Accounts that pay at each age.' }),
    nrr: t.expose('nrr', {
      type: ['Decimal'],
      nullable: items,
      description: 'MRR at each age divided by that of age 0; null where there is none.',
    }),
    grr: t.expose('grr', {
      type: ['Decimal'],
      nullable: items,
      description: 'The same, each account with what it paid at age 0 at most.',
    }),
    reason: t.expose('reason', { type: UndefinedReason, nullable: true, description: 'Why there are no ratios.' }),
  }),
})

const Cohorts = builder.objectRef<Result>('Cohorts').implement({
  description: 'Retention by first paid month and age: a triangle.',
  fields: (t) => ({
    cohorts: t.field({
      type: [Cohort],
      description: 'One per month of the range, oldest first; each up to the last complete month.',
      resolve: ({ cohorts: found, currency }) => found.map((cohort) => ({ ...cohort, currency })),
    }),
    total: t.field({
      type: Cohort,
      description: 'Every age over the cohorts that have reached it, recomputed from their sums.',
      resolve: ({ total, currency }) => ({ ...total, currency }),
    }),
    completeness: t.expose('completeness', { type: Completeness, description: 'Whether it can still change.' }),
    definition: t.exposeString('definition', { description: 'The set of definitions, e.g. nobishiro/1.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'Instant whose knowledge it reflects.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that answered.' }),
  }),
})

builder.queryField('cohorts', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: Cohorts,
    description: 'Net and gross retention of the accounts that first paid in each month, at the rates of that month.',
    authScopes: { capability: 'nrr' },
    args: {
      range: t.arg({ type: DateRange, description: 'First paid months; the 12 last complete months when missing.' }),
      where: t.arg({ type: FactWhere }),
      currency: t.arg(currencyArg),
      asOf: t.arg(asOfArg),
      level: t.arg(levelArg),
    },
    complexity: 20,
    resolve: async (_root, { range, where, currency, asOf, level }, context) => {
      const months = monthRange(range)
      const facts = await factsAtLevel(context, { level, asOf })
      const { store, scope, now } = facts
      const filter = await factWhere(where, context, facts, { asOf })
      return cohorts(store, { scope, now, range: months, where: filter, currency: currencyOf(currency) })
    },
  }),
)
