import { monthStart, officeHours } from './calendar.ts'
import { type Contract, contract, coreOf, withHolding } from './contract.ts'
import type { Step } from './life.ts'
import { priceKey } from './vendor.ts'

/** A group whose departments each signed a contract of their own: the account above them holds none. */
export const GROUP = { key: 'aobadai', name: 'Aobadai Group', industry: 'Property', country: 'JP' } as const

/** Departments in the order in which they came: seats by month. The first shows the way; the others follow. */
export const DEPARTMENTS = [
  {
    key: 'aobadai-sales',
    name: 'Aobadai Sales',
    department: 'Sales',
    plan: 'team',
    seats: [
      [3, 12],
      [9, 18],
      [21, 26],
    ],
  },
  {
    key: 'aobadai-construction',
    name: 'Aobadai Construction',
    department: 'Construction',
    plan: 'team',
    seats: [
      [14, 20],
      [22, 31],
      [30, 36],
    ],
  },
  {
    key: 'aobadai-leasing',
    name: 'Aobadai Leasing',
    department: 'Leasing',
    plan: 'business',
    seats: [
      [24, 15],
      [31, 24],
    ],
  },
] as const

export function departmentLife(from: Date, { plan, seats }: (typeof DEPARTMENTS)[number]): Step[] {
  const steps: Step[] = []
  let held: Contract | undefined
  for (const [month, quantity] of seats) {
    const at = officeHours(monthStart(from, month), 6, 4200 + month * 300)
    const kind = held ? 'updated' : 'created'
    held ??= contract('1', 'month', at, [{ slot: 'core', price: priceKey(plan, 'month', 0), quantity, region: 'JP' }])
    held = withHolding(held, { ...coreOf(held), quantity })
    steps.push({ at, kind, contract: held })
  }
  return steps
}
