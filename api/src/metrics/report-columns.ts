import { ExpectedError } from '../shared/errors.ts'
import type { Dimension } from './dimension.ts'
import { dimensionLabels, periodLabel } from './labels.ts'
import type { Selected } from './plan.ts'
import type { ReportColumn } from './result.ts'
import type { Asked, MeasureAsked } from './series.ts'
import type { Bucket, ColumnType, MetricUnit } from './vocabulary.ts'

const typeOf: Record<MetricUnit, ColumnType> = {
  MONEY: 'DECIMAL',
  RATIO: 'DECIMAL',
  MULTIPLE: 'DECIMAL',
  COUNT: 'INTEGER',
  NUMBER: 'DECIMAL',
}

/** Columns of a report: dimensions in their order, the time where there is one, then the measures. */
export function columnsOf(
  { selected, question }: Asked,
  {
    by,
    bucket,
    measures,
  }: { by: readonly Dimension[]; bucket?: Bucket | undefined; measures: readonly MeasureAsked[] },
): ReportColumn[] {
  const columns = [
    ...by.map(ofDimension),
    ...(bucket === undefined ? [] : [plain('period', periodLabel, 'DATE')]),
    ...selected.map((one, place) => ofMeasure(one, measures[place]?.window !== undefined, question.currency)),
  ]
  const names = columns.map(({ name }) => name)
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice === undefined) return columns
  throw new ExpectedError('INVALID_INPUT', `measures names ${twice} twice`, 'measures')
}

const plain = (name: string, label: ReportColumn['label'], type: ColumnType): ReportColumn => ({
  name,
  label,
  type,
  unit: null,
  currency: null,
})

function ofDimension(dimension: Dimension): ReportColumn {
  const { kind } = dimension
  if (kind === 'ATTRIBUTE') return plain(`attribute.${dimension.key}`, { en: dimension.key, ja: dimension.key }, 'TEXT')
  return plain(kind.toLowerCase(), dimensionLabels[kind], kind === 'COHORT' ? 'DATE' : 'TEXT')
}

/** A window that was asked for is part of the name: `nrr.3`. */
function ofMeasure({ metric, window }: Selected, isWindowAsked: boolean, currency: string): ReportColumn {
  return {
    name: isWindowAsked && window !== null ? `${metric.key}.${window}` : metric.key,
    label: metric.label,
    type: typeOf[metric.unit],
    unit: metric.unit,
    currency: metric.unit === 'MONEY' ? currency : null,
  }
}
