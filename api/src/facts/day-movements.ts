import { grown } from './columns.ts'

/** One account's movements by day, in their order. The arrays are reused: read the first `length` of them during the visit. */
export type DayMovements = Readonly<DayColumns> & { readonly length: number }

type DayColumns = {
  /** Place of the axis. */
  place: Int32Array
  /** Day of the month, 1 to 31. */
  day: Uint8Array
  /** Decided on all that the account holds at the end of the day. */
  kind: Uint8Array
  /** What the slice held before, and its change, at the rates of the close before the month. */
  opening: Float64Array
  moved: Float64Array
}

/** A list that keeps its room from one account to the next. */
export class DayList implements DayMovements {
  length = 0
  #columns: DayColumns = {
    place: new Int32Array(64),
    day: new Uint8Array(64),
    kind: new Uint8Array(64),
    opening: new Float64Array(64),
    moved: new Float64Array(64),
  }

  get place() {
    return this.#columns.place
  }

  get day() {
    return this.#columns.day
  }

  get kind() {
    return this.#columns.kind
  }

  get opening() {
    return this.#columns.opening
  }

  get moved() {
    return this.#columns.moved
  }

  clear(): void {
    this.length = 0
  }

  add(place: number, day: number, kind: number, opening: number, moved: number): void {
    if (this.length === this.#columns.place.length) this.#columns = grown(this.#columns)
    const columns = this.#columns
    columns.place[this.length] = place
    columns.day[this.length] = day
    columns.kind[this.length] = kind
    columns.opening[this.length] = opening
    columns.moved[this.length] = moved
    this.length += 1
  }
}
