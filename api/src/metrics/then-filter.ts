import type { FactWhere } from '../facts/slice.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Dimension } from './dimension.ts'
import type { Metric } from './metric.ts'

/** Refuses attributes as they were at the time where a metric is not read from closes, which accounts come and go between. */
export function checkThen(
  metrics: readonly Metric[],
  where: FactWhere | undefined,
  by: readonly Dimension[] = [],
): void {
  const field = fieldOf(where, by)
  const other = field && metrics.find(({ needs }) => needs === 'sums')
  if (!other) return
  const message = `${field}: THEN does not apply to ${other.key}; ask with NOW, or a metric of movements, levels or retention`
  throw new ExpectedError('INVALID_INPUT', message, field)
}

function fieldOf(where: FactWhere | undefined, by: readonly Dimension[]): string | undefined {
  const place = where?.attributes?.findIndex(({ at }) => at === 'THEN') ?? -1
  if (place >= 0) return `where.attributes[${place}].at`
  const dimension = by.findIndex((one) => one.kind === 'ATTRIBUTE' && one.at === 'THEN')
  return dimension < 0 ? undefined : `by[${dimension}].at`
}
