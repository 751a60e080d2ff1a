import { addMonths, at, monthOf } from './calendar.ts'
import { discountEnd } from './invoices.ts'
import { type Holding, type Life, NOW, PLANS } from './lives.ts'

/** Movements of a month in minor units, worked out from the lives alone: nothing of Stripe's objects, nothing of ours. */
export type Month = Record<
  'opening' | 'new' | 'reactivation' | 'expansion' | 'contraction' | 'churn' | 'closing',
  number
>

/** What a holding is worth a month at list price. */
const list = ({ plan, interval, seats }: Holding): number =>
  Math.round((PLANS[plan] * (interval === 'year' ? 10 : 12) * seats) / 12)

function worthOf(life: Life, time: number): number {
  const start = life.trialEnd ?? life.moves[0]?.at ?? 0
  const isPaused = life.paused !== null && life.paused.from <= time && time < life.paused.until
  if (time < start || (life.end !== null && time >= life.end) || isPaused) return 0
  const holding = life.moves.filter((move) => move.at <= time).at(-1)?.holding
  if (!holding) return 0
  const end = discountEnd(life)
  const isReduced = life.discount !== null && (end === null || time < end)
  const months = holding.interval === 'year' ? 10 / 12 : 1
  return isReduced
    ? halfEven(PLANS[holding.plan] * months * holding.seats * (1 - (life.discount?.percent ?? 0) / 100))
    : halfEven(PLANS[holding.plan] * months * holding.seats)
}

/** Amounts here are thirds or whole: no ties. */
const halfEven = (amount: number): number => Math.round(amount)

export function naiveMonths(lives: readonly Life[]): Map<string, Month> {
  const customers = [...new Set(lives.map(({ customer }) => customer))]
  const months = new Map<string, Month>()
  const paid = new Set<string>()
  const before = new Map<string, number>()
  for (let month = at('2024-11-01T00:00:00Z'); month < NOW; month = addMonths(month, 1)) {
    const close = Math.min(addMonths(month, 1), NOW)
    const sums: Month = { opening: 0, new: 0, reactivation: 0, expansion: 0, contraction: 0, churn: 0, closing: 0 }
    for (const customer of customers) {
      const own = lives.filter((life) => life.customer === customer)
      const [opening, closing] = [
        before.get(customer) ?? 0,
        own.reduce((sum, life) => sum + worthOf(life, close - 1), 0),
      ]
      sums.opening += opening
      sums.closing += closing
      if (opening === 0 && closing > 0) sums[paid.has(customer) ? 'reactivation' : 'new'] += closing
      else if (closing === 0) sums.churn += opening
      else if (closing > opening) sums.expansion += closing - opening
      else sums.contraction += opening - closing
      if (closing > 0) paid.add(customer)
      before.set(customer, closing)
    }
    months.set(monthOf(month), sums)
  }
  return months
}

/** MRR that changes of plan alone brought or took, at list price: what is left beside seats at the old price. */
export function naiveUpsell(lives: readonly Life[]): number {
  return lives.reduce((sum, life) => {
    const changes = life.moves.map(({ holding, at: time }, index) => {
      const was = life.moves[index - 1]?.holding
      if (!was || was.plan === holding.plan || time < (life.trialEnd ?? 0)) return 0
      const seats = halfEven((list(was) * (holding.seats - was.seats)) / was.seats)
      return list(holding) - list(was) - seats
    })
    return sum + changes.reduce((total, change) => total + change, 0)
  }, 0)
}
