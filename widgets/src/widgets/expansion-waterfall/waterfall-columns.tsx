import { useRoving } from '../../chart/use-roving.ts'
import { formatInUnit, type MoneyUnit } from '../../format/money.ts'
import { Bracket } from './bracket.tsx'
import { type Column, LINE, layoutColumns, type WaterfallLayout } from './waterfall-layout.ts'
import type { Bar } from './waterfall-model.ts'

interface FitProps {
  /** Bars with at most so many strategies. */
  barsWith: (mostStrategies: number) => Bar[]
  unit: MoneyUnit
  locale: string
  width: number
  height: number
  /** Opening and closing are stubs with a visible break. */
  isBroken: boolean
}

export interface WaterfallColumnsProps extends FitProps {
  isPartial: boolean
  label: string
  /** Text under the bracket. */
  bracketLabel: string
  describe: (bar: Bar) => string
  onCurrent: (bar: Bar | null) => void
  onChoose: (bar: Bar) => void
}

/** The layout with as many strategies as fit side by side; null when rows are better. */
export function fittingLayout(props: FitProps): WaterfallLayout | null {
  const { barsWith, width, height, isBroken, unit, locale } = props
  const amount = (bar: Bar) => formatInUnit(bar.amount, unit, locale, bar.kind === 'change')
  for (const most of [7, 6, 5, 4, 3, 2, 1]) {
    const layout = layoutColumns(barsWith(most), { width, height, isBroken, amount })
    if (layout) return layout
  }
  return null
}

/** The waterfall as columns. */
export function WaterfallColumns(props: WaterfallColumnsProps) {
  const { unit, locale, height, isPartial, label, describe, onCurrent, onChoose } = props
  const layout = fittingLayout(props)
  const columns = layout?.columns ?? []
  const { point } = useRoving({
    count: columns.length,
    onChoose: (index) => columns[index] && onChoose(columns[index].bar),
    onCurrent: (index) => onCurrent(index === null ? null : (columns[index]?.bar ?? null)),
  })
  if (!layout) return null
  const drawnWidth = layout.slot * columns.length

  return (
    <svg
      className="nobishiro-svg"
      viewBox={`0 0 ${drawnWidth} ${height}`}
      width="100%"
      height={height}
      role="group"
      aria-label={label}
    >
      {columns.map((column, index) => (
        <g
          key={column.bar.key}
          className="nobishiro-svg-part nobishiro-svg-choosable"
          role="button"
          aria-label={describe(column.bar)}
          {...point(index)}
        >
          <rect
            className="nobishiro-svg-hit"
            x={column.middle - layout.slot / 2}
            y={0}
            width={layout.slot}
            height={layout.axisY + 24}
          />
          <ColumnBar column={column} breakY={layout.breakY} isPartial={isPartial} />
          <rect
            className="nobishiro-svg-focus"
            x={column.x - 3}
            y={column.y - 3}
            width={column.width + 6}
            height={column.height + 6}
            rx={2}
          />
        </g>
      ))}
      <g className="nobishiro-svg-group" aria-hidden="true">
        {columns.map(
          ({ bar, connector }) =>
            connector && (
              <line
                key={bar.key}
                className="nobishiro-svg-connector"
                x1={connector.from}
                x2={connector.to}
                y1={connector.y}
                y2={connector.y}
              />
            ),
        )}
        {columns.map((column) => (
          <Labels key={column.bar.key} column={column} axisY={layout.axisY} unit={unit} locale={locale} />
        ))}
        {layout.bracket && <Bracket {...layout.bracket} width={drawnWidth} label={props.bracketLabel} />}
      </g>
    </svg>
  )
}

function ColumnBar({ column, breakY, isPartial }: { column: Column; breakY: number | null; isPartial: boolean }) {
  const { bar, x, y, width, height } = column
  // A period in progress has a known opening; everything after it can still change.
  const isOpen = isPartial && bar.step !== 'OPENING'
  const step = (width + 6) / 4
  return (
    <>
      <rect
        className={`nobishiro-svg-mark nobishiro-svg-${bar.tone}${isOpen ? ' nobishiro-svg-partial' : ''}`}
        x={x}
        y={y}
        width={width}
        height={height}
      />
      {bar.kind === 'level' && breakY !== null && (
        <path
          className="nobishiro-svg-line-paper"
          d={`M${x - 3} ${breakY + 3}l${step} -6l${step} 6l${step} -6l${step} 6`}
        />
      )}
    </>
  )
}

interface LabelsProps {
  column: Column
  axisY: number
  unit: MoneyUnit
  locale: string
}

/** A column's amount and its name on the axis. */
function Labels({ column, axisY, unit, locale }: LabelsProps) {
  const { bar, middle, amountY, label } = column
  return (
    <>
      <text
        className={`nobishiro-svg-text${bar.kind === 'level' ? ' nobishiro-svg-text-medium' : ''}`}
        textAnchor="middle"
        x={middle}
        y={amountY}
      >
        {formatInUnit(bar.amount, unit, locale, bar.kind === 'change')}
      </text>
      <text className="nobishiro-svg-text nobishiro-svg-quiet" textAnchor="middle">
        {label.lines.map((line, index) => (
          <tspan key={line} className="nobishiro-svg-span" x={middle} y={axisY + 18 + (index + label.row) * LINE}>
            {line}
          </tspan>
        ))}
      </text>
    </>
  )
}
