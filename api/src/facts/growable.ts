type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array

/** A typed array that grows by doubling. */
export class Growable<T extends Numbers> {
  length = 0
  #array: T
  readonly #make: (size: number) => T

  constructor(make: (size: number) => T, capacity = 1024) {
    this.#make = make
    this.#array = make(capacity)
  }

  push(value: number): void {
    if (this.length === this.#array.length) {
      const larger = this.#make(this.length * 2)
      larger.set(this.#array)
      this.#array = larger
    }
    this.#array[this.length] = value
    this.length += 1
  }

  /** The values so far, without a copy. */
  view(): T {
    return this.#array.subarray(0, this.length) as T // subarray keeps the class of the array
  }
}
