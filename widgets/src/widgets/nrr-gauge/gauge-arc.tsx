import { Hatch, useSvgId } from '../../chart/hatch.tsx'
import { polar, type Ring, ringPath } from '../../chart/ring.ts'
import { textWidth } from '../../chart/text-width.ts'
import { useRoving } from '../../chart/use-roving.ts'
import { useSize } from '../../chart/use-size.ts'
import type { Messages } from '../../i18n/en.ts'
import { GaugeCentre } from './gauge-centre.tsx'
import type { GaugeModel, GaugePart } from './gauge-model.ts'
import { SWEEP } from './gauge-scale.ts'

const HEIGHT = 202
const RADIUS = 104
const THICKNESS = 12
const CY = 126

const FILL: Record<GaugePart['key'], string> = {
  kept: 'nobishiro-svg-mark nobishiro-svg-ink',
  grown: 'nobishiro-svg-mark nobishiro-svg-accent',
  room: 'nobishiro-svg-mark',
}

/** The 240-degree arc with 100 % at twelve o'clock. */
export function GaugeArc({
  model,
  text,
  isPartial,
  onChoose,
}: {
  model: GaugeModel
  text: Messages
  isPartial: boolean
  onChoose: (part: GaugePart['key'] | 'whole') => void
}) {
  const hatch = useSvgId()
  const [frame, { width }] = useSize<SVGSVGElement>({ width: 280, height: HEIGHT })
  const cx = width / 2
  const ring: Ring = { cx, cy: CY, inner: RADIUS - THICKNESS, outer: RADIUS }
  const parts = [{ key: 'whole' as const, label: wholeLabel(model, text) }, ...model.parts]
  const { point } = useRoving({ count: parts.length, onChoose: (index) => onChoose(parts[index]?.key ?? 'whole') })
  const label = placeTarget(model, ring, width)

  return (
    <svg
      ref={frame}
      className="nobishiro-svg nobishiro-gauge-arc"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width="100%"
      height={HEIGHT}
      role="group"
      aria-label={model.summary}
    >
      <Hatch id={hatch} />
      <path className="nobishiro-svg-mark nobishiro-svg-track" d={ringPath(ring, -SWEEP, SWEEP)} />
      <GaugeCentre model={model} cx={cx} cy={CY} targetLine={label?.isInside ? (model.target?.label ?? null) : null} />
      <g
        className="nobishiro-svg-part nobishiro-svg-choosable"
        role="button"
        aria-label={parts[0]?.label}
        {...point(0)}
      >
        <circle className="nobishiro-svg-hit" cx={cx} cy={CY} r={RADIUS - THICKNESS - 4} />
        <rect className="nobishiro-svg-focus" x={cx - 84} y={CY - 32} width={168} height={72} rx={8} />
      </g>
      {model.parts.map((part, index) => (
        <g
          key={part.key}
          className="nobishiro-svg-part nobishiro-svg-choosable"
          role="button"
          aria-label={part.label}
          {...point(index + 1)}
        >
          {part.key === 'room' && (
            <path className="nobishiro-svg-mark nobishiro-svg-paper" d={ringPath(ring, part.from, part.to)} />
          )}
          <path
            className={`${FILL[part.key]}${isPartial && part.key !== 'room' ? ' nobishiro-svg-partial' : ''}`}
            d={ringPath(ring, part.from, part.to)}
            {...(part.key === 'room' && { fill: `url(#${hatch})` })}
          />
          <path
            className="nobishiro-svg-focus"
            d={ringPath({ ...ring, inner: ring.inner - 3, outer: ring.outer + 3 }, part.from, part.to)}
          />
        </g>
      ))}
      <g className="nobishiro-svg-group" aria-hidden="true">
        <Tick ring={ring} angle={0} inside={3} outside={5} />
        {model.target && Math.abs(model.target.angle) > 0.5 && (
          <Tick ring={ring} angle={model.target.angle} inside={0} outside={4} />
        )}
        <TopLabels ring={ring} model={model} label={label} />
        {[-1, 1].map((side) => (
          <text
            key={side}
            className="nobishiro-svg-text nobishiro-svg-faint"
            textAnchor="middle"
            x={polar(cx, CY, RADIUS - THICKNESS / 2, side * SWEEP)[0]}
            y={CY + RADIUS / 2 + 19}
          >
            {model.ends[side === -1 ? 0 : 1]}
          </text>
        ))}
      </g>
    </svg>
  )
}

const wholeLabel = (model: GaugeModel, text: Messages) =>
  model.value === null ? text.explain.titleUndefined : text.explain.title(model.value)

function Tick({ ring, angle, inside, outside }: { ring: Ring; angle: number; inside: number; outside: number }) {
  const [x1, y1] = polar(ring.cx, ring.cy, ring.inner - inside, angle)
  const [x2, y2] = polar(ring.cx, ring.cy, ring.outer + outside, angle)
  return <line className="nobishiro-svg-tick" x1={x1} y1={y1} x2={x2} y2={y2} />
}

interface TargetLabel {
  x: number
  y: number
  anchor: 'start' | 'end'
  /** No room beside the arc: it goes under the number. */
  isInside: boolean
  /** So near to twelve o'clock that the label of 100 % has to give way. */
  isNearTop: boolean
}

/** Where the target's label goes: beside the arc where it fits, else under the number. */
function placeTarget({ target }: GaugeModel, ring: Ring, width: number): TargetLabel | null {
  if (!target) return null
  const [x, y] = polar(ring.cx, ring.cy, ring.outer + 9, target.angle)
  const isRight = target.angle >= 0
  const isNearTop = Math.abs(target.angle) < 16
  const left = isNearTop ? ring.cx + (isRight ? 8 : -8) : x + (isRight ? 2 : -2)
  const needed = textWidth(target.label) + 2
  const isInside = (isRight ? width - left : left) < needed
  return { x: left, y: isNearTop ? 11 : y + 2, anchor: isRight ? 'start' : 'end', isInside, isNearTop }
}

function TopLabels({ ring, model, label }: { ring: Ring; model: GaugeModel; label: TargetLabel | null }) {
  const hundred = `100${'\u202f'}%`
  const isAtTop = model.target !== null && Math.abs(model.target.angle) < 0.5
  const side = label?.isNearTop && !isAtTop && !label.isInside ? (label.anchor === 'start' ? 'end' : 'start') : 'middle'
  const shift = side === 'middle' ? 0 : side === 'end' ? -4 : 4
  return (
    <>
      <text className="nobishiro-svg-text nobishiro-svg-quiet" textAnchor={side} x={ring.cx + shift} y={11}>
        {isAtTop ? model.target?.label : hundred}
      </text>
      {model.target && label && !label.isInside && !isAtTop && (
        <text className="nobishiro-svg-text nobishiro-svg-quiet" textAnchor={label.anchor} x={label.x} y={label.y}>
          {model.target.label}
        </text>
      )}
    </>
  )
}
