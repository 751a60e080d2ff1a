import { linear } from '../../chart/scale.ts'
import { textWidth } from '../../chart/text-width.ts'
import { useRoving } from '../../chart/use-roving.ts'
import { useSize } from '../../chart/use-size.ts'
import { formatMonth } from '../../format/month.ts'
import { formatNumber } from '../../format/parts.ts'
import { type Block, type Cell, layoutMix, nextCell } from './mix-layout.ts'
import type { MixLayer } from './mix-model.ts'
import { amountOf, describeCell, type MixTexts, periodName, summaryOf } from './mix-text.ts'

export const HEIGHT = 208
const BOTTOM = 22
const TOP = 20
const LABEL_GAP = 6

export interface MixColumnsProps {
  texts: MixTexts
  /** The strategy that is pointed at beside the picture: the others step back. */
  lit: MixLayer['key'] | null
  onCurrent: (cell: Cell | null) => void
  onChoose: (cell: Cell) => void
}

/** Columns of stacked strategies, with their totals. Each part, and each column, can be reached and chosen. */
export function MixColumns({ texts, lit, onCurrent, onChoose }: MixColumnsProps) {
  const { model, unit, locale } = texts
  const [frame, { width }] = useSize<SVGSVGElement>({ width: 444, height: HEIGHT })
  const floor = HEIGHT - BOTTOM
  const { ticks, zero, cells, tops, totals, isSigned } = layoutMix(model, [floor, TOP])
  const { point, current } = useRoving({
    count: cells.length,
    start: cells.length - 1,
    next: (key, index) => nextCell(cells, key, index),
    onCurrent: (index) => onCurrent(index === null ? null : (cells[index] ?? null)),
    onChoose: (index) => cells[index] && onChoose(cells[index]),
  })
  const tickText = (value: number) => formatNumber(value / unit.divisor, locale, { maximumFractionDigits: 2 })
  const left = Math.max(...ticks.map(({ value }) => textWidth(tickText(value)))) + 10
  const slot = (width - left) / Math.max(1, model.periods.length)
  const middle = linear([0, 1], [left + slot / 2, left + slot * 1.5])
  const bar = Math.min(44, Math.max(2, slot * 0.7))
  const names = model.periods.map((period) => periodName(period, texts))
  // Where nothing grew there is nothing to name.
  const amounts = model.periods.map(({ total }, column) =>
    cells.some((cell) => cell.column === column && cell.box) ? amountOf(total, texts) : '',
  )
  const standApart = (labels: readonly string[]) => labels.every((label) => textWidth(label) + LABEL_GAP <= slot)
  const below = standApart(names) ? names : model.periods.map(({ start }) => formatMonth(start, locale))
  const shown = current === null ? null : cells[current]
  // The place of a whole column lies under its parts.
  const indices = cells.map((_, index) => index)
  const order = [...indices.filter((index) => !cells[index]?.box), ...indices.filter((index) => cells[index]?.box)]

  return (
    <svg
      ref={frame}
      className="nobishiro-svg nobishiro-svg-mix"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width="100%"
      height={HEIGHT}
      role="group"
      aria-label={summaryOf(texts)}
    >
      <g className="nobishiro-svg-group" aria-hidden="true">
        {ticks.map(({ value, y }) => (
          <g key={value} className="nobishiro-svg-group">
            <line className="nobishiro-svg-rule" x1={left} x2={width} y1={y} y2={y} />
            <text className="nobishiro-svg-text nobishiro-svg-faint" textAnchor="end" x={left - 7} y={y + 4}>
              {tickText(value)}
            </text>
          </g>
        ))}
        {shown && (
          <rect
            className="nobishiro-svg-wash"
            x={middle(shown.column) - slot / 2}
            y={TOP - 14}
            width={slot}
            height={floor - TOP + 14}
          />
        )}
      </g>
      {order.map((index) => {
        const cell = cells[index]
        return (
          cell && (
            <g
              key={`${cell.column} ${cell.layer}`}
              className="nobishiro-svg-part nobishiro-svg-choosable"
              role="button"
              aria-label={describeCell(cell, texts)}
              {...point(index)}
            >
              <Part
                cell={cell}
                texts={texts}
                lit={lit}
                x={middle(cell.column) - bar / 2}
                width={bar}
                slot={{ x: middle(cell.column) - slot / 2, width: slot, y: TOP - 16, height: floor - TOP + 16 }}
              />
            </g>
          )
        )
      })}
      <g className="nobishiro-svg-group nobishiro-svg-over" aria-hidden="true">
        <line className="nobishiro-svg-base" x1={left} x2={width} y1={zero} y2={zero} />
        {isSigned &&
          totals.map((y, column) => (
            <line
              key={names[column]}
              className="nobishiro-svg-net"
              x1={middle(column) - bar / 2 - 2}
              x2={middle(column) + bar / 2 + 2}
              y1={y}
              y2={y}
            />
          ))}
        {standApart(amounts) &&
          amounts.map((amount, column) => (
            <Amount key={names[column]} amount={amount} x={middle(column)} y={(tops[column] ?? zero) - 5} />
          ))}
        {standApart(below)
          ? below.map((name, column) => (
              <text
                key={name}
                className="nobishiro-svg-text nobishiro-svg-faint"
                textAnchor="middle"
                x={middle(column)}
                y={HEIGHT - 4}
              >
                {name}
              </text>
            ))
          : [below[0], below.at(-1)].map((name, end) => (
              <text
                key={end}
                className="nobishiro-svg-text nobishiro-svg-faint"
                textAnchor={end === 0 ? 'start' : 'end'}
                x={end === 0 ? left : width}
                y={HEIGHT - 4}
              >
                {name}
              </text>
            ))}
      </g>
    </svg>
  )
}

interface PartProps {
  cell: Block
  texts: MixTexts
  lit: MixLayer['key'] | null
  x: number
  width: number
  slot: { x: number; y: number; width: number; height: number }
}

/** What is drawn of a part; of a whole column the place that it may be pointed at in. */
function Part({ cell, texts, lit, x, width, slot }: PartProps) {
  const { layers, periods } = texts.model
  const layer = cell.layer === null ? undefined : layers[cell.layer]
  const { box } = cell
  if (!box || !layer) {
    return (
      <>
        <rect className="nobishiro-svg-hit" {...slot} />
        <rect className="nobishiro-svg-focus" x={x - 3} y={slot.y} width={width + 6} height={slot.height} rx={2} />
      </>
    )
  }
  const classes = ['nobishiro-svg-layer', `nobishiro-svg-strategy-${layer.key.toLowerCase()}`]
  if (periods[cell.column]?.completeness === 'PARTIAL') classes.push('nobishiro-svg-partial')
  if (lit !== null && lit !== layer.key) classes.push('nobishiro-svg-dim')
  return (
    <>
      <rect className={classes.join(' ')} x={x} y={box.y} width={width} height={box.height} />
      <rect className="nobishiro-svg-focus" x={x - 2} y={box.y - 2} width={width + 4} height={box.height + 4} rx={2} />
    </>
  )
}

/** The total over a column, on paper where a rule would run through it. */
function Amount({ amount, x, y }: { amount: string; x: number; y: number }) {
  const width = textWidth(amount) + 2
  return (
    <>
      {amount && <rect className="nobishiro-svg-paper" x={x - width / 2} y={y - 10} width={width} height={12} />}
      <text className="nobishiro-svg-text" textAnchor="middle" x={x} y={y}>
        {amount}
      </text>
    </>
  )
}
