/** The chart's place: empty rules and empty rows. */
export function SeatSkeleton() {
  return (
    <div className="nobishiro-seats">
      <div className="nobishiro-seats-figure">
        <p className="nobishiro-seat-legend">{'\u00a0'}</p>
        <svg className="nobishiro-svg" width="100%" height={208}>
          {[8, 52, 97, 141, 186].map((y) => (
            <rect key={y} className="nobishiro-svg-mark nobishiro-svg-track" x="0" y={y} width="100%" height={1.5} />
          ))}
        </svg>
      </div>
      <div className="nobishiro-landings">
        <p className="nobishiro-landings-title">{'\u00a0'}</p>
        <svg className="nobishiro-svg" width="100%" height={150}>
          {[0, 1, 2, 3, 4].map((row) => (
            <rect
              key={row}
              className="nobishiro-svg-mark nobishiro-svg-track"
              x="0"
              y={row * 30 + 10}
              width={`${85 - row * 9}%`}
              height={9}
              rx={3}
            />
          ))}
        </svg>
      </div>
    </div>
  )
}
