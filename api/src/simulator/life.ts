import { addMonths, DAY, monthOfYear, monthStart, officeHours, periodAt } from './calendar.ts'
import { atRise, type Contract, contract, coreOf, type Holding } from './contract.ts'
import { climate, type Habits } from './habits.ts'
import {
  addProduct,
  addSeats,
  branchHolding,
  downgrade,
  dropProduct,
  type Move,
  nextRegion,
  removeSeats,
  upgrade,
  upgradeProduct,
} from './moves.ts'
import type { Random } from './random.ts'
import { type Interval, priceKey, priceOf, RISES, risesBy } from './vendor.ts'

/** One thing that happened to a contract, and the contract after it. */
export type Step = { at: Date; kind: 'created' | 'updated' | 'deleted'; contract: Contract }

export type Arrival = {
  habits: Habits
  random: Random
  from: Date
  month: number
  region: string
  /** Percent off the first year. */
  welcome: number | null
}

/** All that happens to one customer from its arrival on, until at least `until`. More time only adds steps. */
export function lifeOf(arrival: Arrival, until: Date): Step[] {
  const life = new Life(arrival)
  life.arrive()
  for (let month = arrival.month + 1; monthStart(arrival.from, month) <= until; month++) life.live(month)
  return life.steps
}

/** Holds what a customer has right now, while its life is told month by month. */
class Life {
  readonly steps: Step[] = []
  private main: Contract | null = null
  private branch: Contract | null = null
  private contracts = 0
  /** Nothing else happens before this. */
  private busyUntil = new Date(0)
  private returnsIn: number | null = null
  private readonly arrival: Arrival

  constructor(arrival: Arrival) {
    this.arrival = arrival
  }

  arrive(): void {
    const { habits, from, month, random, welcome } = this.arrival
    const at = this.someTime(month)
    const price = priceKey(habits.plan, habits.interval, risesBy(from, at))
    const listed = this.open(at, habits.interval, [this.seats(price, habits.seats)])
    const first = welcome ? { ...listed, discount: { percent: welcome, end: addMonths(at, 12) } } : listed
    if (!habits.trial) {
      this.main = this.say('created', at, first)
      return
    }
    const trialEnd = new Date(at.getTime() + 14 * DAY)
    const trial: Contract = { ...first, status: 'trialing', trialEnd, anchor: trialEnd }
    this.say('created', at, trial)
    this.busyUntil = trialEnd
    if (habits.converts) this.main = this.say('updated', later(trialEnd, 3), { ...trial, status: 'active' })
    else this.end(trial, trialEnd, random.chance(0.5) ? later(at, 9 * DAY_SECONDS) : null)
  }

  live(month: number): void {
    const start = monthStart(this.arrival.from, month)
    if (start < this.busyUntil) return
    if (!this.main) {
      if (this.returnsIn === month) this.comeBack(month)
      return
    }
    const change = this.someTime(month)
    const renewal = this.renewalIn(month)
    const acts: { at: Date; act: () => void }[] = [{ at: change, act: () => this.change(month, change) }]
    if (renewal) acts.push({ at: renewal, act: () => this.renew(month, renewal) })
    acts.sort((a, b) => a.at.getTime() - b.at.getTime())
    for (const { act } of acts) if (this.main && this.busyUntil <= start) act()
  }

  /** At most one thing in a month, apart from renewals. */
  private change(month: number, at: Date): void {
    const { habits, random, from } = this.arrival
    const { growth, loss } = climate(month, monthOfYear(at))
    if (!this.main) return
    if (this.leaves(month, at, loss)) return
    const chance = { random, month, rise: risesBy(from, at) }
    const monthly = this.main.interval === 'month'
    const dice = random.next()
    const target = this.branch && random.chance(0.3) ? 'branch' : 'main'
    const options: readonly (readonly [number, Act])[] = [
      [0.135 * habits.momentum * growth, addSeats],
      [0.021 * growth, upgrade],
      [0.016 * growth, addProduct],
      [0.007 * growth, upgradeProduct],
      [monthly ? 0.02 * loss : 0, removeSeats],
      [monthly ? 0.0012 * loss : 0, downgrade],
      [monthly ? 0.004 * loss : 0, dropProduct],
      [0.0046 * growth, 'branch'],
      [monthly && habits.size === 'SMALL' ? 0.0012 : 0, 'pause'],
    ]
    const move = pick(options, dice)
    if (move === null) return
    if (move === 'branch') this.openBranch(at)
    else if (move === 'pause') this.pause(at)
    else {
      const held = (move === addSeats || move === removeSeats) && target === 'branch' ? this.branch : this.main
      const changed = held && move(held, chance)
      if (!changed) return
      if (held === this.branch) this.branch = this.say('updated', at, changed)
      else this.main = this.say('updated', at, changed)
    }
  }

