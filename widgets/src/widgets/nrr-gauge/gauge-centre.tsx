import { textWidth } from '../../chart/text-width.ts'
import { wrapText } from '../../chart/wrap-text.ts'
import type { GaugeModel } from './gauge-model.ts'

const ROOM = 166

/** The number in the middle and what it is made of, or the reason why there is none. */
export function GaugeCentre({
  model,
  cx,
  cy,
  targetLine,
}: {
  model: GaugeModel
  cx: number
  cy: number
  targetLine: string | null
}) {
  const { value, kept, grown, lost, reason } = model
  if (value === null) {
    const lines = wrapText(reason ?? '', 140)
    return (
      <text className="nobishiro-svg-text nobishiro-svg-quiet" textAnchor="middle" aria-hidden="true">
        {lines.map((line, index) => (
          <tspan key={index} className="nobishiro-svg-span" x={cx} y={cy - (lines.length - 1) * 9 + index * 18 + 6}>
            {line}
          </tspan>
        ))}
      </text>
    )
  }
  const isOneLine = textWidth(`${kept} + ${grown}`) <= ROOM
  return (
    <g className="nobishiro-svg-group" aria-hidden="true">
      <text className="nobishiro-svg-text nobishiro-svg-text-large" textAnchor="middle" x={cx} y={cy + 6}>
        {value}
      </text>
      <text className="nobishiro-svg-text" textAnchor="middle" x={cx} y={cy + 29}>
        {kept}
        {lost && <tspan className="nobishiro-svg-span nobishiro-svg-loss-text">{lost}</tspan>}
        {grown && (
          <tspan
            className="nobishiro-svg-span nobishiro-svg-strong nobishiro-svg-accent"
            {...(isOneLine ? { dx: 4 } : { x: cx, dy: 17 })}
          >
            {`+ ${grown}`}
          </tspan>
        )}
      </text>
      {targetLine && (
        <text
          className="nobishiro-svg-text nobishiro-svg-quiet"
          textAnchor="middle"
          x={cx}
          y={cy + (isOneLine ? 48 : 65)}
        >
          {targetLine}
        </text>
      )}
    </g>
  )
}
