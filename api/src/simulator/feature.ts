import { DAY } from './calendar.ts'
import { atRise, coreOf, type Holding, withHolding } from './contract.ts'
import type { Step } from './life.ts'
import type { Random } from './random.ts'
import { priceKey, priceOf } from './vendor.ts'

/** Customers of this size ask for central sign-on. */
const LARGE = 30

/** A customer's life in which the paid feature is switched on at some time, and kept: Hibiki Sign-on, an add-on. */
export function withFeature(steps: readonly Step[], { random, launched }: { random: Random; launched: Date }): Step[] {
  const wants = random.chance(0.45)
  const wait = random.whole(3, 500) * DAY
  const first = steps.find(
    ({ at, contract }) => at >= launched && contract.key === '1' && coreOf(contract).quantity >= LARGE,
  )
  if (!wants || !first) return [...steps]
  const at = new Date(first.at.getTime() + wait)
  const before = steps.filter((step) => step.contract.key === '1' && step.at < at).at(-1)
  if (before?.contract.status !== 'active' || before.contract.paused || before.contract.canceledAt) return [...steps]
  const held = (step: Step): Step => ({ ...step, contract: withHolding(step.contract, signOn(step)) })
  const earlier = steps.filter((step) => step.at < at)
  const later = steps.filter((step) => step.at >= at)
  const switchedOn = held({ at, kind: 'updated', contract: before.contract })
  return [...earlier, switchedOn, ...later.map((step) => (step.contract.key === '1' ? held(step) : step))]
}

/** Sold by workspace, at the price list that the seats are on. */
function signOn({ contract }: Step): Holding {
  const core = coreOf(contract)
  const holding = {
    slot: 'sign-on',
    price: priceKey('sign-on', contract.interval, 0),
    quantity: 1,
    region: core.region,
  }
  return atRise(holding, priceOf(core.price).rise)
}
