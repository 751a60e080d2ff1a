import { linear } from '../../chart/scale.ts'
import { CURVE_BOTTOM, CURVE_TOP } from './cohort-layout.ts'
import type { CohortModel, CohortRow } from './cohort-model.ts'
import type { Place } from './use-cells.ts'

/** All cohorts together as a line, and over it the one that is pointed at. */
export function CohortCurves({
  model,
  x,
  width,
  current,
}: {
  model: CohortModel
  /** Middle of an age's column. */
  x: (age: number) => number
  width: number
  current: Place | null
}) {
  const { rows, ticks } = model
  const y = linear([ticks[0] ?? 0, ticks.at(-1) ?? 1], [CURVE_BOTTOM, CURVE_TOP])
  const [all] = rows
  const row = current ? rows[current.row] : undefined
  const ratio = row && current ? (row.cells[current.age]?.ratio ?? null) : null
  return (
    <g className="nobishiro-svg-group" aria-hidden="true">
      {ticks.map((tick) => (
        <line key={tick} className="nobishiro-svg-rule" x1={0} x2={width} y1={y(tick)} y2={y(tick)} />
      ))}
      <line className="nobishiro-svg-connector" x1={0} x2={width} y1={y(1)} y2={y(1)} />
      {all && <Curve row={all} x={x} y={y} line="nobishiro-svg-line" dot="nobishiro-svg-neutral" />}
      {row && row !== all && <Curve row={row} x={x} y={y} line="nobishiro-svg-curve" dot="nobishiro-svg-accent" />}
      {current && ratio !== null && (
        <circle
          className={`nobishiro-svg-mark ${row === all ? 'nobishiro-svg-ink' : 'nobishiro-svg-accent'}`}
          cx={x(current.age)}
          cy={y(ratio)}
          r={4}
        />
      )}
    </g>
  )
}

/** One cohort's months. What is in progress is dashed; a single month is a dot. */
function Curve({
  row,
  x,
  y,
  line,
  dot,
}: {
  row: CohortRow
  x: (age: number) => number
  y: (ratio: number) => number
  line: string
  dot: string
}) {
  const known = row.cells.filter(({ ratio }) => ratio !== null)
  const [only] = known
  return (
    <>
      {row.cells.map(({ age, ratio, isPartial }, index) => {
        const before = row.cells[index - 1]?.ratio ?? null
        if (ratio === null || before === null) return null
        return (
          <line
            key={age}
            className={`${line}${isPartial ? ' nobishiro-svg-dashed' : ''}`}
            strokeLinecap="round"
            x1={x(age - 1)}
            x2={x(age)}
            y1={y(before)}
            y2={y(ratio)}
          />
        )
      })}
      {known.length === 1 && only && only.ratio !== null && (
        <circle className={`nobishiro-svg-mark ${dot}`} cx={x(only.age)} cy={y(only.ratio)} r={3} />
      )}
    </>
  )
}
