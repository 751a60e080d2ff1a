import { linear } from '../../chart/scale.ts'
import { fitText, textWidth } from '../../chart/text-width.ts'
import { formatCount } from '../../format/count.ts'
import { formatRoundPercent } from '../../format/percent.ts'
import { AGES, AGES_LINE, type CohortLayout, CURVE_BOTTOM, CURVE_TOP, ROW, rowTop } from './cohort-layout.ts'
import type { CohortRow } from './cohort-model.ts'
import { nameOf, openingOf, type Wording } from './cohort-text.ts'

/** Everything at the left that stays while the cells scroll: what the curves are, their heights, and the row headers. */
export function CohortHeads({
  wording,
  layout,
  width,
  current,
}: {
  wording: Wording
  layout: CohortLayout
  /** Of the whole picture: the names of what is at the right reach over it. */
  width: number
  current: number | null
}) {
  const { model, words, unit, locale } = wording
  const { left, columns, isOneLine, height } = layout
  const { rows, ticks } = model
  const pointed = current ? rows[current] : undefined
  const accounts = words.columnAccounts
  const opening = words.columnOpening(unit.label)
  const y = linear([ticks[0] ?? 0, ticks.at(-1) ?? 1], [CURVE_BOTTOM, CURVE_TOP])

  return (
    <svg className="nobishiro-svg nobishiro-cohort-heads" width={left} height={height} aria-hidden="true">
      <line className="nobishiro-svg-line" x1={0} x2={14} y1={9} y2={9} />
      <text className="nobishiro-svg-text nobishiro-svg-quiet" x={19} y={13}>
        {words.all}
      </text>
      {pointed && (
        <>
          <line
            className="nobishiro-svg-curve"
            x1={textWidth(words.all) + 37}
            x2={textWidth(words.all) + 51}
            y1={9}
            y2={9}
          />
          <text className="nobishiro-svg-text nobishiro-svg-strong" x={textWidth(words.all) + 56} y={13}>
            {nameOf(pointed, wording)}
          </text>
        </>
      )}
      {ticks.map((tick) => (
        <text
          key={tick}
          className="nobishiro-svg-text nobishiro-svg-faint"
          textAnchor="end"
          x={left - 10}
          y={y(tick) + 4}
        >
          {formatRoundPercent(tick, locale)}
        </text>
      ))}
      <text className="nobishiro-svg-text nobishiro-svg-quiet" x={left + 2} y={AGES_LINE}>
        {fitText(words.ages, width - left - 2)}
      </text>
      {isOneLine ? (
        <>
          <text className="nobishiro-svg-text nobishiro-svg-quiet" x={0} y={AGES}>
            {words.columnCohort}
          </text>
          <text className="nobishiro-svg-text nobishiro-svg-quiet" textAnchor="end" x={columns.accounts} y={AGES}>
            {accounts}
          </text>
          <text className="nobishiro-svg-text nobishiro-svg-quiet" textAnchor="end" x={columns.opening} y={AGES}>
            {opening}
          </text>
        </>
      ) : (
        <>
          <text className="nobishiro-svg-text nobishiro-svg-quiet" x={0} y={AGES_LINE + 3}>
            {`${accounts} ·`}
          </text>
          <text className="nobishiro-svg-text nobishiro-svg-quiet" x={0} y={AGES}>
            {opening}
          </text>
        </>
      )}
      {rows.map((row, index) => (
        <Head
          key={row.month ?? 'all'}
          row={row}
          top={rowTop(index)}
          wording={wording}
          layout={layout}
          isStrong={current === null ? index === 0 : index === current}
        />
      ))}
    </svg>
  )
}

function Head(props: { row: CohortRow; top: number; wording: Wording; layout: CohortLayout; isStrong: boolean }) {
  const { row, top, wording, layout, isStrong } = props
  const name = nameOf(row, wording)
  const count = formatCount(row.accounts, wording.locale)
  const opening = row.accounts === 0 ? '' : openingOf(row, wording)
  const nameClass = `nobishiro-svg-text${isStrong ? ' nobishiro-svg-strong' : ''}`
  if (!layout.isOneLine) {
    return (
      <>
        <text className={nameClass} x={0} y={top + 13}>
          {name}
        </text>
        <text className="nobishiro-svg-text nobishiro-svg-faint" x={0} y={top + 27}>
          {opening ? `${count} · ${opening}` : count}
        </text>
      </>
    )
  }
  const line = top + ROW / 2 + 4
  return (
    <>
      <text className={nameClass} x={0} y={line}>
        {name}
      </text>
      <text className="nobishiro-svg-text nobishiro-svg-quiet" textAnchor="end" x={layout.columns.accounts} y={line}>
        {count}
      </text>
      <text className="nobishiro-svg-text nobishiro-svg-quiet" textAnchor="end" x={layout.columns.opening} y={line}>
        {opening}
      </text>
    </>
  )
}
