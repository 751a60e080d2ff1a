/** Gives each different text a small number, in the order of first use. */
export class Dictionary {
  readonly values: string[] = []
  readonly #codes = new Map<string, number>()
  readonly #limit: number

  /** `first` are texts with known codes (0, 1, …); `limit` is how many texts the column's type can tell apart. */
  constructor(limit: number, first: readonly string[] = []) {
    this.#limit = limit
    for (const text of first) this.code(text)
  }

  code(text: string): number {
    const known = this.#codes.get(text)
    if (known !== undefined) return known
    if (this.values.length === this.#limit) throw new RangeError(`More than ${this.#limit} different values: ${text}`)
    this.values.push(text)
    this.#codes.set(text, this.values.length - 1)
    return this.values.length - 1
  }
}
