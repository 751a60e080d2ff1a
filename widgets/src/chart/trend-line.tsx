import type { Completeness } from '@nobishiro/sdk'
import { linear } from './scale.ts'
import { useRoving } from './use-roving.ts'
import { useSize } from './use-size.ts'

const LABELS = 20
const PAD = 5

/** One month of a line. */
export interface TrendPoint {
  /** Its first day. */
  month: string
  label: string
  /** What it is called under the line, where room is short; its label when missing. */
  tick?: string
  value: number | null
  /** The value as text; null where there is none. */
  shown: string | null
  completeness: Completeness
}

export interface TrendLineProps {
  points: readonly TrendPoint[]
  /** Smallest and largest value of the picture. */
  domain: readonly [number, number]
  /** A level that the line is seen against. */
  rule: { value: number; label: string } | null
  /** Says what the line is, for a screen reader. */
  label: string
  className: string
  /** Height until it is measured. */
  height: number
  onCurrent: (index: number | null) => void
  onChoose: (index: number) => void
}

/** Months as a line. Each month can be reached and chosen; those in progress are dashed. */
export function TrendLine(props: TrendLineProps) {
  const { points, domain, rule, label, className, onCurrent, onChoose } = props
  const [frame, { width, height }] = useSize<SVGSVGElement>({ width: 280, height: props.height })
  const { point, current } = useRoving({ count: points.length, start: points.length - 1, onChoose, onCurrent })
  const y = linear(domain, [height - LABELS - PAD, PAD])
  const x = linear([points.length === 1 ? -1 : 0, Math.max(0, points.length - 1)], [PAD, width - PAD])
  const slot = Math.max(0, width - 2 * PAD) / Math.max(4, points.length - 1)
  // The rule is named where no line runs through its name.
  const near = points.slice(0, Math.ceil(44 / Math.max(1, slot)) + 1)
  const isClear = (level: number) =>
    near.every(({ value }) => value === null || y(value) > y(level) + 2 || y(value) < y(level) - 20)
  const shown = current ?? points.length - 1
  const dot = points[shown]

  return (
    <svg
      ref={frame}
      className={`nobishiro-svg ${className}`}
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      role="group"
      aria-label={label}
    >
      <g className="nobishiro-svg-group" aria-hidden="true">
        {rule && <line className="nobishiro-svg-rule" x1={0} x2={width} y1={y(rule.value)} y2={y(rule.value)} />}
        {rule && isClear(rule.value) && (
          <text className="nobishiro-svg-text nobishiro-svg-faint" x={0} y={y(rule.value) - 4}>
            {rule.label}
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
            {points[0]?.tick ?? points[0]?.label}
          </text>
        )}
        <text className="nobishiro-svg-text nobishiro-svg-faint" textAnchor="end" x={width} y={height - 3}>
          {points.at(-1)?.tick ?? points.at(-1)?.label}
        </text>
      </g>
      {points.map(({ month, label: name, value, shown: text }, index) => (
        <g
          key={month}
          className="nobishiro-svg-part nobishiro-svg-choosable"
          role="button"
          aria-label={text === null ? name : `${name}: ${text}`}
          {...point(index)}
        >
          <rect
            className="nobishiro-svg-hit"
            x={Math.min(x(index) - slot / 2, width - slot)}
            y={0}
            width={slot}
            height={height - LABELS}
          />
          <circle
            className="nobishiro-svg-focus"
            cx={x(index)}
            cy={y(value ?? rule?.value ?? (domain[0] + domain[1]) / 2)}
            r={6.5}
          />
        </g>
      ))}
    </svg>
  )
}