  /** A cancellation at the period's end, or a card that fails; a yearly contract can only end with its year. */
  private leaves(month: number, at: Date, loss: number): boolean {
    const { habits, random, from } = this.arrival
    if (!this.main) return false
    const yearly = this.main.interval === 'year'
    const { end } = periodAt(this.main.anchor, yearly ? 12 : 1, at)
    const ends = end >= monthStart(from, month + 1) && end < monthStart(from, month + 2)
    if (yearly && !ends) return false
    if (!random.chance(habits.leaving * loss * (yearly ? 11 : 1))) return false
    const fails = !yearly && habits.size === 'SMALL' && random.chance(0.25)
    if (fails) {
      const late = this.say('updated', later(end, 3600), { ...this.main, status: 'past_due' })
      this.end(late, later(end, 21 * DAY_SECONDS), null)
    } else {
      this.end(this.main, end, at)
    }
    this.returnsIn = random.chance(0.22) ? month + random.whole(4, 9) : null
    return true
  }

  private renewalIn(month: number): Date | null {
    if (!this.main) return null
    const start = monthStart(this.arrival.from, month)
    const end = monthStart(this.arrival.from, month + 1)
    const length = this.main.interval === 'year' ? 12 : 1
    const period = periodAt(this.main.anchor, length, new Date(end.getTime() - 1000))
    return period.start >= start && period.start > this.main.anchor ? later(period.start, 65) : null
  }

  /** Yearly contracts meet the new prices at their renewal, monthly ones when the vendor moves them; few keep the old ones. */
  private renew(month: number, at: Date): void {
    const { habits, random, from } = this.arrival
    if (!this.main) return
    const rise = risesBy(from, at)
    const behind = priceOf(coreOf(this.main).price).rise < rise
    const after = month - (RISES[rise - 1]?.month ?? 0)
    const yearly = this.main.interval === 'year'
    const raises = behind && (yearly || habits.acceptsRise[rise - 1] === after)
    let next = raises ? risen(this.main, rise) : this.main
    const { growth, loss } = climate(month, monthOfYear(at))
    const chance = { random, month, rise }
    if (yearly && random.chance(0.17 * loss)) next = removeSeats(next, chance) ?? next
    else if (yearly && random.chance(0.22 * growth * habits.momentum)) next = addSeats(next, chance) ?? next
    if (next !== this.main) this.main = this.say('updated', at, next)
    if (raises && this.branch) this.branch = this.say('updated', later(at, 30), risen(this.branch, rise))
  }

  private openBranch(at: Date): void {
    if (!this.main || this.branch || coreOf(this.main).quantity < 12) return
    const { random, region } = this.arrival
    const holding = branchHolding(this.main, nextRegion(region, random), random)
    this.branch = this.say('created', at, this.open(at, this.main.interval, [holding]))
  }

  private pause(at: Date): void {
    if (!this.main || this.branch) return
    const resumes = addMonths(at, this.arrival.random.whole(1, 3))
    this.say('updated', at, { ...this.main, paused: true })
    this.main = this.say('updated', resumes, { ...this.main, paused: false })
    this.busyUntil = resumes
  }

  private comeBack(month: number): void {
    const { habits, random, from } = this.arrival
    const at = this.someTime(month)
    const price = priceKey(habits.plan, 'month', risesBy(from, at))
    const seats = Math.max(2, Math.round(habits.seats * random.between(0.7, 1.2)))
    this.main = this.say('created', at, this.open(at, 'month', [this.seats(price, seats)]))
  }

  /** Ends all contracts at once; asked for beforehand where `request` says when. */
  private end(main: Contract, endedAt: Date, request: Date | null): void {
    const asked = request
      ? this.say('updated', request, { ...main, cancelAtPeriodEnd: true, canceledAt: request })
      : main
    const over = { status: 'canceled', endedAt, canceledAt: asked.canceledAt ?? endedAt } as const
    this.say('deleted', later(endedAt, 2), { ...asked, ...over })
    if (this.branch) this.say('deleted', later(endedAt, 5), { ...this.branch, ...over, canceledAt: endedAt })
    this.main = null
    this.branch = null
    this.busyUntil = later(endedAt, 60)
  }

  private say(kind: Step['kind'], at: Date, contract: Contract): Contract {
    this.steps.push({ at, kind, contract })
    return contract
  }

  private open(at: Date, interval: Interval, holdings: Holding[]): Contract {
    this.contracts++
    return contract(String(this.contracts), interval, at, holdings)
  }

  private seats(price: string, quantity: number): Holding {
    return { slot: 'core', price, quantity, region: this.arrival.region }
  }

  private someTime(month: number): Date {
    const { from, random } = this.arrival
    return officeHours(monthStart(from, month), random.whole(1, 26), random.whole(0, 9 * 3600 - 1))
  }
}

/** What may happen in a month. */
type Act = Move | 'branch' | 'pause'

/** The option that the dice, from 0 to 1, fall on; null beyond the last. */
function pick(options: readonly (readonly [number, Act])[], dice: number): Act | null {
  let below = 0
  for (const [probability, act] of options) {
    below += probability
    if (dice < below) return act
  }
  return null
}

const DAY_SECONDS = DAY / 1000

function later(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000)
}

function risen(held: Contract, rise: number): Contract {
  return { ...held, holdings: held.holdings.map((holding) => atRise(holding, rise)) }
}
