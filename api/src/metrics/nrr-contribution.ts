import { MONTHS } from '../facts/calendar.ts'
import type { Store } from '../facts/column-store.ts'
import { type Contributions, contributionsOf } from '../facts/contributions.ts'
import type { NrrContribution } from './chart-result.ts'
import { standingOf } from './completeness.ts'
import { divide } from './decimal.ts'
import { defaultRange } from './default-range.ts'
import { DEFINITION_VERSION } from './definition.ts'
import { withHistory } from './measure-all.ts'
import { nrr } from './nrr/nrr.ts'
import { checkRange } from './periods.ts'
import type { NrrContributionQuery } from './query.ts'
import { type Question, settle } from './question.ts'
import { type NrrPartKey, nrrPartKeys, type UndefinedReason } from './vocabulary.ts'
import { windowOf } from './window.ts'

/**
 * What NRR is made of, month by month: the cohort's changes by strategy in the months of the window, and what left and came back, at the
 * rates of the opening. As shares of the opening they add to NRR - 1 exactly.
 */
export function nrrContribution(store: Store, query: NrrContributionQuery): NrrContribution {
  const question = settle(store, query)
  const { start, end } = checkRange(query.range ?? defaultRange(store, query.now))
  const window = windowOf(nrr, query.window) ?? nrr.windows[0]
  const months = Array.from({ length: end - start }, (_, place) => start + place)
  const spans = months.map((closing) => ({ opening: closing - window, closing }))
  const sums = contributionsOf(question.slice, spans)
  const found = sums.map((one, place) => settled(question, one, start + place - window))
  const keys = nrrPartKeys.filter(
    (key) => key !== 'TRANSFER' || found.some(({ amounts }) => (amounts?.[key] ?? 0n) !== 0n),
  )
  return {
    months,
    window,
    currency: question.currency,
    parts: keys.map((key) => ({
      key,
      minor: found.map(({ amounts }) => amounts?.[key] ?? null),
      share: found.map(({ amounts, opening, reason }) => (amounts && !reason ? divide(amounts[key], opening) : null)),
    })),
    opening: found.map(({ amounts, opening }) => amounts && opening),
    nrr: found.map(({ amounts, opening, reason }) => {
      const change = Object.values(amounts ?? {}).reduce((sum, amount) => sum + amount, 0n)
      return amounts && !reason ? divide(opening + change, opening) : null
    }),
    reason: found.map(({ reason }) => reason),
    completeness: spans.map(({ opening, closing }) => {
      const behind = Array.from({ length: closing - opening + 1 }, (_, place) => opening + place)
      return standingOf(question, behind, 'PART').completeness
    }),
    definition: DEFINITION_VERSION,
    asOf: store.asOf,
    version: store.version,
  }
}

type Settled = { opening: bigint; amounts: Record<NrrPartKey, bigint> | null; reason: UndefinedReason | null }

function settled(question: Question, sums: Contributions, openingMonth: number): Settled {
  const { strategies, churn, reactivation, transfer, opening } = sums
  const changes = [...strategies, churn, reactivation, transfer]
  if ([opening, ...changes].some(Number.isNaN)) return { opening: 0n, amounts: null, reason: 'NO_RATE' }
  const named = nrrPartKeys.map((key, place) => [key, BigInt(changes[place] ?? 0)])
  const amounts = Object.fromEntries(named) as Record<NrrPartKey, bigint> // strategies first, as the keys are
  const base: { undefinedBecause?: UndefinedReason } = opening === 0 ? { undefinedBecause: 'NO_OPENING_MRR' } : {}
  const reason = withHistory(question, base, MONTHS.closeOf(openingMonth)).undefinedBecause ?? null
  return { opening: BigInt(opening), amounts, reason }
}
