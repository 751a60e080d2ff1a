import { firstDayOf } from '../../facts/month.ts'
import type { GroupGrowth as Growth, DepartmentGrowth as Result } from '../../metrics/chart-result.ts'
import { departmentGrowth } from '../../metrics/department-growth.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import { currencyOf, monthRange } from '../fact-args.ts'
import { refuseToAccounts } from '../fact-where.ts'
import { hierarchyOfStore } from '../level.ts'
import { forwardPage, pageCost } from '../page.ts'
import { Account, accountOf } from './account.ts'
import { asOfArg } from './as-of.ts'
import { currencyArg } from './currency.ts'
import { Money } from './money.ts'
import { DateRange } from './period.ts'
import { Completeness } from './vocabulary.ts'

const GroupGrowth = builder.objectRef<Growth & { currency: string }>('GroupGrowth').implement({
  description: 'Who of the accounts under one ultimate parent pays, over time.',
  fields: (t) => ({
    account: t.field({
      type: Account,
      description: 'The account at the top.',
      complexity: 1,
      resolve: ({ account }, _args, context) => accountOf(account.id, context),
    }),
    children: t.exposeIntList('children', {
      description: "Accounts of the group that pay at each month's close, the one at the top too when it does.",
    }),
    departments: t.exposeIntList('departments', {
      description: 'Different departments among them, as their attribute "department" says.',
    }),
    regions: t.exposeIntList('regions', { description: 'Different regions among what they pay for.' }),
    mrr: t.field({
      type: [Money],
      nullable: { list: false, items: true },
      description: 'What they pay; null where a rate is missing.',
      resolve: ({ mrr, currency }) => mrr.map((minor) => (minor === null ? null : { minor, currency })),
    }),
  }),
})

const DepartmentGrowth = builder.objectRef<Result>('DepartmentGrowth').implement({
  description: 'How groups grow, department by department.',
  fields: (t) => ({
    months: t.field({
      type: ['Date'],
      description: 'The months, oldest first; the lists of each group follow their order.',
      resolve: ({ months }) => months.map(firstDayOf),
    }),
    groups: t.field({
      type: [GroupGrowth],
      description: 'Groups of which anyone pays, largest last MRR first.',
      args: { first: t.arg.int({ description: 'How many to list; 50 when missing.' }) },
      complexity: pageCost,
      resolve: ({ groups, currency }, page, { principal }) =>
        groups.slice(0, forwardPage(page, principal).limit).map((group) => ({ ...group, currency })),
    }),
    totalCount: t.int({ description: 'Groups in the whole list.', resolve: ({ groups }) => groups.length }),
    completeness: t.expose('completeness', {
      type: [Completeness],
      description: 'Whether each month can still change.',
    }),
    definition: t.exposeString('definition', { description: 'The set of definitions, e.g. nobishiro/1.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'Instant whose knowledge it reflects.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that answered.' }),
  }),
})

builder.queryField('departmentGrowth', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: DepartmentGrowth,
    description:
      'Paying children, departments and regions of each group, with the parents of the end of the range. Not for a viewer of some accounts.',
    authScopes: { capability: 'accounts' },
    args: {
      range: t.arg({ type: DateRange, description: 'The 12 last complete months when missing.' }),
      currency: t.arg(currencyArg),
      asOf: t.arg(asOfArg),
    },
    complexity: 20,
    resolve: async (_root, { range, currency, asOf }, context) => {
      refuseToAccounts('departmentGrowth', context)
      const { store, scope, now } = await context.facts(asOf)
      const hierarchy = await hierarchyOfStore(context, store, asOf ?? undefined)
      return departmentGrowth(store, hierarchy, {
        scope,
        now,
        range: monthRange(range),
        currency: currencyOf(currency),
      })
    },
  }),
)
