import { rational, roundHalfEven } from '../shared/rational.ts'
import type { HeldLine } from './held.ts'
import { reasonOf } from './reason.ts'
import { shareOut } from './share-out.ts'

export const STRATEGIES = ['UPSELL', 'CROSS_SELL', 'SEAT', 'USAGE', 'GEOGRAPHIC', 'FEATURE', 'CONTRACT_VALUE'] as const
export type Strategy = (typeof STRATEGIES)[number]

/** One line of the account before and after a day; an absent side is null. */
export type LineChange = { before: HeldLine | null; after: HeldLine | null }

/** A part of a change of one item's level, with the rule that named it. */
export type Part = {
  change: LineChange
  amount: bigint
  seats: number
  strategy: Strategy
  rule: number
  reason: string | null
}

type Lines = ReadonlyMap<string, HeldLine>

/** Splits all that changed for an account on one day into parts that sum to the change of each item exactly. */
export function classify(before: Lines, after: Lines): Part[] {
  const groups = new Map<string, LineChange[]>()
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const change = { before: before.get(key) ?? null, after: after.get(key) ?? null }
    if (levelOf(change.before) === levelOf(change.after) && seatsOf(change.before) === seatsOf(change.after)) continue
    const { product, region, currency } = lineOf(change)
    const group = [product, region, currency].join('\n')
    groups.set(group, [...(groups.get(group) ?? []), change])
  }
  return [...groups.keys()].sort().flatMap((group) => classifyGroup(groups.get(group) ?? [], before, after))
}

/** The rules in order, for the changed lines of one product in one region. */
function classifyGroup(changes: LineChange[], before: Lines, after: Lines): Part[] {
  const metered = changes.filter((change) => lineOf(change).kind === 'METERED')
  const addOns = changes.filter((change) => lineOf(change).kind === 'ADD_ON')
  const plans = changes.filter((change) => lineOf(change).kind === 'LICENCE')
  return [
    ...metered.map((change) => whole(change, 'USAGE', 2)),
    ...addOns.map((change) => whole(change, 'FEATURE', 3)),
    ...classifyPlans(plans, before, after),
  ]
}

function classifyPlans(changes: LineChange[], before: Lines, after: Lines): Part[] {
  const [first] = changes
  if (!first) return []
  const { product, region } = lineOf(first)
  const holds = (lines: Lines, here: boolean) =>
    [...lines.values()].some((line) => line.product === product && (!here || line.region === region))
  if (!holds(before, false) || !holds(after, false)) return changes.map((change) => whole(change, 'CROSS_SELL', 4))
  if (!holds(before, true) || !holds(after, true)) return changes.map((change) => whole(change, 'GEOGRAPHIC', 5))
  if (isExchange(changes)) return compare(changes)
  return changes.flatMap((change) => (change.before && change.after ? compare([change]) : [whole(change, 'SEAT', 6)]))
}

/** Lines going down stand against lines going up: seats moved between them. Otherwise each is compared with itself. */
function isExchange(changes: LineChange[]): boolean {
  return (
    changes.some((change) => heldOf(change.after) < heldOf(change.before)) &&
    changes.some((change) => heldOf(change.after) > heldOf(change.before))
  )
}

/** Rules 7 to 9: the seat part at the old unit price, the rest by plan, price or term. */
function compare(changes: LineChange[]): Part[] {
  const was = sum(changes, 'before')
  const is = sum(changes, 'after')
  const ranksDiffer = was.rank * is.quantity !== is.rank * was.quantity
  if (!ranksDiffer && isOnePrice(changes)) return changes.map((change) => whole(change, 'SEAT', 8))
  const seatParts = splitSeats(changes, was, is)
  return changes.flatMap((change, index) => {
    const seat = seatParts[index] ?? 0n
    const rest = levelOf(change.after) - levelOf(change.before) - seat
    const seats = seatsOf(change.after) - seatsOf(change.before)
    const rule = ranksDiffer ? 7 : 9
    const reason = ranksDiffer ? null : reasonOf(changes, change)
    const parts: Part[] = []
    if (seat !== 0n || seats !== 0) parts.push({ change, amount: seat, seats, strategy: 'SEAT', rule, reason: null })
    if (rest !== 0n)
      parts.push({ change, amount: rest, seats: 0, strategy: ranksDiffer ? 'UPSELL' : 'CONTRACT_VALUE', rule, reason })
    return parts
  })
}

/** p0 x q1 - m0 of each line; together p0 x (q1 - q0), rounded half-even once. */
function splitSeats(changes: LineChange[], was: Side, is: Side): bigint[] {
  if (was.quantity === 0n) return changes.map(() => 0n)
  const total = roundHalfEven(rational(was.level * (is.quantity - was.quantity), was.quantity)) + was.level
  const shares = shareOut(
    total,
    changes.map((change) => heldOf(change.after)),
  )
  return changes.map((change, index) => (shares[index] ?? 0n) - levelOf(change.before))
}

type Side = { quantity: bigint; level: bigint; rank: bigint }

function sum(changes: LineChange[], side: 'before' | 'after'): Side {
  const total = { quantity: 0n, level: 0n, rank: 0n }
  for (const change of changes) {
    const line = change[side]
    if (!line) continue
    total.quantity += BigInt(line.quantity)
    total.level += line.level
    total.rank += BigInt(line.rank) * BigInt(line.quantity)
  }
  return total
}

/** One price on both sides, paid on both sides: its quantity tiers or volume prices explain any unit price. */
function isOnePrice(changes: LineChange[]): boolean {
  const lines = changes.flatMap(({ before, after }) => [before, after].filter((line) => line !== null))
  const [first] = lines
  return (
    first !== undefined &&
    first.price !== null &&
    lines.every(
      (line) =>
        line.source === first.source &&
        line.price === first.price &&
        line.discounts === first.discounts &&
        line.level > 0n,
    )
  )
}

function whole(change: LineChange, strategy: Strategy, rule: number): Part {
  return {
    change,
    amount: levelOf(change.after) - levelOf(change.before),
    seats: seatsOf(change.after) - seatsOf(change.before),
    strategy,
    rule,
    reason: reasonOf([change], change, true),
  }
}

const levelOf = (line: HeldLine | null): bigint => line?.level ?? 0n
const seatsOf = (line: HeldLine | null): number => line?.seats ?? 0
const heldOf = (line: HeldLine | null): bigint => BigInt(line?.quantity ?? 0)

/** The line that a part stands on: as it is after, or as it was. */
export function lineOf({ before, after }: LineChange): HeldLine {
  const line = after ?? before
  if (!line) throw new RangeError('A change has neither a line before nor after')
  return line
}
