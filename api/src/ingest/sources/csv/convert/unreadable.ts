/** A cell that cannot be read as what its field is; `expected` says what would have been right. */
export class Unreadable extends Error {
  readonly expected: string

  constructor(expected: string) {
    super(`expected ${expected}`)
    this.name = 'Unreadable'
    this.expected = expected
  }
}
