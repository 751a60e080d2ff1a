import { linear } from '../../chart/scale.ts'
import { formatInUnit, type MoneyUnit } from '../../format/money.ts'
import { type Bar, levelSpan } from './waterfall-model.ts'

export interface WaterfallRowsProps {
  bars: Bar[]
  /** Sum of the strategies; a row above them. Null without strategies. */
  expansion: { label: string; amount: number } | null
  unit: MoneyUnit
  locale: string
  isPartial: boolean
  /** How many accounts a bar is made of, in words. */
  accounts: (bar: Bar) => string
  onCurrent: (bar: Bar | null) => void
  onChoose: (bar: Bar) => void
}

/** The waterfall as rows with right-aligned amounts, where columns would be too narrow. */
export function WaterfallRows({
  bars,
  expansion,
  unit,
  locale,
  isPartial,
  accounts,
  onCurrent,
  onChoose,
}: WaterfallRowsProps) {
  const [low, high] = levelSpan(bars)
  // The span of the changes fills the strip; a level is a mark at its height.
  const x = linear([low, high > low ? high : low + 1], [1, 99])
  const firstStrategy = bars.findIndex(({ strategies }) => strategies.length > 0)

  return (
    <ul className="nobishiro-rows">
      {bars.map((bar, index) => (
        <li key={bar.key} className="nobishiro-rows-item">
          {expansion && index === firstStrategy && (
            <div className="nobishiro-rows-row nobishiro-rows-sum">
              <span className="nobishiro-rows-label">{expansion.label}</span>
              <span className="nobishiro-rows-amount">{formatInUnit(expansion.amount, unit, locale, true)}</span>
            </div>
          )}
          <button
            type="button"
            className={rowClass(bar, expansion !== null)}
            onClick={() => onChoose(bar)}
            onFocus={() => onCurrent(bar)}
            onBlur={() => onCurrent(null)}
            onPointerEnter={() => onCurrent(bar)}
            onPointerLeave={() => onCurrent(null)}
          >
            <span className="nobishiro-rows-label">{bar.label}</span>
            <svg className="nobishiro-svg nobishiro-rows-strip" width="100%" height={12} aria-hidden="true">
              {bar.kind === 'level' ? (
                <rect
                  className="nobishiro-svg-mark nobishiro-svg-ink"
                  x={`${x(bar.to) - 0.5}%`}
                  y={0}
                  width={3}
                  height={12}
                />
              ) : (
                <rect
                  className={`nobishiro-svg-mark nobishiro-svg-${bar.tone}${isPartial ? ' nobishiro-svg-partial' : ''}`}
                  x={`${x(Math.min(bar.from, bar.to))}%`}
                  y={1}
                  width={`${Math.max(1, x(Math.max(bar.from, bar.to)) - x(Math.min(bar.from, bar.to)))}%`}
                  height={10}
                />
              )}
            </svg>
            <span className="nobishiro-rows-amount">
              {formatInUnit(bar.amount, unit, locale, bar.kind === 'change')}
              <span className="nobishiro-hidden">{` ${unit.label} ${accounts(bar)}`}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function rowClass(bar: Bar, isGrouped: boolean): string {
  const parts = ['nobishiro-rows-row', 'nobishiro-rows-button']
  if (bar.kind === 'level') parts.push('nobishiro-rows-level')
  if (isGrouped && bar.strategies.length > 0) parts.push('nobishiro-rows-strategy')
  return parts.join(' ')
}
