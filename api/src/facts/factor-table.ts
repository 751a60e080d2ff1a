import type { Axis } from './book.ts'
import type { Exchange, Factor } from './exchange.ts'

/** The factors of an axis, by currency code and place, from the close before the axis on. */
export class FactorTable {
  readonly #exchange: Exchange
  readonly #axis: Axis
  readonly #places: number
  readonly #near: (Float64Array | undefined)[] = []

  constructor(exchange: Exchange, axis: Axis) {
    this.#exchange = exchange
    this.#axis = axis
    this.#places = axis.length + 1
  }

  /** As near as a number comes; exactly 1 for the answer's own currency, NaN where a rate is missing. */
  near(code: number, place: number): number {
    return (this.#near[code] ?? this.#fill(code))[place + 1]!
  }

  exact(code: number, place: number): Factor | null {
    return this.#exchange.factorAt(code, this.#axis.first + place)
  }

  #fill(code: number): Float64Array {
    const column = new Float64Array(this.#places)
    for (let place = 0; place < this.#places; place += 1)
      column[place] = this.exact(code, place - 1)?.near ?? Number.NaN
    this.#near[code] = column
    return column
  }
}
