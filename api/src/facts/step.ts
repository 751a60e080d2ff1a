/** An account's part of a step, with its seats before and after. */
export type Share = { account: number; amount: number; seatsBefore: number; seatsAfter: number }

const SHOWN = 3

/** One step of a bridge while accounts are added to it. Exact integers. */
export class Step {
  amount = 0
  accounts = 0
  /** The accounts with the largest parts, largest first; of equal ones the first accounts. */
  readonly top: Share[] = []

  add(account: number, amount: number, seatsBefore: number, seatsAfter: number): void {
    if (amount === 0) return
    this.amount += amount
    this.accounts += 1
    const last = this.top[SHOWN - 1]
    const isBehind = (share: Share) => {
      const more = Math.abs(amount) - Math.abs(share.amount)
      return more > 0 || (more === 0 && account < share.account)
    }
    if (last && !isBehind(last)) return
    const place = this.top.findIndex(isBehind)
    this.top.splice(place < 0 ? this.top.length : place, 0, { account, amount, seatsBefore, seatsAfter })
    this.top.length = Math.min(this.top.length, SHOWN)
  }
}
