import type { CorrectionRecord } from '../../corrections/list-corrections.ts'
import { sliceOf } from '../../facts/slice.ts'
import { explain } from '../../metrics/explain.ts'
import type {
  Entry as EntryResult,
  Explanation as Result,
  Span as SpanResult,
} from '../../metrics/explanation-result.ts'
import type { MetricTerm as Term } from '../../metrics/result.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { toMajor } from '../../shared/money.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import { correctionsBehind } from '../corrections-behind.ts'
import { currencyOf, firstOfPlace } from '../fact-args.ts'
import { factWhere } from '../fact-where.ts'
import { knownAt } from '../known-at.ts'
import { factsAtLevel, withMembers } from '../level.ts'
import { evidenceCapability } from '../metric-capability.ts'
import { edgesOf, forwardPage, pageCost, totalCountOf } from '../page.ts'
import { Account, accountOf } from './account.ts'
import { asOfArg } from './as-of.ts'
import { Correction } from './correction.ts'
import { currencyArg } from './currency.ts'
import { MetricDefinition } from './definition.ts'
import { FactWhere } from './fact-where.ts'
import { levelArg } from './level.ts'
import { MetricTerm, MetricValue } from './metric-value.ts'
import { Money } from './money.ts'
import { RevenueMovementConnection } from './movement.ts'
import { Period } from './period.ts'
import { LocalizedText } from './text.ts'
import { viewArg, viewOf } from './view.ts'
import { Bucket, Landing, MetricKey, MovementKind } from './vocabulary.ts'
import { Waterfall } from './waterfall.ts'

type SpanShape = SpanResult & { currency: string }

const Span = builder.objectRef<SpanShape>('Span').implement({
  description: "One account's opening and closing, and what it adds to the explained number.",
  fields: (t) => ({
    account: t.field({
      type: Account,
      description: 'The account.',
      complexity: 1,
      resolve: ({ account }, _args, context) => accountOf(account.id, context),
    }),
    opening: t.field({
      type: Money,
      description: "MRR at the window's start.",
      resolve: ({ opening, currency }) => ({ minor: opening, currency }),
    }),
    closing: t.field({
      type: Money,
      description: "MRR at the window's end.",
      resolve: ({ closing, currency }) => ({ minor: closing, currency }),
    }),
    kept: t.field({
      type: Money,
      description: 'What counts in GRR: the lesser of opening and closing.',
      resolve: ({ kept, currency }) => ({ minor: kept, currency }),
    }),
    change: t.field({
      type: Money,
      description:
        'What it adds to the number that the spans land on; of a metric that counts accounts, in minor units, the count.',
      resolve: ({ change, currency }) => ({ minor: change, currency }),
    }),
    runningTotal: t.field({
      type: Money,
      description:
        'Sum of change over this span and all before it in the list; the last one equals what the spans land on.',
      resolve: ({ runningTotal, currency }) => ({ minor: runningTotal, currency }),
    }),
    returned: t.exposeBoolean('returned', {
      description: 'Was at zero at a month end inside the window and came back.',
    }),
  }),
})

const SpanConnection = builder.connectionObject(
  {
    type: Span,
    name: 'SpanConnection',
    description: 'A page of spans.',
    fields: (t) => ({
      totalCount: t.int({
        description: 'Spans in the whole list.',
        resolve: totalCountOf,
      }),
    }),
  },
  { name: 'SpanEdge', description: 'A span in a list.' },
)

const Entry = builder.objectRef<EntryResult & { inputs: Term[]; currency: string }>('Entry').implement({
  description: 'What one account, or spend of a month and category, adds to the inputs of a number.',
  fields: (t) => ({
    account: t.field({
      type: Account,
      nullable: true,
      description: 'The account; null for what is of none.',
      // Paid with the spans: an explanation has one of the two lists.
      complexity: 0,
      resolve: ({ account }, _args, context) => account && accountOf(account.id, context),
    }),
    name: t.exposeString('name', { description: 'What it is of, where it is of no account; empty otherwise.' }),
    amounts: t.field({
      type: ['Decimal'],
      description: 'In the order of inputs; money in major units.',
      resolve: ({ amounts, inputs, currency }) =>
        amounts.map((amount, input) => (inputs[input]?.unit === 'MONEY' ? toMajor(amount, currency) : String(amount))),
    }),
  }),
})

const EntryConnection = builder.connectionObject(
  {
    type: Entry,
    name: 'EntryConnection',
    description: 'A page of entries.',
    fields: (t) => ({
      totalCount: t.int({
        description: 'Entries in the whole list.',
        resolve: totalCountOf,
      }),
    }),
  },
  { name: 'EntryEdge', description: 'An entry in a list.' },
)

