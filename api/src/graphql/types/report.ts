import { reporting } from '../../metrics/report.ts'
import type { ReportCell as Cell, ReportColumn as Column, Report as Result } from '../../metrics/result.ts'
import { inTurns } from '../../metrics/steps.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import { dimensionsOf, keyValue, labelOf } from '../dimensions.ts'
import { bucketRange, currencyOf } from '../fact-args.ts'
import { factWhere } from '../fact-where.ts'
import { factsAtLevel } from '../level.ts'
import { metricCapability } from '../metric-capability.ts'
import { DEFAULT_PAGE, forwardPage } from '../page.ts'
import { asOfArg } from './as-of.ts'
import { currencyArg } from './currency.ts'
import { FactWhere } from './fact-where.ts'
import { DimensionInput } from './group.ts'
import { levelArg } from './level.ts'
import { DateRange, Period, RANGE } from './period.ts'
import { LocalizedText } from './text.ts'
import { viewArg, viewOf } from './view.ts'
import {
  Bucket,
  Completeness,
  MetricKey,
  MetricUnit,
  OrderDirection,
  ReportColumnType,
  UndefinedReason,
} from './vocabulary.ts'

const ReportColumn = builder.objectRef<Column>('ReportColumn').implement({
  description: 'A column of a report.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description:
        'Its name, for orderBy: plan, attribute.country, period, nrr, or nrr.3 where a window was asked for.',
    }),
    label: t.expose('label', { type: LocalizedText, description: 'What to call it.' }),
    type: t.expose('type', { type: ReportColumnType, description: 'What its cells hold.' }),
    unit: t.expose('unit', {
      type: MetricUnit,
      nullable: true,
      description: 'What a measure counts; null for the others.',
    }),
    currency: t.expose('currency', {
      type: 'CurrencyCode',
      nullable: true,
      description: 'Of amounts of money; null for the others.',
    }),
  }),
})

const ReportCell = builder.objectRef<Cell>('ReportCell').implement({
  description: 'What a row says in one column.',
  fields: (t) => ({
    value: t.string({
      nullable: true,
      description: 'As its column says; of a dimension as filters take it. Null where it is not set, or not defined.',
      resolve: (cell) => ('key' in cell ? keyValue(cell.key) : cell.value),
    }),
    label: t.field({
      type: LocalizedText,
      nullable: true,
      description: 'What to call a value of a dimension; null in the other columns.',
      resolve: (cell, _args, context) => ('key' in cell ? labelOf(cell.key, context) : null),
    }),
    reason: t.field({
      type: UndefinedReason,
      nullable: true,
      description: 'Why a measure is null; null when it is not.',
      resolve: (cell) => ('measured' in cell ? cell.measured.reason : null),
    }),
    completeness: t.field({
      type: Completeness,
      nullable: true,
      description: 'Whether a measure can still change; null in the other columns.',
      resolve: (cell) => ('measured' in cell ? cell.measured.completeness : null),
    }),
  }),
})

const ReportRow = builder.objectRef<{ cells: Cell[] }>('ReportRow').implement({
  description: 'One group, or one bucket of it.',
  fields: (t) => ({ cells: t.expose('cells', { type: [ReportCell], description: 'In the order of the columns.' }) }),
})

const Report = builder.objectRef<Result>('Report').implement({
  description: 'Measures by dimensions, as a table.',
  fields: (t) => ({
    period: t.expose('days', { type: Period, description: 'From when to when.' }),
    columns: t.expose('columns', {
      type: [ReportColumn],
      description: 'Dimensions, the time where there is one, then the measures.',
    }),
    rows: t.field({
      type: [ReportRow],
      description: 'The first rows in order.',
      resolve: ({ rows }) => rows.map((cells) => ({ cells })),
    }),
    rowCount: t.exposeInt('rowCount', { description: 'Rows in all, shown or not.' }),
    totals: t.field({
      type: [ReportCell],
      description:
        'The whole over the whole range, recomputed and never added up from rows; without a value in columns that are no measure.',
      resolve: ({ totals }): Cell[] =>
        totals.map((measured) => (measured ? { measured, value: measured.value } : { value: null })),
    }),
    definition: t.exposeString('definition', { description: 'The set of definitions, e.g. nobishiro/1.' }),
    view: t.exposeString('view', { description: 'The view that cut it, e.g. NOBISHIRO.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'Instant whose knowledge it reflects.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that answered.' }),
  }),
})

const MeasureInput = builder.inputType('MeasureInput', {
  description: 'A metric of a report.',
  fields: (t) => ({
    key: t.field({ type: MetricKey, required: true, description: 'Which.' }),
    window: t.int({ description: "Months to look back over; the metric's own default when missing." }),
  }),
})

const ReportOrder = builder.inputType('ReportOrder', {
  description: 'The order of the rows; what is not set or not defined comes last.',
  fields: (t) => ({
    column: t.string({ required: true, description: 'Name of a column.' }),
    direction: t.field({ type: OrderDirection, description: 'ASC when missing.' }),
  }),
})

const KEY_COST = 10

builder.queryField('report', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: Report,
    description:
      'Several metrics side by side, a row for each group and bucket: what a table, a chart or a spreadsheet needs.',
    authScopes: (_root, { measures }) => metricCapability(measures.map(({ key }) => key)),
    args: {
      measures: t.arg({ type: [MeasureInput], required: true, description: '1 to 20 metrics.' }),
      by: t.arg({
        type: [DimensionInput],
        description: 'A row for each combination of values, at most 1000 of them; one row when missing.',
      }),
      where: t.arg({ type: FactWhere }),
      range: t.arg({ type: DateRange, description: RANGE }),
      bucket: t.arg({ type: Bucket, description: 'A row for each bucket too; the whole range in one when missing.' }),
      orderBy: t.arg({ type: ReportOrder, description: 'The largest of the first measure first when missing.' }),
      first: t.arg.int({ description: 'Rows: up to 500 with a key, 100 with a session; 50 when missing.' }),
      currency: t.arg(currencyArg),
      asOf: t.arg(asOfArg),
      level: t.arg(levelArg),
      view: t.arg(viewArg),
    },
    complexity: ({ measures, first }) => ({ field: measures.length * (KEY_COST + (first ?? DEFAULT_PAGE)) }),
    resolve: async (
      _root,
      { measures, by, where, range, bucket, orderBy, first, currency, asOf, level, view },
      context,
    ) => {
      const places = bucketRange(range, bucket)
      const asked = { range: places, bucket, asOf }
      const facts = await factsAtLevel(context, { ...asked, level })
      const { store, scope, now } = facts
      const query = {
        scope,
        now,
        measures: measures.map(({ key, window }) => ({ key, window: window ?? undefined })),
        by: await dimensionsOf(by, context, facts, { ...asked, segmentIds: where?.segmentIds }),
        where: await factWhere(where, context, facts, { ...asked, readsThen: true }),
        range: places,
        bucket: bucket ?? undefined,
        orderBy: orderBy ? { column: orderBy.column, direction: orderBy.direction ?? undefined } : undefined,
        first: forwardPage({ first }, context.principal).limit,
        currency: currencyOf(currency),
        view: viewOf(view),
      }
      return inTurns(reporting(store, query), () => context.turn(store))
    },
  }),
)
