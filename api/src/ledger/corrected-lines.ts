import type { Corrections, Reclassification } from '../ingest/people/in-force.ts'
import type { CatalogMapping } from './catalog.ts'
import type { History } from './history.ts'
import { accountLines, type Line, withStrategy } from './lines.ts'
import type { Recognition } from './recognition.ts'
import type { Strategy } from './strategy.ts'

type Context = {
  timeZone: string
  mapping: CatalogMapping
  corrections: Corrections
  recognition: Recognition
}

/** The lines of an account as people have corrected them. Pure: same input, same lines. */
export function correctedLines(
  account: string,
  history: readonly History[],
  { timeZone, mapping, corrections, recognition }: Context,
): Line[] {
  const lines = accountLines(account, counted(account, history, corrections), timeZone, mapping, recognition)
  const decisions = corrections.reclassificationsOf(account)
  return decisions.length === 0 ? lines : lines.map((line) => decisions.reduce(reclassify, line))
}

/** What counts of an account's history: nothing while it is excluded. */
export const counted = (account: string, history: readonly History[], corrections: Corrections): readonly History[] =>
  corrections.isExcluded(account) ? [] : history

function reclassify(line: Line, { month, from, to, correction, by, reason }: Reclassification): Line {
  if (line.effectiveDay.slice(0, 7) !== month || line.strategy === to) return line
  if (from !== null && !from.includes(line.strategy)) return line
  const evidence = { ...line.evidence, correction, correctedBy: by, correctedBecause: reason, ruled: line.strategy }
  // A CHECK constraint and the commands that take it hold the name.
  return withStrategy({ ...line, evidence }, to as Strategy)
}
