import { CURVE_BOTTOM, ROW, rowTop } from './cohort-layout.ts'

/** The picture's place: the base of the curves, and a triangle of rows. */
export function CohortSkeleton({ cohorts }: { cohorts: number }) {
  const rows = [cohorts, ...Array.from({ length: cohorts }, (_, row) => cohorts - row)]
  return (
    <svg className="nobishiro-svg" width="100%" height={rowTop(rows.length)}>
      <rect className="nobishiro-svg-mark nobishiro-svg-track" x="22%" y={CURVE_BOTTOM} width="78%" height={1.5} />
      {rows.map((ages, row) => (
        <rect
          key={row}
          className="nobishiro-svg-mark nobishiro-svg-track"
          x="22%"
          y={rowTop(row) + 1}
          width={`${(78 * ages) / cohorts}%`}
          height={ROW - 2}
          rx={2}
        />
      ))}
    </svg>
  )
}
