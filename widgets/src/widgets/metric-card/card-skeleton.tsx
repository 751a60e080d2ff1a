import { HEIGHT } from './card-figure.tsx'

/** The card's place: an empty number and an empty line. */
export function CardSkeleton() {
  return (
    <div className="nobishiro-metric">
      <svg className="nobishiro-svg nobishiro-card-figure" width="100%" height={HEIGHT}>
        <rect className="nobishiro-svg-mark nobishiro-svg-track" x={0} y={6} width={112} height={26} rx={4} />
        <rect className="nobishiro-svg-mark nobishiro-svg-track" x={0} y={47} width={148} height={9} rx={3} />
      </svg>
      <svg className="nobishiro-svg nobishiro-svg-spark" width="100%">
        <rect className="nobishiro-svg-mark nobishiro-svg-track" x="0" y="40%" width="100%" height={1.5} />
      </svg>
    </div>
  )
}
