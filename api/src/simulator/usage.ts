import { dayOf, monthStart } from './calendar.ts'
import { coreOf } from './contract.ts'
import type { Step } from './life.ts'
import { randomOf } from './random.ts'
import { billedRuns, holdsRuns, RUNS } from './runs.ts'
import { customersOf, type Span } from './simulate.ts'
import { stripeObjects } from './stripe-objects.ts'

export const USAGE_COLUMNS = 'id,account_id,metric,date,quantity'

/** One measurement of one account, taken on the last day of a month. */
export type UsageRow = {
  id: string
  account: string
  /** Seats that are active or assigned; else a meter's id, for what was used beyond what is included. */
  metric: string
  day: string
  quantity: number
}

/** What the vendor's product measured in each complete month: who is assigned a seat, who uses it, and runs that are billed. */
export function usageByMonth(span: Span): { month: string; rows: UsageRow[] }[] {
  const meter = stripeObjects(span.seed).meterId(RUNS)
  const people = customersOf(span).map((customer) => ({
    customer,
    adoption: adoptionOf(span.seed, customer.key),
    billed: billedRuns(randomOf(span.seed, `billed ${customer.key}`)),
  }))
  const months: { month: string; rows: UsageRow[] }[] = []
  for (let month = 0; monthStart(span.from, month + 1) <= span.until; month++) {
    const end = monthStart(span.from, month + 1)
    const day = dayOf(new Date(end.getTime() - 1000))
    const rows = people.flatMap(({ customer, adoption, billed }) => {
      const used = adoption(purchasedAt(customer.steps, end))
      if (!used) return []
      const runs = customer.steps.filter(({ at, contract }) => at < end && contract.key === '1').at(-1)
      const row = (metric: UsageRow['metric'], quantity: number): UsageRow => ({
        id: `${customer.id}-${metric}-${day}`,
        account: customer.id,
        metric,
        day,
        quantity,
      })
      const seats = [row('active_seats', used.active), row('assigned_seats', used.assigned)]
      return runs && holdsRuns(runs) ? [...seats, row(meter, billed(runs))] : seats
    })
    months.push({ month: day.slice(0, 7), rows })
  }
  return months
}

/** The rows as a CSV file. */
export function usageCsv(rows: readonly UsageRow[]): string {
  const lines = rows.map(({ id, account, metric, day, quantity }) => [id, account, metric, day, quantity].join(','))
  return `${[USAGE_COLUMNS, ...lines].join('\n')}\n`
}

/** Seats of Core that are paid for right before an instant, in all regions. */
export function purchasedAt(steps: readonly Step[], instant: Date): number {
  const last = new Map<string, Step>()
  for (const step of steps) if (step.at < instant) last.set(step.contract.key, step)
  return [...last.values()]
    .filter(({ contract }) => ['active', 'past_due'].includes(contract.status) && !contract.paused)
    .reduce((seats, { contract }) => seats + coreOf(contract).quantity, 0)
}

/** New seats fill up over some months: called once for each month, with what is purchased. */
function adoptionOf(seed: string, key: string): (purchased: number) => { active: number; assigned: number } | null {
  const random = randomOf(seed, `usage ${key}`)
  const habit = random.between(0.76, 0.95)
  const pace = random.between(0.4, 0.7)
  let share = 0.7
  let seats = 0
  return (purchased) => {
    const mood = random.between(-0.03, 0.03)
    // Added seats start empty; the share of active ones is that of all seats.
    if (purchased > seats && seats > 0) share = (share * seats + 0.45 * share * (purchased - seats)) / purchased
    if (purchased > 0 && seats === 0) share = 0.7
    seats = purchased
    if (purchased === 0) return null
    share = Math.min(0.95, Math.max(0.7, share + (habit - share) * pace + mood))
    const active = Math.min(purchased, Math.max(1, Math.floor(purchased * share)))
    return { active, assigned: Math.min(purchased, active + Math.ceil((purchased - active) * 0.6)) }
  }
}
