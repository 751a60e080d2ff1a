const COLUMNS = [
  [0, 150, 66],
  [1, 128, 22],
  [2, 104, 24],
  [3, 84, 20],
  [4, 72, 12],
  [5, 64, 8],
  [6, 64, 10],
  [7, 74, 14],
  [8, 88, 128],
] as const

/** The waterfall's place: columns, or rows where it is narrow. */
export function WaterfallSkeleton({ height, rows }: { height: number; rows: number }) {
  return (
    <>
      <div className="nobishiro-waterfall-columns">
        <svg className="nobishiro-svg" width="100%" height={height}>
          {COLUMNS.map(([index, y, size]) => (
            <rect
              key={index}
              className="nobishiro-svg-mark nobishiro-svg-track"
              x={`${((index + 0.18) / COLUMNS.length) * 100}%`}
              y={y}
              width={`${(0.64 / COLUMNS.length) * 100}%`}
              height={size}
            />
          ))}
        </svg>
      </div>
      <div className="nobishiro-waterfall-rows">
        <svg className="nobishiro-svg" width="100%" height={rows * 28}>
          {Array.from({ length: rows }, (_, index) => (
            <rect
              key={index}
              className="nobishiro-svg-mark nobishiro-svg-track"
              x="0"
              y={index * 28 + 9}
              width={`${70 + ((index * 37) % 30)}%`}
              height={10}
              rx={3}
            />
          ))}
        </svg>
      </div>
    </>
  )
}
