/** An account's part of a step, with its seats before and after. */
export type Share = { account: number; amount: number; seatsBefore: number; seatsAfter: number }

const SHOWN = 3

/** One step of a bridge while accounts are added to it. Exact integers. */
export class Step {
  amount = 0
  accounts = 0
  /** The accounts with the largest parts, largest first; of equal ones the first accounts. */
  readonly top: Share[] = []
  /** The size of the last of them once there are enough. */
  #least = 0

  /** Called for every account of a question: few get further than the first comparison. */
  add(account: number, amount: number, seatsBefore: number, seatsAfter: number): void {
    if (amount === 0) return
    this.amount += amount
    this.accounts += 1
    const size = Math.abs(amount)
    if (size < this.#least) return
    const { top } = this
    let place = top.length
    while (place > 0 && isBefore(size, account, top[place - 1]!)) place -= 1
    if (place === SHOWN) return
    top.splice(place, 0, { account, amount, seatsBefore, seatsAfter })
    if (top.length > SHOWN) top.pop()
    if (top.length === SHOWN) this.#least = Math.abs(top[SHOWN - 1]!.amount)
  }
}

const isBefore = (size: number, account: number, { amount, account: other }: Share): boolean =>
  size > Math.abs(amount) || (size === Math.abs(amount) && account < other)
