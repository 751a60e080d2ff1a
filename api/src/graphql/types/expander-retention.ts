import { firstDayOf } from '../../facts/month.ts'
import type {
  RetentionComparison as Comparison,
  RetentionCurve as Curve,
  ExpanderRetention as Result,
  RetentionTest as Test,
} from '../../metrics/chart-result.ts'
import { expanderRetention } from '../../metrics/expander-retention.ts'
import { FEWEST } from '../../metrics/survival.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import { currencyOf, firstOfMonth } from '../fact-args.ts'
import { factWhere } from '../fact-where.ts'
import { factsAtLevel } from '../level.ts'
import { asOfArg } from './as-of.ts'
import { FactWhere } from './fact-where.ts'
import { levelArg } from './level.ts'
import { Completeness, UndefinedReason } from './vocabulary.ts'

const items = { list: false, items: true } as const

const RetentionCurve = builder.objectRef<Curve>('RetentionCurve').implement({
  description: `How many accounts of a group still pay, by age in months from 0 on. Null where fewer than ${FEWEST} are at risk.`,
  fields: (t) => ({
    from: t.exposeInt('from', {
      nullable: true,
      description: `Age from which on ${FEWEST} are at risk: there the curve begins with 1. Null where there never are.`,
    }),
    atRisk: t.exposeIntList('atRisk', {
      description: 'Accounts of the group that pay when the month of each age opens.',
    }),
    events: t.exposeIntList('events', { description: 'Of them are at zero for the first time when it closes.' }),
    survival: t.expose('survival', {
      type: ['Decimal'],
      nullable: items,
      description: 'Estimated share that still pays (Simon and Makuch).',
    }),
    lower: t.expose('lower', {
      type: ['Decimal'],
      nullable: items,
      description: 'Lower bound of 95 %, on the log-log scale; null too where the share is 1 or 0.',
    }),
    upper: t.expose('upper', {
      type: ['Decimal'],
      nullable: items,
      description: 'Upper bound of 95 %, on the log-log scale; null too where the share is 1 or 0.',
    }),
  }),
})

const RetentionTest = builder.objectRef<Test>('RetentionTest').implement({
  description: 'Whether the groups differ: Mantel and Byar, one degree of freedom.',
  fields: (t) => ({
    observed: t.exposeInt('observed', { description: 'Accounts of the expanded group that left.' }),
    expected: t.expose('expected', { type: 'Decimal', description: 'How many would have without a difference.' }),
    variance: t.expose('variance', { type: 'Decimal', description: 'Variance of that.' }),
    chiSquare: t.expose('chiSquare', {
      type: 'Decimal',
      nullable: true,
      description:
        'Square of observed less expected, divided by the variance; null where nothing tells the groups apart.',
    }),
    pValue: t.expose('pValue', {
      type: 'Decimal',
      nullable: true,
      description: 'How likely such a difference would be by chance; null where there is no chiSquare.',
    }),
  }),
})

type LandmarkShape = Comparison & { age: number; expandedAccounts: number; otherAccounts: number }

const RetentionLandmark = builder.objectRef<LandmarkShape>('RetentionLandmark').implement({
  description:
    'Accounts that still pay at an age, in two groups by whether they had expanded by then, followed from there.',
  fields: (t) => ({
    age: t.exposeInt('age', { description: 'The age in months.' }),
    expandedAccounts: t.exposeInt('expandedAccounts', { description: 'Had expanded by then.' }),
    otherAccounts: t.exposeInt('otherAccounts', { description: 'Had not, whatever they did later.' }),
    expanded: t.expose('expanded', { type: RetentionCurve, description: 'Of those that had.' }),
    others: t.expose('others', { type: RetentionCurve, description: 'Of those that had not.' }),
    test: t.expose('test', { type: RetentionTest, description: 'Whether they differ.' }),
  }),
})

const ExpanderRetention = builder.objectRef<Result>('ExpanderRetention').implement({
  description:
    'Whether accounts that have expanded stay longer. Expansion counts from the opening of the month after it on: nobody is classified by what happens later.',
  fields: (t) => ({
    at: t.field({ type: 'Date', description: 'The last month that is known.', resolve: ({ at }) => firstDayOf(at) }),
    accounts: t.exposeInt('accounts', { description: 'Accounts followed from their first paid close on.' }),
    truncated: t.exposeInt('truncated', {
      description: 'Left out: they paid already when the data begins, so nobody knows since when.',
    }),
    expanded: t.expose('expanded', { type: RetentionCurve, description: 'Of accounts while they have expanded.' }),
    others: t.expose('others', { type: RetentionCurve, description: 'Of accounts while they have not.' }),
    test: t.expose('test', { type: RetentionTest, description: 'Whether they differ.' }),
    landmarks: t.expose('landmarks', { type: [RetentionLandmark], description: 'The same at 6 and at 12 months.' }),
    reason: t.expose('reason', { type: UndefinedReason, nullable: true, description: 'Why nothing can be said.' }),
    completeness: t.expose('completeness', { type: Completeness, description: 'Whether it can still change.' }),
    definition: t.exposeString('definition', { description: 'The set of definitions, e.g. nobishiro/1.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'Instant whose knowledge it reflects.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that answered.' }),
  }),
})

builder.queryField('expanderRetention', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: ExpanderRetention,
    description: 'Retention of accounts that have expanded beside that of those that have not, by age, with counts.',
    authScopes: { capability: 'nrr' },
    args: {
      at: t.arg({ type: 'Date', description: 'First day of the last month; the last complete month when missing.' }),
      where: t.arg({ type: FactWhere }),
      currency: t.arg({
        type: 'CurrencyCode',
        description: "Currency in which growth is judged; the tenant's when missing.",
      }),
      asOf: t.arg(asOfArg),
      level: t.arg(levelArg),
    },
    complexity: 20,
    resolve: async (_root, { at, where, currency, asOf, level }, context) => {
      const month = at == null ? undefined : firstOfMonth(at, 'at')
      const range = month === undefined ? undefined : { start: month, end: month + 1 }
      const facts = await factsAtLevel(context, { level, asOf, range })
      const { store, scope, now } = facts
      const filter = await factWhere(where, context, facts, { range, asOf })
      return expanderRetention(store, { scope, now, at: month, where: filter, currency: currencyOf(currency) })
    },
  }),
)
