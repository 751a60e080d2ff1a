import { Hatch, useSvgId } from '../../chart/hatch.tsx'
import { linear } from '../../chart/scale.ts'
import { runsOf, stepArea, stepLine } from '../../chart/steps.ts'
import { fitText, textWidth } from '../../chart/text-width.ts'
import { ticksFromZero } from '../../chart/ticks.ts'
import { useRoving } from '../../chart/use-roving.ts'
import { useSize } from '../../chart/use-size.ts'
import { formatCount } from '../../format/count.ts'
import { formatMonth } from '../../format/month.ts'
import { endLabels, endLabelsWidth } from './end-labels.ts'
import type { SeatModel } from './seat-model.ts'
import { describeMonth } from './seat-text.ts'
import type { SeatText } from './seat-words.ts'

const HEIGHT = 208
const BOTTOM = 22
const TOP = 8

export interface SeatAreaProps {
  model: SeatModel
  text: SeatText
  locale: string
  label: string
  onCurrent: (index: number | null) => void
  onChoose: (index: number) => void
}

/** Purchased seats stacked by plan, active seats as one line, and the hatched room between. */
export function SeatArea({ model, text, locale, label, onCurrent, onChoose }: SeatAreaProps) {
  const hatch = useSvgId()
  const [frame, { width }] = useSize<SVGSVGElement>({ width: 640, height: HEIGHT })
  const { months, bands } = model
  const { point, current } = useRoving({ count: months.length, start: months.length - 1, onCurrent, onChoose })

  const ticks = ticksFromZero(model.max, 4)
  const left = Math.max(...ticks.map((tick) => textWidth(formatCount(tick, locale)))) + 10
  const y = linear([0, ticks.at(-1) ?? 1], [HEIGHT - BOTTOM, TOP])
  const labels = endLabels(model, text.seats, y, [TOP + 4, HEIGHT - BOTTOM - 4])
  const shown = labels.map(({ name, value }) => `${fitText(name, 110)} ${formatCount(value, locale)}`)
  const hasLabels = width >= 420
  const right = width - (hasLabels ? endLabelsWidth(shown) : 1)
  const edge = linear([0, Math.max(1, months.length)], [left, Math.max(left + 10, right)])
  const active = months.map((month) => month.active)
  const purchased = months.map((month) => month.purchased)
  const partialFrom = months.findIndex(({ completeness }) => completeness === 'PARTIAL')

  return (
    <svg
      ref={frame}
      className="nobishiro-svg"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width="100%"
      height={HEIGHT}
      role="group"
      aria-label={label}
    >
      <Hatch id={hatch} />
      <g className="nobishiro-svg-group" aria-hidden="true">
        {ticks.map((tick) => (
          <g key={tick} className="nobishiro-svg-group">
            <line className="nobishiro-svg-rule" x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
            <text className="nobishiro-svg-text nobishiro-svg-faint" textAnchor="end" x={left - 7} y={y(tick) + 4}>
              {formatCount(tick, locale)}
            </text>
          </g>
        ))}
        {bands.map((band) => (
          <path
            key={band.key}
            className={`nobishiro-svg-mark nobishiro-svg-tint-${band.tint}`}
            d={stepArea(band.top, band.base, edge, y)}
          />
        ))}
        {partialFrom >= 0 && (
          <path
            className="nobishiro-svg-mark nobishiro-svg-veil"
            d={stepArea(
              purchased.slice(partialFrom),
              purchased.slice(partialFrom).map(() => 0),
              edge,
              y,
              partialFrom,
            )}
          />
        )}
        {runsOf(active).map(({ from, values }) => {
          const top = purchased.slice(from, from + values.length)
          const room = stepArea(
            top,
            values.map((value, index) => Math.min(value, top[index] ?? value)),
            edge,
            y,
            from,
          )
          return (
            <g key={from} className="nobishiro-svg-group">
              <path className="nobishiro-svg-mark nobishiro-svg-veil" d={room} />
              <path className="nobishiro-svg-mark" fill={`url(#${hatch})`} d={room} />
            </g>
          )
        })}
        <path className="nobishiro-svg-line-total" d={stepLine(purchased, edge, y)} />
        <path
          className="nobishiro-svg-line-ink"
          d={stepLine(
            partialFrom < 0 ? active : active.map((value, index) => (index < partialFrom ? value : null)),
            edge,
            y,
          )}
        />
        {partialFrom >= 0 && (
          <path
            className="nobishiro-svg-line-ink nobishiro-svg-dashed"
            d={stepLine(
              active.map((value, index) => (index >= partialFrom - 1 ? value : null)),
              edge,
              y,
            )}
          />
        )}
        {current !== null && (
          <line
            className="nobishiro-svg-cursor"
            x1={(edge(current) + edge(current + 1)) / 2}
            x2={(edge(current) + edge(current + 1)) / 2}
            y1={TOP}
            y2={HEIGHT - BOTTOM}
          />
        )}
        <text className="nobishiro-svg-text nobishiro-svg-faint" x={left} y={HEIGHT - 4}>
          {months[0] && formatMonth(months[0].month, locale)}
        </text>
        {months.length > 1 && (
          <text className="nobishiro-svg-text nobishiro-svg-faint" textAnchor="end" x={right} y={HEIGHT - 4}>
            {formatMonth(months.at(-1)?.month ?? '', locale)}
          </text>
        )}
        {hasLabels &&
          labels.map((entry) => (
            <g key={entry.key} className="nobishiro-svg-group">
              {Math.abs(entry.y - entry.at) > 4 && (
                <path className="nobishiro-svg-connector" d={`M${right + 1} ${entry.at}L${right + 6} ${entry.y}`} />
              )}
              <text
                className={`nobishiro-svg-text${entry.isStrong ? '' : ' nobishiro-svg-quiet'}`}
                x={right + 8}
                y={entry.y + 4}
              >
                {fitText(entry.name, 110)}
                <tspan className={`nobishiro-svg-span${entry.isStrong ? ' nobishiro-svg-strong' : ''}`} dx={4}>
                  {formatCount(entry.value, locale)}
                </tspan>
              </text>
            </g>
          ))}
      </g>
      {months.map((month, index) => (
        <g
          key={month.month}
          className="nobishiro-svg-part nobishiro-svg-choosable"
          role="button"
          aria-label={describeMonth(month, text, locale)}
          {...point(index)}
        >
          <rect
            className="nobishiro-svg-hit"
            x={edge(index)}
            y={TOP}
            width={edge(index + 1) - edge(index)}
            height={HEIGHT - BOTTOM - TOP}
          />
          <rect
            className="nobishiro-svg-focus"
            x={edge(index)}
            y={TOP - 2}
            width={edge(index + 1) - edge(index)}
            height={HEIGHT - BOTTOM - TOP + 4}
            rx={2}
          />
        </g>
      ))}
    </svg>
  )
}
