import { fitText, textWidth } from '../../chart/text-width.ts'
import { useRoving } from '../../chart/use-roving.ts'
import { useSize } from '../../chart/use-size.ts'
import type { MixLayer } from './mix-model.ts'
import { amountOf, describeLayer, type MixTexts, nameOf, shareOf } from './mix-text.ts'

export const ROW = 25
const SWATCH = 10

export interface MixLegendProps {
  texts: MixTexts
  /** The row that is pointed at; its layer is null where it is all of them. */
  onCurrent: (row: { layer: MixLayer | null } | null) => void
  onChoose: (layer: MixLayer | null) => void
}

/** What the colours are, in the order of the stack, each with its part of the range; all of it on top. */
export function MixLegend({ texts, onCurrent, onChoose }: MixLegendProps) {
  const { model, words, locale } = texts
  const [frame, { width }] = useSize<SVGSVGElement>({ width: 444, height: ROW * 6 })
  const rows = [null, ...model.layers.toReversed()]
  // Where a column's top is not its total, a mark says where that is.
  const hasMark = model.layers.some(({ minor }) => minor.some((amount) => amount < 0n))
  const { point } = useRoving({
    count: rows.length,
    onCurrent: (index) => onCurrent(index === null ? null : { layer: rows[index] ?? null }),
    onChoose: (index) => onChoose(rows[index] ?? null),
  })
  const entries = rows.map((layer) => ({
    layer,
    name: layer ? nameOf(layer, texts) : words.total,
    amount: amountOf(layer?.total ?? model.total, texts),
    share: layer && shareOf(layer.tenths, locale),
  }))
  const shareWidth = Math.max(0, ...entries.map(({ share }) => (share ? textWidth(share) + 14 : 0)))
  const amountWidth = Math.max(...entries.map(({ amount }) => textWidth(amount)))
  const height = ROW * rows.length
  const nameWidth = width - shareWidth - amountWidth - SWATCH - 14

  return (
    <svg
      ref={frame}
      className="nobishiro-svg nobishiro-svg-mix-legend"
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      height={height}
      role="group"
      aria-label={words.title}
    >
      {entries.map(({ layer, name }, index) => (
        <g
          key={name}
          className="nobishiro-svg-part nobishiro-svg-choosable nobishiro-svg-row"
          role="button"
          aria-label={describeLayer(layer, texts)}
          {...point(index)}
        >
          <rect className="nobishiro-svg-hit" x={0} y={ROW * index} width={width} height={ROW} />
          <rect className="nobishiro-svg-focus" x={-2} y={ROW * index + 1} width={width + 4} height={ROW - 2} rx={3} />
        </g>
      ))}
      <g className="nobishiro-svg-group nobishiro-svg-over" aria-hidden="true">
        {entries.map(({ layer, name, amount, share }, index) => {
          const y = ROW * index
          const weight = layer ? '' : ' nobishiro-svg-strong'
          return (
            <g key={name} className="nobishiro-svg-group">
              {layer && (
                <rect
                  className={`nobishiro-svg-layer nobishiro-svg-strategy-${layer.key.toLowerCase()}`}
                  x={0}
                  y={y + (ROW - SWATCH) / 2}
                  width={SWATCH}
                  height={SWATCH}
                  rx={1.5}
                />
              )}
              {!layer && hasMark && <line className="nobishiro-svg-net" x1={0} x2={SWATCH} y1={ROW / 2} y2={ROW / 2} />}
              {!layer && <line className="nobishiro-svg-rule" x1={0} x2={width} y1={ROW - 0.5} y2={ROW - 0.5} />}
              <text className={`nobishiro-svg-text${weight}`} x={layer || hasMark ? SWATCH + 8 : 0} y={y + 17}>
                {fitText(name, nameWidth)}
              </text>
              <text className={`nobishiro-svg-text${weight}`} textAnchor="end" x={width - shareWidth} y={y + 17}>
                {amount}
              </text>
              {share && (
                <text className="nobishiro-svg-text nobishiro-svg-quiet" textAnchor="end" x={width} y={y + 17}>
                  {share}
                </text>
              )}
            </g>
          )
        })}
      </g>
    </svg>
  )
}
