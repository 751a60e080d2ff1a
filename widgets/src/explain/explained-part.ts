import type { Explanation } from '@nobishiro/sdk'
import type { ExplainPart } from './part.ts'

/** The list that can be shown: movements or spans, and of these the parts of a bridge only where there is one. */
export function partOf({ landsOn, bridge }: Explanation, chosen: ExplainPart): ExplainPart {
  if (landsOn === null) return chosen === 'denominator' ? chosen : 'movements'
  return bridge ? chosen : 'effect'
}
