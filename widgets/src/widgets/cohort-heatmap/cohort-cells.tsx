import { memo } from 'react'
import { textWidth } from '../../chart/text-width.ts'
import { type CohortLayout, cellLabel, ROW, rowTop } from './cohort-layout.ts'
import type { CohortCell, CohortMetric } from './cohort-model.ts'
import { describeCell, type Wording } from './cohort-text.ts'
import { type Place, useCells } from './use-cells.ts'

const INSET = 1

/** The cells. They are drawn anew when what they show changes, not when another one is pointed at. */
export const CohortCells = memo(function CohortCells({
  metric,
  wording,
  layout,
  left,
  onCurrent,
  onChoose,
}: {
  metric: CohortMetric
  wording: Wording
  layout: CohortLayout
  /** Left edge of an age's column. */
  left: (age: number) => number
  onCurrent: (place: Place | null) => void
  onChoose: (place: Place) => void
}) {
  const { rows } = wording.model
  const cellAt = useCells({ lengths: rows.map(({ cells }) => cells.length), onCurrent, onChoose })
  return (
    <>
      <g className="nobishiro-svg-group" aria-hidden="true">
        {rows.map((row, index) =>
          row.cells.map((cell) => (
            <Cell
              key={`${row.month} ${cell.age}`}
              cell={cell}
              metric={metric}
              layout={layout}
              locale={wording.locale}
              x={left(cell.age)}
              y={rowTop(index)}
            />
          )),
        )}
      </g>
      {rows.map((row, index) =>
        row.cells.map((cell) => (
          <g
            key={`${row.month} ${cell.age}`}
            className="nobishiro-svg-part nobishiro-svg-choosable"
            role="button"
            aria-label={describeCell(row, cell, wording)}
            {...cellAt({ row: index, age: cell.age })}
          >
            <rect className="nobishiro-svg-hit" x={left(cell.age)} y={rowTop(index)} width={layout.cell} height={ROW} />
            <rect
              className="nobishiro-svg-focus"
              x={left(cell.age) + INSET}
              y={rowTop(index) + INSET}
              width={layout.cell - 2 * INSET}
              height={ROW - 2 * INSET}
              rx={2}
            />
          </g>
        )),
      )}
    </>
  )
})

/** The bins at the ends of a scale are so strong that their figures are written in the paper's colour. */
const isStrong = ({ bin }: CohortCell, metric: CohortMetric) => bin === 6 || (metric === 'nrr' && bin === 0)

function markOf(cell: CohortCell, metric: CohortMetric): string {
  if (cell.bin === null) return 'nobishiro-svg-cell nobishiro-svg-no-value'
  const parts = ['nobishiro-svg-cell', `nobishiro-svg-${metric}-tint-${cell.bin}`]
  if (cell.isPartial) parts.push('nobishiro-svg-partial')
  else if (cell.isFew) parts.push(isStrong(cell, metric) ? 'nobishiro-svg-few-strong' : 'nobishiro-svg-few')
  return parts.join(' ')
}

/** The figure's colour; over the thin fill of what is in progress it stays ink. */
function toneOf(cell: CohortCell, metric: CohortMetric): string {
  if (cell.isPartial) return ''
  if (cell.isFew) return ' nobishiro-svg-quiet'
  return isStrong(cell, metric) ? ' nobishiro-svg-on-strong' : ''
}

/** A cell, with its figure where that fits. */
function Cell(props: {
  cell: CohortCell
  metric: CohortMetric
  layout: CohortLayout
  locale: string
  x: number
  y: number
}) {
  const { cell, metric, layout, locale, x, y } = props
  const label = cell.ratio === null ? '' : cellLabel(cell.ratio, layout.digits, locale)
  return (
    <>
      <rect
        className={markOf(cell, metric)}
        x={x + INSET}
        y={y + INSET}
        width={layout.cell - 2 * INSET}
        height={ROW - 2 * INSET}
        rx={2}
      />
      {label && textWidth(label) <= layout.cell - 3 && (
        <text
          className={`nobishiro-svg-text${toneOf(cell, metric)}`}
          textAnchor="middle"
          x={x + layout.cell / 2}
          y={y + ROW / 2 + 4}
        >
          {label}
        </text>
      )}
    </>
  )
}
