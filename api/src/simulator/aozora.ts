import { monthStart, officeHours, periodAt } from './calendar.ts'
import { type Contract, contract, coreOf, type Holding, withHolding } from './contract.ts'
import type { Step } from './life.ts'
import { priceKey, risesBy } from './vendor.ts'

/** Steps of the demo's story by month: three seats for one shop become fifty in two countries. */
const STORY = [
  { month: 4, seats: 5 },
  { month: 7, seats: 8 },
  { month: 10, plan: 'team', seats: 12 },
  { month: 14, renewal: true },
  { month: 16, seats: 17 },
  { month: 20, seats: 22 },
  { month: 23, plan: 'business', seats: 28 },
  { month: 27, renewal: true },
  { month: 29, seats: 33 },
  { month: 34, seats: 40 },
] as const

/** The office in Singapore: seats in another region, on a contract of its own. */
const BRANCH = { month: 31, region: 'SG', seats: 10 } as const

/** The account that the demo's story is about. The same every time. */
export function aozoraLife(from: Date): Step[] {
  const arrived = officeHours(monthStart(from, 1), 9, 5400)
  const seats = (plan: string, quantity: number): Holding => ({
    slot: 'core',
    price: priceKey(plan, 'month', 0),
    quantity,
    region: 'JP',
  })
  let held = contract('1', 'month', arrived, [seats('starter', 3)])
  const steps: Step[] = [{ at: arrived, kind: 'created', contract: held }]
  for (const scene of STORY) {
    held = withHolding(held, after(held, scene, from))
    steps.push({ at: timeOf(held, scene, from), kind: 'updated', contract: held })
  }
  const opened = officeHours(monthStart(from, BRANCH.month), 18, 7200)
  const abroad = { ...coreOf(held), region: BRANCH.region, quantity: BRANCH.seats }
  steps.push({ at: opened, kind: 'created', contract: contract('2', 'month', opened, [abroad]) })
  return steps
}

type Scene = { month: number; seats?: number; plan?: string; renewal?: boolean }

/** The two scenes without seats are renewals at the prices of that day. */
function after(held: Contract, scene: Scene, from: Date): Holding {
  const core = coreOf(held)
  const [plan = 'starter', , rise = '0'] = core.price.split('/')
  const paid = scene.renewal ? risesBy(from, monthStart(from, scene.month)) : Number(rise)
  return { ...core, price: priceKey(scene.plan ?? plan, 'month', paid), quantity: scene.seats ?? core.quantity }
}

function timeOf(held: Contract, scene: Scene, from: Date): Date {
  if (!scene.renewal) return officeHours(monthStart(from, scene.month), 12, 3600 + scene.month * 600)
  const { start } = periodAt(held.anchor, 1, new Date(monthStart(from, scene.month + 1).getTime() - 1000))
  return new Date(start.getTime() + 65_000)
}
