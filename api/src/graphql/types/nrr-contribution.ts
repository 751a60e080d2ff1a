import { firstDayOf } from '../../facts/month.ts'
import type { NrrPart as Part, NrrContribution as Result } from '../../metrics/chart-result.ts'
import { nrrContribution } from '../../metrics/nrr-contribution.ts'
import { nrrPartKeys } from '../../metrics/vocabulary.ts'
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

const NrrPartKey = builder.enumType('NrrPartKey', {
  description:
    'What moves NRR: a strategy (see ExpansionStrategy), accounts that left (CHURN) or came back (REACTIVATION), and in a slice by region or plan what moved while its account stood still (TRANSFER).',
  values: nrrPartKeys,
})

const NrrPart = builder.objectRef<Part & { currency: string }>('NrrPart').implement({
  description: 'What one part made of NRR over time.',
  fields: (t) => ({
    key: t.expose('key', { type: NrrPartKey, description: 'The part.' }),
    amounts: t.field({
      type: [Money],
      nullable: { list: false, items: true },
      description: 'Signed, in the order of months; null where a rate is missing.',
      resolve: ({ minor, currency }) => minor.map((one) => (one === null ? null : { minor: one, currency })),
    }),
    shares: t.expose('share', {
      type: ['Decimal'],
      nullable: { list: false, items: true },
      description: 'As shares of the opening MRR; null where there is no NRR. All parts of a month add to NRR - 1.',
    }),
  }),
})

const NrrContribution = builder.objectRef<Result>('NrrContribution').implement({
  description: 'What NRR is made of: the changes of its accounts inside the window, at the rates of the opening.',
  fields: (t) => ({
    months: t.field({
      type: ['Date'],
      description: 'Months at whose closes the windows end, oldest first; the lists below follow their order.',
      resolve: ({ months }) => months.map(firstDayOf),
    }),
    window: t.exposeInt('window', { description: 'Months that each window looks back.' }),
    parts: t.field({
      type: [NrrPart],
      description:
        'One series per part: the strategies, then CHURN and REACTIVATION, then TRANSFER where there is any.',
      resolve: ({ parts, currency }) => parts.map((part) => ({ ...part, currency })),
    }),
    opening: t.field({
      type: [Money],
      nullable: { list: false, items: true },
      description: 'MRR of the accounts at the start of each window; null where a rate is missing.',
      resolve: ({ opening, currency }) => opening.map((one) => (one === null ? null : { minor: one, currency })),
    }),
    nrr: t.expose('nrr', {
      type: ['Decimal'],
      nullable: { list: false, items: true },
      description: 'NRR of each window; null where it is not defined.',
    }),
    reasons: t.expose('reason', {
      type: [UndefinedReason],
      nullable: { list: false, items: true },
      description: 'Why there is no NRR; null where there is one.',
    }),
    completeness: t.expose('completeness', {
      type: [Completeness],
      description: 'Whether each value can still change.',
    }),
    definition: t.exposeString('definition', { description: 'The set of definitions, e.g. nobishiro/1.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'Instant whose knowledge it reflects.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that answered.' }),
  }),
})

builder.queryField('nrrContribution', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: NrrContribution,
    description: 'NRR by strategy: what each brought to the accounts that paid at the start of the window.',
    authScopes: { capability: 'nrr' },
    args: {
      range: t.arg({ type: DateRange, description: 'The 12 last complete months when missing.' }),
      window: t.arg.int({ description: 'Months to look back over: 12, 3 or 1; 12 when missing.' }),
      where: t.arg({ type: FactWhere }),
      currency: t.arg(currencyArg),
      asOf: t.arg(asOfArg),
      level: t.arg(levelArg),
    },
    complexity: 20,
    resolve: async (_root, { range, window, where, currency, asOf, level }, context) => {
      const months = monthRange(range)
      const facts = await factsAtLevel(context, { level, asOf, range: months })
      const { store, scope, now } = facts
      return nrrContribution(store, {
        scope,
        now,
        range: months,
        window: window ?? undefined,
        where: await factWhere(where, context, facts, { range: months, asOf, readsThen: true }),
        currency: currencyOf(currency),
      })
    },
  }),
)
