import type { FactWhere } from '../facts/slice.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Metric } from './metric.ts'

/** Refuses a filter by strategy where a metric is not of the flows that carry them: dividing what it counts by strategy means nothing. */
export function checkStrategies(metrics: readonly Metric[], where: FactWhere | undefined): void {
  if (!where?.strategy) return
  for (const metric of metrics) if (!metric.byStrategy) throw refusal('where.strategy', metric)
}

/** Why a metric cannot be asked by strategy, and what can. */
export function refusal(field: string, { key, needs }: Metric): ExpectedError {
  const message =
    needs === 'spans'
      ? `${field} does not apply to ${key}, which compares what accounts pay at two closes; nrrContribution says what each strategy added to it`
      : `${field} does not apply to ${key}; it applies to expansion, contraction and their rates`
  return new ExpectedError('INVALID_INPUT', message, field)
}

/** For answers that show every strategy beside the others, or none. */
export function refuseStrategies(answer: string, where: FactWhere | undefined): void {
  if (!where?.strategy) return
  const message = `where.strategy does not apply to ${answer}; ask the metrics expansion and contraction, or strategyMix without it`
  throw new ExpectedError('INVALID_INPUT', message, 'where.strategy')
}
