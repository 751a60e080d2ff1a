import { add, floorDivide, type Rational, rational } from '../shared/rational.ts'
import { expansionStrategies } from './kind.ts'
import type { Month } from './month.ts'
import { rowInSlice, type Slice } from './slice.ts'
import { isOf, type When } from './when.ts'

const otherwise = expansionStrategies.indexOf('CONTRACT_VALUE')
/** Rounding both ends of a change moves it by less. */
const ROUNDING = 2

export type ConvertedParts = {
  /** By strategy code; they sum to the change. */
  parts: number[]
  /** Without their signs, in all and on plans whose mapping is confirmed. */
  absolute: number
  confirmed: number
}

/** A movement's parts where amounts are converted: at the previous close's rates unless said, rounded with the largest remainder. */
export function convertedParts(
  slice: Slice,
  account: number,
  when: When,
  change: number,
  ratesOf: Month = when.month - 1,
): ConvertedParts {
  const { changes, plans } = slice.store
  const alone = loneStrategy(slice, account, when, change, ratesOf)
  if (alone) return alone
  const exact = expansionStrategies.map(() => rational(0n))
  let [absolute, confirmed] = [0, 0]
  const unknown = new Map<number, number>()
  for (let row = changes.start[account]!; row < changes.start[account + 1]!; row += 1) {
    if (!isOf(changes, row, when) || !rowInSlice(slice, row)) continue
    const factor = slice.exchange?.factorAt(changes.currency[row]!, ratesOf)
    const amount = changes.amount[row]!
    const strategy = changes.strategy[row]!
    if (!factor) {
      const key = strategy * 256 + changes.currency[row]!
      unknown.set(key, (unknown.get(key) ?? 0) + amount)
      continue
    }
    exact[strategy] = add(
      exact[strategy] ?? rational(0n),
      rational(BigInt(amount) * factor.numerator, factor.denominator),
    )
    const size = Math.round(Math.abs(amount) * factor.near)
    absolute += size
    if (plans.confirmed[changes.plan[row]!] === 1) confirmed += size
  }
  // What comes and goes within the movement needs no rate.
  if (Number.isNaN(change) || [...unknown.values()].some((amount) => amount !== 0))
    return { parts: expansionStrategies.map(() => Number.NaN), absolute: Number.NaN, confirmed: Number.NaN }
  return { parts: rounded(exact, BigInt(change)), absolute, confirmed }
}

/** Most movements have one strategy, which is all of the change. */
function loneStrategy(
  slice: Slice,
  account: number,
  when: When,
  change: number,
  ratesOf: Month,
): ConvertedParts | null {
  const { changes, plans } = slice.store
  let only = -1
  let [sum, absolute, confirmed] = [0, 0, 0]
  for (
    let row = changes.start[account]!;
    row < changes.start[account + 1]! && changes.month[row]! <= when.month;
    row += 1
  ) {
    if (!isOf(changes, row, when) || !rowInSlice(slice, row)) continue
    const strategy = changes.strategy[row]!
    const factor = slice.exchange?.factorAt(changes.currency[row]!, ratesOf)
    if (!factor || (only >= 0 && only !== strategy)) return null
    only = strategy
    const part = changes.amount[row]! * factor.near
    const size = Math.round(Math.abs(part))
    sum += part
    absolute += size
    if (plans.confirmed[changes.plan[row]!] === 1) confirmed += size
  }
  if (only < 0 || !(Math.abs(change - sum) < ROUNDING)) return null
  return { parts: expansionStrategies.map((_, code) => (code === only ? change : 0)), absolute, confirmed }
}

function rounded(exact: readonly Rational[], total: bigint): number[] {
  const floors = exact.map(({ numerator, denominator }) => floorDivide(numerator, denominator))
  let left = total - floors.reduce((sum, floor) => sum + floor, 0n)
  const used = exact.flatMap(({ numerator }, code) => (numerator === 0n ? [] : [code]))
  // More than rounding is missing only where bad source data went below zero and was floored.
  if (used.length === 0 || left > BigInt(used.length + ROUNDING) || left < BigInt(-ROUNDING)) {
    floors[otherwise] = (floors[otherwise] ?? 0n) + left
    return floors.map(Number)
  }
  const remainder = (code: number): Rational => {
    const { numerator, denominator } = exact[code]! // `used` are places of it
    return rational(numerator - (floors[code] ?? 0n) * denominator, denominator)
  }
  const ranked = used
    .map((code) => ({ code, remainder: remainder(code) }))
    .sort((a, b) => after(b, a) || a.code - b.code)
  const step = left < 0n ? -1n : 1n
  if (left < 0n) ranked.reverse()
  for (let place = 0; left !== 0n; place += 1) {
    const { code } = ranked[place % ranked.length]! // there is one at least
    floors[code] = (floors[code] ?? 0n) + step
    left -= step
  }
  return floors.map(Number)
}

type Ranked = { code: number; remainder: Rational }

function after({ remainder: a }: Ranked, { remainder: b }: Ranked): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
