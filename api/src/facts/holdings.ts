import { add, floorDivide, type Rational, rational, roundHalfEven } from '../shared/rational.ts'
import type { FactorTable } from './factor-table.ts'

/** Relative error that a product or a sum of products of numbers stays well below. */
const ERROR = 2 ** -44

/**
 * What one account holds in each cell (a currency, or a plan, region and currency), place by place, in minor units of the cell's own
 * currency. Values are exact: numbers decide where they surely can, whole arithmetic where they cannot. Reused from account to account.
 */
export class Holdings {
  cells = 0
  readonly currency: number[] = []
  readonly #keys: number[] = []
  readonly #balance: number[] = []
  readonly #amounts: Float64Array[] = []
  readonly #floor: number[] = []
  readonly #remainder: number[] = []
  readonly #factors: FactorTable
  readonly #length: number

  constructor(factors: FactorTable, length: number) {
    this.#factors = factors
    this.#length = length
  }

  clear(): void {
    this.cells = 0
  }

  /** The cell of a key, made when it is new. */
  cell(key: number, currency: number): number {
    for (let cell = 0; cell < this.cells; cell += 1) if (this.#keys[cell] === key) return cell
    const cell = this.cells
    this.cells += 1
    this.#keys[cell] = key
    this.currency[cell] = currency
    this.#balance[cell] = 0
    const amounts = this.#amounts[cell]
    if (amounts) amounts.fill(0)
    else this.#amounts[cell] = new Float64Array(this.#length)
    return cell
  }

  change(cell: number, amount: number): void {
    this.#balance[cell]! += amount
  }

  /** Every cell stands as it is from one place until another. */
  stand(from: number, until: number): void {
    for (let cell = 0; cell < this.cells; cell += 1) this.#amounts[cell]!.fill(this.#balance[cell]!, from, until)
  }

  /** Whether a marked cell (null: any) holds another amount than a place before. What is below zero counts as zero. */
  differs(place: number, from: number, marked: Uint8Array | null = null): boolean {
    for (let cell = 0; cell < this.cells; cell += 1) {
      if (marked !== null && marked[cell] === 0) continue
      const amounts = this.#amounts[cell]!
      const before = place === from ? 0 : Math.max(amounts[place - 1]!, 0)
      if (Math.max(amounts[place]!, 0) !== before) return true
    }
    return false
  }

  amount(cell: number, place: number): number {
    return this.#amounts[cell]![place]!
  }

  /** Nearest minor unit, a tie to the even one, of what the marked cells (null: all) hold together; below zero counts as zero. */
  value(place: number, ratesOf: number, marked: Uint8Array | null = null): number {
    let sum = 0
    let size = 0
    for (let cell = 0; cell < this.cells; cell += 1) {
      const amount = this.#amounts[cell]![place]!
      if (amount <= 0 || (marked !== null && marked[cell] === 0)) continue
      const near = this.#factors.near(this.currency[cell]!, ratesOf)
      sum += amount * near
      if (near !== 1) size += amount * near
    }
    if (size === 0 || Number.isNaN(sum)) return sum
    return isSure(sum, size + sum) ? Math.round(sum) : this.#exactValue(place, ratesOf, marked)
  }

  #exactValue(place: number, ratesOf: number, marked: Uint8Array | null): number {
    let sum = rational(0n)
    for (let cell = 0; cell < this.cells; cell += 1) {
      const amount = this.#amounts[cell]![place]!
      if (amount > 0 && (marked === null || marked[cell] === 1)) sum = add(sum, this.exact(cell, amount, ratesOf))
    }
    return Number(roundHalfEven(sum))
  }

  /** An amount of a cell, exactly. The rate is there. */
  exact(cell: number, amount: number, ratesOf: number): Rational {
    const factor = this.#factors.exact(this.currency[cell]!, ratesOf)
    if (factor === null) throw new Error('A value was taken at a rate that is missing')
    return rational(BigInt(amount) * factor.numerator, factor.denominator)
  }

  /**
   * The marked cells' part of the account's value, which `whole` knows by currency, rounded with the largest remainder: the parts
   * of any partition of the cells add to the value.
   */
  share(place: number, ratesOf: number, marked: Uint8Array, whole: Holdings): number {
    let inside = 0
    let outside = 0
    let isSound = true
    for (let cell = 0; cell < this.cells; cell += 1) {
      const amount = this.#amounts[cell]![place]!
      if (amount < 0) isSound = false
      if (amount <= 0) continue
      if (marked[cell] === 1) inside += 1
      else outside += 1
    }
    if (inside === 0) return 0
    if (outside === 0 && isSound) return whole.value(place, ratesOf)
    // A balance below zero, from bad source data, has no part in anything.
    const total = isSound ? whole.value(place, ratesOf) : Number.NaN
    if (Number.isNaN(total)) return this.value(place, ratesOf, marked)
    return this.#sureShare(place, ratesOf, marked, total) ?? this.#exactShare(place, ratesOf, marked, total)
  }

  /** The share where numbers surely decide it; null where a part or a rank is too near to another. */
  #sureShare(place: number, ratesOf: number, marked: Uint8Array, total: number): number | null {
    let left = total
    let error = 0
    for (let cell = 0; cell < this.cells; cell += 1) {
      this.#remainder[cell] = -1
      const amount = this.#amounts[cell]![place]!
      if (amount === 0) continue
      const near = this.#factors.near(this.currency[cell]!, ratesOf)
      const part = amount * near
      const floor = Math.floor(part)
      const remainder = part - floor
      if (near !== 1) {
        error = Math.max(error, part * ERROR)
        if (remainder < error || remainder > 1 - error) return null
      }
      left -= floor
      this.#floor[cell] = floor
      this.#remainder[cell] = remainder
    }
    let sum = 0
    for (let cell = 0; cell < this.cells; cell += 1) {
      if (marked[cell] === 0 || this.#remainder[cell]! < 0) continue
      let rank = 0
      for (let other = 0; other < this.cells; other += 1) {
        if (other === cell || this.#remainder[other]! < 0) continue
        const ahead = this.#remainder[other]! - this.#remainder[cell]!
        if (Math.abs(ahead) <= 2 * error && left > 0) return null
        if (ahead > 0) rank += 1
      }
      sum += this.#floor[cell]! + (rank < left ? 1 : 0)
    }
    return sum
  }

  #exactShare(place: number, ratesOf: number, marked: Uint8Array, total: number): number {
    const parts: { cell: number; floor: bigint; remainder: Rational }[] = []
    let left = BigInt(total)
    for (let cell = 0; cell < this.cells; cell += 1) {
      const amount = this.#amounts[cell]![place]!
      if (amount === 0) continue
      const { numerator, denominator } = this.exact(cell, amount, ratesOf)
      const floor = floorDivide(numerator, denominator)
      left -= floor
      parts.push({ cell, floor, remainder: { numerator: numerator - floor * denominator, denominator } })
    }
    parts.sort((a, b) => compare(b.remainder, a.remainder) || this.#keys[a.cell]! - this.#keys[b.cell]!)
    let sum = 0n
    parts.forEach(({ cell, floor }, rank) => {
      if (marked[cell] === 1) sum += floor + (BigInt(rank) < left ? 1n : 0n)
    })
    return Number(sum)
  }
}

/** Whether no half lies so near that the error of a sum of this size could reach it. */
function isSure(sum: number, size: number): boolean {
  return Math.abs(sum - Math.floor(sum) - 0.5) > size * ERROR
}

function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