const Explanation = builder
  .objectRef<Result & { offset: number; corrections: CorrectionRecord[] }>('Explanation')
  .implement({
    description: 'What a number is made of, down to accounts and movements, and whether it adds up.',
    fields: (t) => ({
      metric: t.expose('metric', { type: MetricDefinition, description: 'What is explained.' }),
      value: t.expose('value', { type: MetricValue, description: 'Its value.' }),
      period: t.field({
        type: Period,
        description: 'From when to when the evidence reaches.',
        resolve: ({ period }) => period,
      }),
      sentence: t.expose('sentence', { type: LocalizedText, description: "Plain sentence with this period's inputs." }),
      accounts: t.exposeInt('accounts', { description: 'Accounts in the cohort (ratios) or with a movement (flows).' }),
      bridge: t.expose('bridge', {
        type: Waterfall,
        nullable: true,
        description: 'Bridge of the cohort, for nrr and grr of a month; null otherwise.',
        // Paid with `explain` itself: it is one bridge, not one per row of evidence.
        complexity: { field: 0, multiplier: 0 },
      }),
      spans: t.field({
        type: SpanConnection,
        description:
          'Ratios: one span per account, largest effect first; flows of a week: one per movement. Empty for flows of months.',
        complexity: 0,
        resolve: ({ spans, offset, currency }) =>
          edgesOf({ items: spans.items.map((span) => ({ ...span, currency })), total: spans.total }, offset),
      }),
      landsOn: t.expose('landsOn', {
        type: Landing,
        nullable: true,
        description: 'What the running total of the spans ends at; null where the evidence is not spans.',
      }),
      inputs: t.field({
        type: [MetricTerm],
        description: 'The sums that the terms are made of; empty where the evidence is not entries.',
        resolve: ({ inputs, currency }) => inputs.map((term) => ({ ...term, currency })),
      }),
      entries: t.field({
        type: EntryConnection,
        description: 'What adds up to the inputs, largest first. Empty where the evidence is spans or movements.',
        complexity: 0,
        resolve: ({ entries, inputs, offset, currency }) =>
          edgesOf(
            { items: entries.items.map((entry) => ({ ...entry, inputs, currency })), total: entries.total },
            offset,
          ),
      }),
      numeratorKinds: t.field({
        type: [MovementKind],
        description: 'Movements of these kinds add up to the numerator; empty where the evidence is not movements.',
        resolve: ({ numeratorKinds }) => [...numeratorKinds],
      }),
      denominatorKinds: t.field({
        type: [MovementKind],
        description: 'Movements of these kinds add up to the denominator; empty where there is none of movements.',
        resolve: ({ denominatorKinds }) => [...denominatorKinds],
      }),
      movements: t.field({
        type: RevenueMovementConnection,
        description: 'Flows of months: the movements. Empty for ratios, and for weeks.',
        complexity: 0,
        resolve: ({ movements, offset }) => ({ ...movements, ...edgesOf(movements, offset) }),
      }),
      corrections: t.expose('corrections', {
        type: [Correction],
        description: "People's corrections in force that touch its accounts, newest first, at most 100.",
        complexity: { field: 0, multiplier: 3 },
      }),
      reconciles: t.exposeBoolean('reconciles', {
        description: 'Computed: sums of the evidence equal the shown terms.',
      }),
      difference: t.field({
        type: Money,
        description: 'What is missing when it does not reconcile; zero otherwise.',
        resolve: ({ difference, currency }) => ({ minor: difference, currency }),
      }),
    }),
  })

builder.queryField('explain', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: Explanation,
    description: 'Where a number comes from.',
    authScopes: (_root, { metric }) => evidenceCapability(metric),
    args: {
      metric: t.arg({ type: MetricKey, required: true }),
      at: t.arg({
        type: 'Date',
        description:
          'First day of the month (or of the last month of a longer bucket), or of the week, being explained; the last complete one when missing.',
      }),
      bucket: t.arg({ type: Bucket, description: 'MONTH, the default, or WEEK.' }),
      window: t.arg.int({ description: "Months to look back over; the metric's own default when missing." }),
      where: t.arg({ type: FactWhere }),
      currency: t.arg(currencyArg),
      asOf: t.arg(asOfArg),
      level: t.arg(levelArg),
      view: t.arg(viewArg),
      first: t.arg.int({ description: 'Rows of evidence: up to 500 with a key, 100 with a session; 50 when missing.' }),
      after: t.arg.string({ description: 'Cursor after which the evidence starts.' }),
    },
    complexity: (args) => ({ field: 45, multiplier: pageCost(args).multiplier }),
    resolve: async (
      _root,
      { metric, at, window, where, currency, asOf, level, view, first, after, ...args },
      context,
    ) => {
      const bucket = monthOrWeek(args.bucket ?? 'MONTH')
      const place = at == null ? undefined : firstOfPlace(at, bucket, 'at')
      const range = place === undefined ? undefined : { start: place, end: place + 1 }
      const facts = await factsAtLevel(context, { level, asOf, range, bucket })
      const { store, scope, now } = facts
      const filter = await factWhere(where, context, facts, { range, bucket, asOf, readsThen: true })
      const page = forwardPage({ first, after }, context.principal)
      const result = explain(store, {
        ...page,
        scope,
        now,
        key: metric,
        bucket,
        at: place,
        window: window ?? undefined,
        where: filter,
        currency: currencyOf(currency),
        view: viewOf(view),
      })
      const slice = sliceOf(store, scope, filter)
      const asked = { slice, period: result.period, asOf: asOf ?? undefined }
      const corrections = correctionsBehind(await context.loaders.corrections.load(store.tenantId), asked)
      return {
        ...result,
        corrections,
        movements: knownAt(withMembers(result.movements, store), asOf),
        offset: page.offset,
      }
    },
  }),
)

function monthOrWeek(bucket: typeof Bucket.$inferType): 'MONTH' | 'WEEK' {
  if (bucket === 'MONTH' || bucket === 'WEEK') return bucket
  throw new ExpectedError(
    'INVALID_INPUT',
    `explain opens a MONTH or a WEEK; of a ${bucket} it opens the months, each by its first day.`,
    'bucket',
  )
}
