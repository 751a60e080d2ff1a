import { firstDayOf } from '../../facts/month.ts'
import type { SeatLanding as Landing, SeatPlan as PlanSeats, SeatGrowth as Result } from '../../metrics/chart-result.ts'
import { seatGrowth } from '../../metrics/seat-growth.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import { monthRange } from '../fact-args.ts'
import { factWhere } from '../fact-where.ts'
import { Account, accountOf } from './account.ts'
import { asOfArg } from './as-of.ts'
import { Plan, planOf } from './catalog.ts'
import { FactWhere } from './fact-where.ts'
import { DateRange } from './period.ts'
import { Completeness } from './vocabulary.ts'

const SeatPlan = builder.objectRef<PlanSeats>('SeatPlan').implement({
  description: 'Purchased seats of one plan over time.',
  fields: (t) => ({
    plan: t.field({
      type: Plan,
      description: 'The plan.',
      complexity: 1,
      resolve: ({ planId }, _args, context) => planOf(planId, context),
    }),
    purchased: t.exposeIntList('purchased', { description: "Seats at each month's close, in the order of months." }),
  }),
})

const SeatLanding = builder.objectRef<Landing>('SeatLanding').implement({
  description: 'How an account grew from where it landed.',
  fields: (t) => ({
    account: t.field({
      type: Account,
      description: 'The account.',
      complexity: 1,
      resolve: ({ account }, _args, context) => accountOf(account.id, context),
    }),
    landed: t.exposeInt('landed', { description: 'Seats at its first paid close.' }),
    now: t.exposeInt('now', { description: 'Seats now.' }),
    multiple: t.expose('multiple', { type: 'Decimal', description: 'now divided by landed.' }),
    landedMonth: t.field({
      type: 'Date',
      description: 'Month of its first paid close.',
      resolve: ({ landedMonth }) => firstDayOf(landedMonth),
    }),
  }),
})

const SeatGrowth = builder.objectRef<Result>('SeatGrowth').implement({
  description: 'Seats over time, and how far accounts grew from where they landed.',
  fields: (t) => ({
    months: t.field({
      type: ['Date'],
      description: 'The months, oldest first; the lists below follow their order.',
      resolve: ({ months }) => months.map(firstDayOf),
    }),
    plans: t.expose('plans', {
      type: [SeatPlan],
      description: "Purchased seats by plan at each month's close, largest last value first.",
    }),
    purchased: t.exposeIntList('purchased', { description: "All purchased seats at each month's close." }),
    assigned: t.expose('assigned', {
      type: ['Int'],
      nullable: { list: false, items: true },
      description: 'Seats given to a person, as reported last; null in a month without data.',
    }),
    active: t.expose('active', {
      type: ['Int'],
      nullable: { list: false, items: true },
      description: 'Seats in use, as reported last; null in a month without data.',
    }),
    landings: t.expose('landings', {
      type: [SeatLanding],
      description: 'Largest growth first: seats at the first paid close and now.',
    }),
    landAndExpand: t.expose('landAndExpand', {
      type: 'Decimal',
      nullable: true,
      description:
        "Seats now divided by seats at each account's first paid close, over paying accounts; null when none landed with seats.",
    }),
    completeness: t.expose('completeness', {
      type: [Completeness],
      description: 'Whether each month can still change.',
    }),
    definition: t.exposeString('definition', { description: 'The set of definitions, e.g. nobishiro/1.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'Instant whose knowledge it reflects.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that answered.' }),
  }),
})

builder.queryField('seatGrowth', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: SeatGrowth,
    description: 'Seats over time by plan, and land-and-expand.',
    authScopes: { capability: 'seats' },
    args: {
      range: t.arg({ type: DateRange, description: 'The 12 last complete months when missing.' }),
      where: t.arg({ type: FactWhere }),
      asOf: t.arg(asOfArg),
    },
    complexity: 20,
    resolve: async (_root, { range, where, asOf }, context) => {
      const facts = await context.facts(asOf)
      const { store, ...viewer } = facts
      const months = monthRange(range)
      return seatGrowth(store, {
        ...viewer,
        range: months,
        where: await factWhere(where, context, facts, { range: months, asOf }),
      })
    },
  }),
)
