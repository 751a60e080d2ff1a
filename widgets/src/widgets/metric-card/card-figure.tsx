import { textWidth } from '../../chart/text-width.ts'
import { useSize } from '../../chart/use-size.ts'
import { wrapText } from '../../chart/wrap-text.ts'
import type { CardModel, News } from './metric-card-model.ts'

export const HEIGHT = 64
const BASE = 32
const LINE = 56
const GAP = 6
/** Where the comparison does not fit beside the change it stands below. */
const LEADING = 16

const NEWS: Record<News, string> = {
  good: ' nobishiro-svg-accent',
  bad: ' nobishiro-svg-loss',
  neither: '',
}

/** The number and how it changed, or the reason why there is none. */
export function CardFigure({ model }: { model: CardModel }) {
  const [frame, { width }] = useSize<SVGSVGElement>({ width: 280, height: HEIGHT })
  const { value, reason, change, noChange } = model
  const besideChange = change?.text ? textWidth(change.text) + GAP : 0
  const comparison = change?.comparison ?? noChange ?? ''
  const below = besideChange + textWidth(comparison) > width ? wrapText(comparison, width) : []
  const height = HEIGHT + below.length * LEADING
  return (
    <svg
      ref={frame}
      className="nobishiro-svg nobishiro-card-figure"
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      height={height}
      aria-hidden="true"
    >
      {value === null ? (
        <text className="nobishiro-svg-text nobishiro-svg-quiet">
          {wrapText(reason ?? '', width - 4).map((line, index) => (
            <tspan key={index} className="nobishiro-svg-span" x={0} y={22 + index * 18}>
              {line}
            </tspan>
          ))}
        </text>
      ) : (
        <text className="nobishiro-svg-text nobishiro-svg-text-large" x={0} y={BASE}>
          {value}
        </text>
      )}
      {change && (
        <text className={`nobishiro-svg-text nobishiro-svg-strong${NEWS[change.news]}`} x={0} y={LINE}>
          {change.text}
        </text>
      )}
      {comparison && (
        <text className="nobishiro-svg-text nobishiro-svg-quiet" x={besideChange} y={LINE}>
          {below.length === 0
            ? comparison
            : below.map((line, index) => (
                <tspan key={line} className="nobishiro-svg-span" x={0} y={LINE + (index + 1) * LEADING}>
                  {line}
                </tspan>
              ))}
        </text>
      )}
    </svg>
  )
}
