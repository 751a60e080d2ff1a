import type { Movement } from '@nobishiro/sdk'
import { useFormat } from '../../format.ts'
import { useText } from '../../preferences.ts'
import { levelsOf, stepPath } from './history.ts'

const width = 640
const height = 96

/** MRR from the first month to now, in steps. The table below it says the same in words. */
export function MrrHistory({ movements }: { movements: readonly Movement[] }) {
  const { customer } = useText()
  const format = useFormat()
  const levels = levelsOf(movements)
  const [first] = levels
  const last = levels.at(-1)
  if (!first || !last || levels.length < 2) return null
  const path = stepPath(levels, width, height)
  return (
    <section className="card" aria-labelledby="history">
      <h2 id="history">{customer.history}</h2>
      <svg
        className="history"
        viewBox={`0 -2 ${width} ${height + 4}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={customer.historyLabel(
          format.month(first.month),
          format.month(last.month),
          format.money(first.money),
          format.money(last.money),
        )}
      >
        <path className="history-area" d={`${path}V${height}Z`} />
        <path className="history-line" d={path} />
      </svg>
      <p className="history-ends">
        <span>
          {format.month(first.month)} <b>{format.money(first.money)}</b>
        </span>
        <span>
          {format.month(last.month)} <b>{format.money(last.money)}</b>
        </span>
      </p>
    </section>
  )
}
