import { naiveAccounts, naiveMovements } from '../../facts/testing/naive.ts'
import type { PlainQuestion } from './plain.ts'

/** Spend and margins once more, over plain rows. */
type Costs = { grossMargin?: string | null; lag?: number; expansionShare?: Record<string, string> }

const costsOf = ({ ledger }: PlainQuestion) => (ledger.costs ?? {}) as Costs // of the random ledgers

/** The gross margin as a fraction; nothing where none is set. */
export function plainMargin(question: PlainQuestion): [number, number] {
  const said = costsOf(question).grossMargin ?? null
  if (said === null) return [0, 1]
  return [Number(said.replace('.', '')), 10 ** (said.split('.')[1]?.length ?? 0)]
}

export function plainSpend(question: PlainQuestion, side: 'expansion' | 'new'): number {
  const { ledger, scope, where, start, end } = question
  const { lag = 0, expansionShare = {} } = costsOf(question)
  const isOfItems = where.region ?? where.planId ?? where.productId ?? where.currency
  const isWhole = !isOfItems && naiveAccounts(ledger, scope, where).length === ledger.accounts.length
  if (!isWhole) return 0
  let sum = 0
  for (const { month, category, amountMinor } of ledger.spend ?? []) {
    if (month + lag < start || month + lag >= end) continue
    const share = expansionShare[category] ?? { expansion: '1', new: '0' }[category]
    if (share === undefined) continue
    // Whole thousandths of the random ledgers; half to even.
    const thousandths = Number(amountMinor) * Math.round(Number(share) * 1000)
    const floor = Math.floor(thousandths / 1000)
    const rest = thousandths - floor * 1000
    const expansion = rest > 500 || (rest === 500 && floor % 2 === 1) ? floor + 1 : floor
    sum += side === 'expansion' ? expansion : Number(amountMinor) - expansion
  }
  return sum
}

export const plainGained = ({ ledger, scope, where, start, end }: PlainQuestion, kind: 'NEW' | 'EXPANSION'): number =>
  naiveMovements(ledger, scope, where, start, end)
    .filter((movement) => movement.kind === kind)
    .reduce((sum, { change }) => sum + change, 0)
