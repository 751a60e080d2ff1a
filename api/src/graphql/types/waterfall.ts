import type { Waterfall as Result, AccountShare as Share, WaterfallStep as Step } from '../../metrics/chart-result.ts'
import { waterfall } from '../../metrics/waterfall.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import { currencyOf, monthRange } from '../fact-args.ts'
import { factWhere } from '../fact-where.ts'
import { factsAtLevel } from '../level.ts'
import { Account, accountOf } from './account.ts'
import { asOfArg } from './as-of.ts'
import { currencyArg } from './currency.ts'
import { FactWhere } from './fact-where.ts'
import { levelArg } from './level.ts'
import { Money } from './money.ts'
import { DateRange, daysOfMonths, Period } from './period.ts'
import { StrategyPart } from './strategy-part.ts'
import { viewArg, viewOf } from './view.ts'
import { Completeness, UndefinedReason, WaterfallPopulation, WaterfallStepKey } from './vocabulary.ts'

const AccountShare = builder.objectRef<Share & { currency: string }>('AccountShare').implement({
  description: "One account's part in a step.",
  fields: (t) => ({
    account: t.field({
      type: Account,
      description: 'The account.',
      complexity: 1,
      resolve: ({ account }, _args, context) => accountOf(account.id, context),
    }),
    amount: t.field({
      type: Money,
      description: 'Signed part of the step.',
      resolve: ({ minor, currency }) => ({ minor, currency }),
    }),
    seatsBefore: t.exposeInt('seatsBefore', { description: "Purchased seats at the period's start." }),
    seatsAfter: t.exposeInt('seatsAfter', { description: "Purchased seats at the period's end." }),
  }),
})

const WaterfallStep = builder.objectRef<Step & { currency: string }>('WaterfallStep').implement({
  description: 'One step from opening to closing.',
  fields: (t) => ({
    key: t.expose('key', { type: WaterfallStepKey, description: 'Which step.' }),
    amount: t.field({
      type: Money,
      description: 'Signed; OPENING and CLOSING carry the level.',
      resolve: ({ minor, currency }) => ({ minor, currency }),
    }),
    accounts: t.exposeInt('accounts', { description: 'Accounts with a part in it.' }),
    strategies: t.field({
      type: [StrategyPart],
      description: 'EXPANSION of ALL only: signed parts that sum to amount; empty otherwise.',
      resolve: ({ strategies, currency }) => strategies.map((part) => ({ ...part, currency })),
    }),
    topAccounts: t.field({
      type: [AccountShare],
      description: 'Up to three accounts with the largest part in it.',
      complexity: { field: 0, multiplier: 3 },
      resolve: ({ topAccounts, currency }) => topAccounts.map((share) => ({ ...share, currency })),
    }),
  }),
})

export const Waterfall = builder.objectRef<Result>('Waterfall').implement({
  description: 'MRR from opening to closing, step by step.',
  fields: (t) => ({
    population: t.expose('population', { type: WaterfallPopulation, description: 'Whose MRR it follows.' }),
    period: t.field({
      type: Period,
      description: 'From when to when.',
      resolve: ({ period }) => daysOfMonths(period),
    }),
    steps: t.field({
      type: [WaterfallStep],
      description: 'The steps in order, OPENING first and CLOSING last; empty when the bridge is not defined.',
      complexity: { field: 0, multiplier: 8 },
      resolve: ({ steps, currency }) => steps.map((step) => ({ ...step, currency })),
    }),
    opening: t.field({
      type: Money,
      description: 'MRR at the start.',
      resolve: ({ opening, currency }) => ({ minor: opening, currency }),
    }),
    closing: t.field({
      type: Money,
      description: 'MRR at the end.',
      resolve: ({ closing, currency }) => ({ minor: closing, currency }),
    }),
    accounts: t.exposeInt('accounts', { description: 'Accounts it follows.' }),
    nrr: t.expose('nrr', {
      type: 'Decimal',
      nullable: true,
      description: 'COHORT only: closing / opening, equals metric nrr; null otherwise or when undefined.',
    }),
    grr: t.expose('grr', {
      type: 'Decimal',
      nullable: true,
      description:
        'COHORT only: (opening - contracted - lost) / opening, equals metric grr; null otherwise or when undefined.',
    }),
    reason: t.expose('reason', {
      type: UndefinedReason,
      nullable: true,
      description: 'Why there are no steps, or why nrr and grr of a COHORT are null; null otherwise.',
    }),
    reconciles: t.exposeBoolean('reconciles', { description: 'opening plus all steps equals closing, computed.' }),
    difference: t.field({
      type: Money,
      description: 'What is missing when it does not reconcile; zero otherwise.',
      resolve: ({ difference, currency }) => ({ minor: difference, currency }),
    }),
    completeness: t.expose('completeness', { type: Completeness, description: 'Whether the period can still change.' }),
    definition: t.exposeString('definition', { description: 'The set of definitions, e.g. nobishiro/1.' }),
    view: t.exposeString('view', { description: 'The view that cut it, e.g. NOBISHIRO.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'Instant whose knowledge it reflects.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that answered.' }),
  }),
})

builder.queryField('waterfall', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: Waterfall,
    description:
      "ALL: the period's flows (range, default the last complete month). COHORT: the bridge of the NRR accounts over the window that ends with the range.",
    authScopes: (_root, { population }) => ({ capability: population === 'COHORT' ? 'nrr' : 'waterfall' }),
    args: {
      population: t.arg({ type: WaterfallPopulation, required: true }),
      range: t.arg({ type: DateRange }),
      window: t.arg.int({ description: 'COHORT: months of the window; 12 when missing.' }),
      where: t.arg({ type: FactWhere }),
      currency: t.arg(currencyArg),
      asOf: t.arg(asOfArg),
      level: t.arg(levelArg),
      view: t.arg(viewArg),
    },
    complexity: 20,
    resolve: async (_root, { population, range, window, where, currency, asOf, level, view }, context) => {
      const months = monthRange(range)
      const facts = await factsAtLevel(context, { level, asOf, range: months })
      const { store, scope, now } = facts
      return waterfall(store, {
        scope,
        now,
        population,
        range: months,
        window: window ?? undefined,
        where: await factWhere(where, context, facts, { range: months, asOf, readsThen: true }),
        currency: currencyOf(currency),
        view: viewOf(view),
      })
    },
  }),
)
