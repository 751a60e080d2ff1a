import { TrendLine } from '../../chart/trend-line.tsx'
import { formatRoundPercent } from '../../format/percent.ts'
import type { Messages } from '../../i18n/en.ts'
import type { GaugeModel } from './gauge-model.ts'

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
  const { points, short } = model
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]))
  const low = Math.min(1, ...values)
  return (
    <TrendLine
      points={points}
      domain={[low, Math.max(1, ...values, low + 0.02)]}
      rule={{ value: 1, label: formatRoundPercent(1, locale) }}
      label={text.trend(short, points.length)}
      className="nobishiro-svg-trend"
      height={72}
      onCurrent={onCurrent}
      onChoose={onChoose}
    />
  )
}
