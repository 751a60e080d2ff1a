import { ringPath } from '../../chart/ring.ts'
import { SWEEP } from './gauge-scale.ts'

/** The gauge's place: an empty arc and an empty line. */
export function GaugeSkeleton() {
  return (
    <div className="nobishiro-gauge">
      <div className="nobishiro-gauge-figure">
        <svg className="nobishiro-svg" viewBox="0 0 280 202" width="100%" height={202}>
          <path
            className="nobishiro-svg-mark nobishiro-svg-track"
            d={ringPath({ cx: 140, cy: 126, inner: 92, outer: 104 }, -SWEEP, SWEEP)}
          />
          <rect className="nobishiro-svg-mark nobishiro-svg-track" x={92} y={106} width={96} height={26} rx={4} />
          <rect className="nobishiro-svg-mark nobishiro-svg-track" x={80} y={146} width={120} height={9} rx={3} />
        </svg>
      </div>
      <svg className="nobishiro-svg nobishiro-svg-trend" width="100%">
        <rect className="nobishiro-svg-mark nobishiro-svg-track" x="0" y="55%" width="100%" height={1.5} />
      </svg>
    </div>
  )
}
