import { firstDayIn } from '../facts/calendar.ts'
import type { Store } from '../facts/column-store.ts'
import { firstOf } from '../facts/first-of.ts'
import type { MonthRange } from '../facts/month.ts'
import { ExpectedError } from '../shared/errors.ts'
import { DEFINITION_VERSION } from './definition.ts'
import type { Dimension } from './dimension.ts'
import { type MeasuredGroup, measuringGroups } from './evaluate-groups.ts'
import { measuring } from './measure-all.ts'
import type { Selected } from './plan.ts'
import type { SeriesQuery } from './query.ts'
import { columnsOf } from './report-columns.ts'
import type { Report, ReportCell } from './result.ts'
import { type Asked, askedOf, type MeasureAsked } from './series.ts'
import { atOnce, type Steps } from './steps.ts'
import { daysOf, toValue } from './value.ts'
import type { Bucket } from './vocabulary.ts'

/** Groups that a report is made of, and values: more of them is a download, not a question. */
const MOST_GROUPS = 1_000
const MOST_VALUES = 100_000
const MOST_MEASURES = 20

export type ReportQuery = Omit<SeriesQuery, 'bucket' | 'compare'> & {
  measures: readonly MeasureAsked[]
  by: readonly Dimension[]
  /** One row per bucket and group; one per group when absent. */
  bucket?: Bucket | undefined
  /** By a column's name; the largest of the first measure first when absent. */
  orderBy?: { column: string; direction?: 'ASC' | 'DESC' | undefined } | undefined
  /** 50 when absent. */
  first?: number | undefined
}

/**
 * Measures by dimensions, as rows. Every row is what the same question answers with a filter that says the same, and the totals are the whole's: sums
 * are never added up twice, and ratios never averaged.
 */
export function report(store: Store, query: ReportQuery): Report {
  return atOnce(reporting(store, query, Number.POSITIVE_INFINITY))
}

/** The same in steps. */
export function* reporting(store: Store, query: ReportQuery, size?: number): Steps<Report> {
  const { measures, by, bucket, first = 50 } = query
  if (measures.length === 0 || measures.length > MOST_MEASURES)
    throw invalid('measures', `measures names ${measures.length} metrics; 1 to ${MOST_MEASURES} are accepted`)
  const settled = askedOf(store, query, measures)
  const asked = bucket === undefined ? { ...settled, measured: [settled.range] } : settled
  if (asked.periods.length === 0) throw invalid('range', 'The range holds no month')
  const columns = columnsOf(asked, query)
  const order = orderOf(columns, query.orderBy, columns.length - measures.length)
  const { range, question } = asked
  const whole = yield* measuring(question, asked.measured, asked.selected, size)
  yield
  const groups =
    by.length === 0
      ? [{ group: { keys: [], isRest: false, question }, measure: whole }]
      : (yield* measuringGroups(asked, { by, limit: { first: MOST_GROUPS, others: 'REFUSED' } }, size)).groups
  const shown = bucket === undefined ? [range] : asked.periods
  const values = groups.length * shown.length * measures.length
  if (values > MOST_VALUES)
    throw invalid(
      'by',
      `the report has ${values} values; at most ${MOST_VALUES} are accepted. Narrow where or range, or ask by less`,
    )
  const rows = groups.flatMap((group) => shown.map((period) => rowOf(asked, group, period, bucket !== undefined)))
  const places = firstOf(rows.length, Math.min(first, rows.length), (a, b) => order(rows[a]!, rows[b]!) || a - b)
  const total = ({ metric, window }: Selected) => toValue(question, metric, range, whole(metric, window, range), window)
  return {
    period: range,
    days: daysOf(question, range),
    columns,
    rows: places.map((place) => rows[place]!),
    rowCount: rows.length,
    totals: [...columns.slice(0, -measures.length).map(() => null), ...asked.selected.map(total)],
    definition: DEFINITION_VERSION,
    view: question.view.name,
    asOf: store.asOf,
    version: store.version,
  }
}

function rowOf(
  { selected }: Asked,
  { group, measure }: MeasuredGroup,
  period: MonthRange,
  isOverTime: boolean,
): ReportCell[] {
  return [
    ...group.keys.map((key) => ({ key, value: key.value })),
    ...(isOverTime ? [{ value: firstDayIn(group.question.slice.store.calendar, period.start) }] : []),
    ...selected.map(({ metric, window }) => {
      const measured = toValue(group.question, metric, period, measure(metric, window, period), window)
      return { measured, value: measured.value }
    }),
  ]
}

type Order = (a: readonly ReportCell[], b: readonly ReportCell[]) => number

/** Numbers by size, the others by what they are called; what is not defined or not set comes last either way. */
function orderOf(columns: Report['columns'], orderBy: ReportQuery['orderBy'], firstMeasure: number): Order {
  const place = orderBy ? columns.findIndex(({ name }) => name === orderBy.column) : firstMeasure
  const column = columns[place]
  if (!column) {
    const names = columns.map(({ name }) => name).join(', ')
    throw invalid('orderBy.column', `orderBy.column is "${orderBy?.column.slice(0, 60)}"; the report has ${names}`)
  }
  const sign = (orderBy?.direction ?? (orderBy ? 'ASC' : 'DESC')) === 'ASC' ? 1 : -1
  const isNumber = column.type === 'DECIMAL' || column.type === 'INTEGER'
  return (a, b) => {
    const [one, other] = [textOf(a[place]), textOf(b[place])]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    if (isNumber) return sign * (Number(one) - Number(other))
    return one === other ? 0 : one < other ? -sign : sign
  }
}

function textOf(cell: ReportCell | undefined): string | null {
  if (!cell || cell.value === null) return null
  return 'key' in cell && cell.key.dimension !== 'COHORT' ? (cell.key.label?.en ?? cell.value) : cell.value
}

const invalid = (field: string, message: string): ExpectedError => new ExpectedError('INVALID_INPUT', message, field)
