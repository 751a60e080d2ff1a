import type { Money, Movement } from '@nobishiro/sdk'

export interface Level {
  month: string
  money: Money
}

/** MRR at the close of each month that changed it, oldest first. */
export function levelsOf(movements: readonly Movement[]): Level[] {
  return movements.map(({ month, closing }) => ({ month, money: closing })).sort((a, b) => (a.month < b.month ? -1 : 1))
}

const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))

/** A line of steps: each level holds from its month until the next; the last one runs to the right edge. */
export function stepPath(levels: readonly Level[], width: number, height: number): string {
  const [first] = levels
  const last = levels.at(-1)
  if (!first || !last) return ''
  const start = monthNumber(first.month)
  const months = monthNumber(last.month) - start + 1
  const highest = Math.max(1, ...levels.map(({ money }) => Number(money.amount)))
  const x = ({ month }: Level) => round(((monthNumber(month) - start) / months) * width)
  const y = ({ money }: Level) => round(height - (Number(money.amount) / highest) * height)
  const steps = levels.map((level) => `H${x(level)}V${y(level)}`)
  return `M0 ${height}${steps.join('')}H${width}`
}

const round = (value: number) => Math.round(value * 10) / 10
