import { useCallback, useMemo } from 'react'
import { useSize } from '../../chart/use-size.ts'
import { formatCount } from '../../format/count.ts'
import { CohortCells } from './cohort-cells.tsx'
import { CohortCurves } from './cohort-curve.tsx'
import { CohortHeads } from './cohort-heads.tsx'
import { AGES, CURVE_BOTTOM, CURVE_TOP, cohortLayout, ROW, rowTop } from './cohort-layout.ts'
import type { CohortMetric } from './cohort-model.ts'
import type { Wording } from './cohort-text.ts'
import type { Place } from './use-cells.ts'

/** Room at the left for the outline of the first cell. */
const EDGE = 2

/** Curves over the triangle, row headers beside it. Where the months do not fit they scroll, and the row headers stay. */
export function CohortPicture({
  metric,
  wording,
  current,
  onCurrent,
  onChoose,
}: {
  metric: CohortMetric
  wording: Wording
  current: Place | null
  onCurrent: (place: Place | null) => void
  onChoose: (place: Place) => void
}) {
  const [frame, { width }] = useSize<HTMLDivElement>({ width: 640, height: 480 })
  const layout = useMemo(() => cohortLayout(wording, width), [wording, width])
  const { model, term, words, locale } = wording
  const { cell, height } = layout
  const left = useCallback((age: number) => EDGE + age * cell, [cell])
  const total = 2 * EDGE + model.ages * cell

  return (
    <div className="nobishiro-cohorts" ref={frame}>
      <CohortHeads wording={wording} layout={layout} width={width} current={current?.row ?? null} />
      <div className="nobishiro-cohort-scroll">
        <svg
          className="nobishiro-svg"
          viewBox={`0 0 ${total} ${height}`}
          width={total}
          height={height}
          role="group"
          aria-label={words.curves(term)}
        >
          <CohortCurves model={model} x={(age) => left(age) + cell / 2} width={total} current={current} />
          <g className="nobishiro-svg-group" aria-hidden="true">
            {current && (
              <line
                className="nobishiro-svg-cross"
                x1={left(current.age) + cell / 2}
                x2={left(current.age) + cell / 2}
                y1={CURVE_TOP}
                y2={CURVE_BOTTOM}
              />
            )}
            {Array.from({ length: model.ages }, (_, age) => (
              <text
                key={age}
                className={`nobishiro-svg-text ${age === current?.age ? 'nobishiro-svg-strong' : 'nobishiro-svg-faint'}`}
                textAnchor="middle"
                x={left(age) + cell / 2}
                y={AGES}
              >
                {formatCount(age, locale)}
              </text>
            ))}
          </g>
          <CohortCells
            metric={metric}
            wording={wording}
            layout={layout}
            left={left}
            onCurrent={onCurrent}
            onChoose={onChoose}
          />
          {current && (
            <rect
              className="nobishiro-svg-cross nobishiro-svg-through"
              x={left(current.age) + 1}
              y={rowTop(current.row) + 1}
              width={cell - 2}
              height={ROW - 2}
              rx={2}
              aria-hidden="true"
            />
          )}
        </svg>
      </div>
    </div>
  )
}
