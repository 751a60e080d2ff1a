import { HEIGHT } from './mix-columns.tsx'
import { ROW } from './mix-legend.tsx'

const COLUMNS = [46, 62, 54, 80, 74, 104, 92, 118, 96, 124, 132, 148]

/** The mix's place: empty columns, and the rows that name them. */
export function MixSkeleton() {
  return (
    <div className="nobishiro-mix">
      <svg className="nobishiro-svg nobishiro-svg-mix" width="100%" height={HEIGHT}>
        {COLUMNS.map((height, index) => (
          <rect
            key={height}
            className="nobishiro-svg-mark nobishiro-svg-track"
            x={`${6 + index * 7.9}%`}
            y={HEIGHT - 22 - height}
            width="5.2%"
            height={height}
          />
        ))}
      </svg>
      <svg className="nobishiro-svg nobishiro-svg-mix-legend" width="100%" height={ROW * 6}>
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <rect
            key={row}
            className="nobishiro-svg-mark nobishiro-svg-track"
            x="0"
            y={row * ROW + 8}
            width={`${92 - row * 7}%`}
            height={9}
            rx={3}
          />
        ))}
      </svg>
    </div>
  )
}
