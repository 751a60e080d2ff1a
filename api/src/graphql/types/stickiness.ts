import type { Stickiness as Result } from '../../metrics/chart-result.ts'
import { stickiness } from '../../metrics/stickiness.ts'
import { stickinessBys } from '../../metrics/vocabulary.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import { currencyOf, monthRange } from '../fact-args.ts'
import { factWhere } from '../fact-where.ts'
import { factsAtLevel } from '../level.ts'
import { asOfArg } from './as-of.ts'
import { currencyArg } from './currency.ts'
import { FactWhere } from './fact-where.ts'
import { levelArg } from './level.ts'
import { Money } from './money.ts'
import { DateRange, daysOfMonths, Period } from './period.ts'
import { Completeness, UndefinedReason } from './vocabulary.ts'

const StickinessBy = builder.enumType('StickinessBy', {
  description: 'What of an account is counted when a month opens.',
  values: stickinessBys,
})

const moneys = (list: readonly (bigint | null)[], currency: string) =>
  list.map((minor) => (minor === null ? null : { minor, currency }))
const items = { list: false, items: true } as const

const Stickiness = builder.objectRef<Result>('Stickiness').implement({
  description:
    'Whether accounts that use more stay more: what became of account-months by how many integrations or features were in use at their opening. Lists follow atLeast.',
  fields: (t) => ({
    by: t.expose('by', { type: StickinessBy, description: 'What is counted.' }),
    period: t.field({
      type: Period,
      description: 'The months.',
      resolve: ({ period }) => daysOfMonths(period),
    }),
    atLeast: t.exposeIntList('atLeast', { description: 'How many were in use; the last one stands for more, too.' }),
    openings: t.exposeIntList('openings', {
      description:
        'Account-months that paid at their opening: an account that pays for three months counts three times.',
    }),
    churned: t.exposeIntList('churned', { description: 'Of them went to zero in the month.' }),
    churnRates: t.expose('churnRate', {
      type: ['Decimal'],
      nullable: items,
      description: 'churned divided by openings: monthly logo churn. Null without openings.',
    }),
    expanded: t.exposeIntList('expanded', { description: 'Of them grew in the month.' }),
    openingMrr: t.field({
      type: [Money],
      nullable: items,
      description: 'MRR at the openings, added up over months; null where a rate is missing.',
      resolve: ({ openingMrr, currency }) => moneys(openingMrr, currency),
    }),
    churnedMrr: t.field({
      type: [Money],
      nullable: items,
      description: 'MRR lost by those that went to zero; null where a rate is missing.',
      resolve: ({ churnedMrr, currency }) => moneys(churnedMrr, currency),
    }),
    expansionMrr: t.field({
      type: [Money],
      nullable: items,
      description: 'MRR gained by those that grew; null where a rate is missing.',
      resolve: ({ expansionMrr, currency }) => moneys(expansionMrr, currency),
    }),
    revenueChurnRates: t.expose('revenueChurnRate', {
      type: ['Decimal'],
      nullable: items,
      description: 'churnedMrr divided by openingMrr: monthly.',
    }),
    expansionRates: t.expose('expansionRate', {
      type: ['Decimal'],
      nullable: items,
      description: 'expansionMrr divided by openingMrr: monthly.',
    }),
    reason: t.expose('reason', {
      type: UndefinedReason,
      nullable: true,
      description: 'Why there is nothing to compare; null where there is.',
    }),
    completeness: t.expose('completeness', { type: Completeness, description: 'Whether it can still change.' }),
    definition: t.exposeString('definition', { description: 'The set of definitions, e.g. nobishiro/1.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'Instant whose knowledge it reflects.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that answered.' }),
  }),
})

builder.queryField('stickiness', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: Stickiness,
    description: 'Churn and expansion by number of integrations or features in use, with counts.',
    authScopes: { capability: 'nrr' },
    args: {
      by: t.arg({ type: StickinessBy, required: true, description: 'What is counted.' }),
      range: t.arg({ type: DateRange, description: 'The 12 last complete months when missing.' }),
      where: t.arg({ type: FactWhere }),
      currency: t.arg(currencyArg),
      asOf: t.arg(asOfArg),
      level: t.arg(levelArg),
    },
    complexity: 20,
    resolve: async (_root, { by, range, where, currency, asOf, level }, context) => {
      const months = monthRange(range)
      const facts = await factsAtLevel(context, { level, asOf, range: months })
      const { store, scope, now } = facts
      const filter = await factWhere(where, context, facts, { range: months, asOf })
      return stickiness(store, { scope, now, by, range: months, where: filter, currency: currencyOf(currency) })
    },
  }),
)
