import { compareDefinition } from '../../metrics/compare-definition.ts'
import type { DefinitionComparison as Result, ComparedRow as Row } from '../../metrics/explanation-result.ts'
import type { MetricTerm as Term } from '../../metrics/result.ts'
import { toMajor } from '../../shared/money.ts'
import { builder } from '../builder.ts'
import { sideAsOf } from '../definition-side.ts'
import { currencyOf, firstOfMonth } from '../fact-args.ts'
import { factWhere } from '../fact-where.ts'
import { factsAtLevel } from '../level.ts'
import { evidenceCapability } from '../metric-capability.ts'
import { edgesOf, forwardPage, pageCost, totalCountOf } from '../page.ts'
import { Account, accountOf } from './account.ts'
import { currencyArg } from './currency.ts'
import { MetricDefinition } from './definition.ts'
import { FactWhere } from './fact-where.ts'
import { levelArg } from './level.ts'
import { MetricTerm, MetricValue } from './metric-value.ts'
import { ViewInput, viewOf } from './view.ts'
import { MetricKey } from './vocabulary.ts'

type Pair = { left: Term; right: Term; currency: string }

const ComparedTerm = builder.objectRef<Pair>('ComparedTerm').implement({
  description: 'A number that a value is made of, under both definitions.',
  fields: (t) => ({
    left: t.field({
      type: MetricTerm,
      description: 'Under the left one.',
      resolve: ({ left, currency }) => ({ ...left, currency }),
    }),
    right: t.field({
      type: MetricTerm,
      description: 'Under the right one.',
      resolve: ({ right, currency }) => ({ ...right, currency }),
    }),
  }),
})

const ComparedRow = builder.objectRef<Row & Pick<Result, 'terms' | 'currency'>>('ComparedRow').implement({
  description: 'What one account adds to each term under both definitions, where that differs.',
  fields: (t) => {
    const amounts = (side: 'left' | 'right') => ({
      resolve: (row: Row & Pick<Result, 'terms' | 'currency'>) =>
        row[side].map((amount, place) =>
          row.terms[place]?.[side].unit === 'MONEY' ? toMajor(amount, row.currency) : String(amount),
        ),
    })
    return {
      account: t.field({
        type: Account,
        nullable: true,
        description: 'The account; null for what is of none.',
        complexity: 1,
        resolve: ({ account }, _args, context) => (account === null ? null : accountOf(account, context)),
      }),
      name: t.exposeString('name', { description: 'What it is of, where it is of no account; empty otherwise.' }),
      left: t.field({
        type: ['Decimal'],
        description: 'Under the left one, in the order of terms; money in major units.',
        ...amounts('left'),
      }),
      right: t.field({
        type: ['Decimal'],
        description: 'Under the right one, in the order of terms; money in major units.',
        ...amounts('right'),
      }),
    }
  },
})

const ComparedRowConnection = builder.connectionObject(
  {
    type: ComparedRow,
    name: 'ComparedRowConnection',
    description: 'A page of the rows that differ.',
    fields: (t) => ({
      totalCount: t.int({ description: 'Rows in the whole list.', resolve: totalCountOf }),
    }),
  },
  { name: 'ComparedRowEdge', description: 'A row in a list.' },
)

const DefinitionComparison = builder.objectRef<Result & { offset: number }>('DefinitionComparison').implement({
  description: 'One number under two definitions, with the rows that make the difference.',
  fields: (t) => ({
    metric: t.expose('metric', { type: MetricDefinition, description: 'What is compared.' }),
    left: t.expose('left', { type: MetricValue, description: 'Its value under the left definition.' }),
    right: t.expose('right', { type: MetricValue, description: 'Its value under the right definition.' }),
    terms: t.field({
      type: [ComparedTerm],
      description: 'Numerator and denominator, or the inputs of a sum; empty where either side lacks an exchange rate.',
      resolve: ({ terms, currency }) => terms.map((term) => ({ ...term, currency })),
    }),
    rows: t.field({
      type: ComparedRowConnection,
      description: 'Accounts that add another amount under one than under the other, largest difference first.',
      complexity: 0,
      resolve: ({ rows, terms, currency, offset }) =>
        edgesOf({ items: rows.items.map((row) => ({ ...row, terms, currency })), total: rows.total }, offset),
    }),
    reconciles: t.exposeBoolean('reconciles', {
      description: 'Computed: the differences of all rows add up to those of the terms.',
    }),
  }),
})

const DefinitionInput = builder.inputType('DefinitionInput', {
  description:
    'A definition to compare: a view of the ledger as it is known now, as of an instant, or of a revision as it last stood.',
  fields: (t) => ({
    view: t.field({ type: ViewInput, description: 'How figures are cut; our definitions when missing.' }),
    revision: t.int({
      description: 'A revision that was built, see recognitionPolicies; the one in force when missing.',
    }),
    asOf: t.field({
      type: 'DateTime',
      description: 'What was known at an instant that has passed; not with a revision.',
    }),
  }),
})

builder.queryField('compareDefinition', (t) =>
  t.field({
    type: DefinitionComparison,
    description: 'Why a number differs from the same number under another view, policy or knowledge.',
    authScopes: (_root, { metric }) => evidenceCapability(metric),
    args: {
      metric: t.arg({ type: MetricKey, required: true }),
      left: t.arg({ type: DefinitionInput, description: 'Our definitions, as known now, when missing.' }),
      right: t.arg({ type: DefinitionInput, required: true, description: 'What it is compared with.' }),
      at: t.arg({ type: 'Date', description: 'First day of the month; the last complete month when missing.' }),
      window: t.arg.int({ description: "Months to look back over; the metric's own default when missing." }),
      where: t.arg({ type: FactWhere }),
      currency: t.arg(currencyArg),
      level: t.arg(levelArg),
      first: t.arg.int({ description: 'Rows: up to 500 with a key, 100 with a session; 50 when missing.' }),
      after: t.arg.string({ description: 'Cursor after which the rows start.' }),
    },
    complexity: (args) => ({ field: 90, multiplier: pageCost(args).multiplier }),
    resolve: async (_root, { metric, left, right, at, window, where, currency, level, first, after }, context) => {
      const month = at == null ? undefined : firstOfMonth(at, 'at')
      const range = month === undefined ? undefined : { start: month, end: month + 1 }
      const side = async (said: typeof left, field: string) => {
        const asOf = await sideAsOf(said ?? {}, context, field)
        const facts = await factsAtLevel(context, { level, asOf, range })
        const { store, scope, now } = facts
        const filter = await factWhere(where, context, facts, { range, asOf })
        return {
          store,
          query: {
            ...{ scope, now, key: metric, at: month, window: window ?? undefined, where: filter },
            currency: currencyOf(currency),
            view: viewOf(said?.view),
          },
        }
      }
      const page = forwardPage({ first, after }, context.principal)
      const sides = [await side(left, 'left'), await side(right, 'right')] as const
      return { ...compareDefinition(sides, page), offset: page.offset }
    },
  }),
)
