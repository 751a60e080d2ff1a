import { expansionStrategies } from '../facts/kind.ts'
import type { StrategyPart } from './chart-result.ts'

/** The parts that are not zero, in the order of the strategies. */
export function strategyParts(byCode: readonly number[]): StrategyPart[] {
  return expansionStrategies.flatMap((strategy, code) => {
    const minor = byCode[code] ?? 0
    return minor === 0 ? [] : [{ strategy, minor: BigInt(minor) }]
  })
}
