import { textWidth } from '../../chart/text-width.ts'

/** One bracket under all strategies, with their sum. */
export function Bracket({
  from,
  to,
  y,
  width,
  label,
}: {
  from: number
  to: number
  y: number
  width: number
  label: string
}) {
  const half = textWidth(label) / 2 + 4
  const middle = Math.min(width - half, Math.max(half, (from + to) / 2))
  return (
    <>
      <path className="nobishiro-svg-connector" d={`M${from} ${y}v5H${to}v-5`} />
      <text
        className="nobishiro-svg-text nobishiro-svg-strong nobishiro-svg-accent"
        textAnchor="middle"
        x={middle}
        y={y + 21}
      >
        {label}
      </text>
    </>
  )
}
