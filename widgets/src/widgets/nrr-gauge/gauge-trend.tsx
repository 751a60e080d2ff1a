import { linear } from '../../chart/scale.ts'
import { useRoving } from '../../chart/use-roving.ts'
import { useSize } from '../../chart/use-size.ts'
import { formatPercent, formatRoundPercent } from '../../format/percent.ts'
import type { Messages } from '../../i18n/en.ts'
import type { GaugeModel } from './gauge-model.ts'

const LABELS = 20
const PAD = 5

/** The months as a line over a 100 % rule. */
export function GaugeTrend({
  model,
  text,
  locale,
  onCurrent,
  onChoose,
}: {
  model: GaugeModel
  text: Messages
  locale: string
  onCurrent: (index: number | null) => void
  onChoose: (index: number) => void
}) {
  const [frame, { width, height }] = useSize<SVGSVGElement>({ width: 280, height: 72 })
  const { points } = model
  const { point, current } = useRoving({ count: points.length, start: points.length - 1, onChoose, onCurrent })
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]))
  const low = Math.min(1, ...values)
  const high = Math.max(1, ...values)
  const y = linear([low, Math.max(high, low + 0.02)], [height - LABELS - PAD, PAD])
  const x = linear([points.length === 1 ? -1 : 0, Math.max(0, points.length - 1)], [PAD, width - PAD])
  const slot = Math.max(0, width - 2 * PAD) / Math.max(4, points.length - 1)
  // The rule is named where no line runs through its name.
  const near = points.slice(0, Math.ceil(44 / Math.max(1, slot)) + 1)
  const isRuleClear = near.every(({ value }) => value === null || y(value) > y(1) + 2 || y(value) < y(1) - 20)
  const shown = current ?? points.length - 1
  const dot = points[shown]

  return (
    <svg
      ref={frame}
      className="nobishiro-svg nobishiro-svg-trend"
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      role="group"
      aria-label={text.gauge.trend(model.short, points.length)}
    >
      <g className="nobishiro-svg-group" aria-hidden="true">
        <line className="nobishiro-svg-rule" x1={0} x2={width} y1={y(1)} y2={y(1)} />
        {isRuleClear && (
          <text className="nobishiro-svg-text nobishiro-svg-faint" x={0} y={y(1) - 4}>
            {formatRoundPercent(1, locale)}
          </text>
        )}
        {points.map(({ value, completeness }, index) => {
          const before = points[index - 1]?.value ?? null
          if (value === null || before === null) return null
          return (
            <line
              key={index}
              className={`nobishiro-svg-line${completeness === 'PARTIAL' ? ' nobishiro-svg-dashed' : ''}`}
              x1={x(index - 1)}
              y1={y(before)}
              x2={x(index)}
              y2={y(value)}
              strokeLinecap="round"
            />
          )
        })}
        {dot && dot.value !== null && (
          <circle className="nobishiro-svg-mark nobishiro-svg-accent" cx={x(shown)} cy={y(dot.value)} r={3.5} />
        )}
        {points.length > 1 && (
          <text className="nobishiro-svg-text nobishiro-svg-faint" x={0} y={height - 3}>
            {points[0]?.label}
          </text>
        )}
        <text className="nobishiro-svg-text nobishiro-svg-faint" textAnchor="end" x={width} y={height - 3}>
          {points.at(-1)?.label}
        </text>
      </g>
      {points.map(({ month, label, value }, index) => (
        <g
          key={month}
          className="nobishiro-svg-part nobishiro-svg-choosable"
          role="button"
          aria-label={value === null ? label : `${label}: ${formatPercent(value, locale)}`}
          {...point(index)}
        >
          <rect
            className="nobishiro-svg-hit"
            x={Math.min(x(index) - slot / 2, width - slot)}
            y={0}
            width={slot}
            height={height - LABELS}
          />
          <circle className="nobishiro-svg-focus" cx={x(index)} cy={y(value ?? 1)} r={6.5} />
        </g>
      ))}
    </svg>
  )
}
