import { naiveLevels, naiveLogoChurn, naiveMovements, naiveSeats, naiveSpans } from '../../facts/testing/naive.ts'
import type { MetricKey } from '../registry.ts'
import type { PlainQuestion } from './plain.ts'

/** Numerator and denominator of each metric, by the plain definitions. */
export function naiveTerms({ ledger, scope, where, start, end, window }: PlainQuestion) {
  const movements = naiveMovements(ledger, scope, where, start, end)
  const flow = (kind: string) => {
    const changes = movements.filter((movement) => movement.kind === kind).map((movement) => movement.change)
    return (kind === 'CONTRACTION' || kind === 'CHURN' ? -1 : 1) * changes.reduce((a, b) => a + b, 0)
  }
  const opening = naiveLevels(ledger, scope, where, start - 1)
  const closing = naiveLevels(ledger, scope, where, end - 1)
  const spans = naiveSpans(ledger, scope, where, end - 1 - window, end - 1)
  const [gained, grown, shrunk, lost, back] = ['NEW', 'EXPANSION', 'CONTRACTION', 'CHURN', 'REACTIVATION'].map(
    flow,
  ) as [number, number, number, number, number]
  const logos = naiveLogoChurn(ledger, scope, where, start, end)
  return {
    mrr: [closing.mrr],
    committedMrr: [closing.mrr],
    trialMrr: [0],
    arr: [closing.mrr * 12],
    arpa: [closing.mrr, closing.accounts],
    seats: [naiveSeats(ledger, scope, where, end - 1)],
    new: [gained],
    expansion: [grown],
    contraction: [shrunk],
    churn: [lost],
    reactivation: [back],
    fx: [0],
    nrr: [spans.closing, spans.opening],
    grr: [spans.kept, spans.opening],
    expansionRate: [grown, opening.mrr],
    contractionRate: [shrunk, opening.mrr],
    revenueChurnRate: [lost, opening.mrr],
    logoChurnRate: [logos.lost, logos.open],
    netMrrChurnRate: [shrunk + lost - grown, opening.mrr],
    quickRatio: [gained + grown, shrunk + lost],
    expansionShare: [grown, gained + grown + back],
  } satisfies Partial<Record<MetricKey, number[]>>
}
