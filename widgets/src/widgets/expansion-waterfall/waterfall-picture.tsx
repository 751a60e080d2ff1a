import { useSize } from '../../chart/use-size.ts'
import { formatInUnit } from '../../format/money.ts'
import { fittingLayout, WaterfallColumns } from './waterfall-columns.tsx'
import { type Bar, waterfallBars } from './waterfall-model.ts'
import { WaterfallRows } from './waterfall-rows.tsx'
import { accountsOf, describeBar, summaryOf, type WaterfallWords } from './waterfall-text.ts'

export const HEIGHT = 262

export interface WaterfallPictureProps {
  words: WaterfallWords
  isBroken: boolean
  isPartial: boolean
  onCurrent: (bar: Bar | null) => void
  onChoose: (bar: Bar) => void
}

/** Columns, and rows where columns would be too narrow. */
export function WaterfallPicture({ words, isBroken, isPartial, onCurrent, onChoose }: WaterfallPictureProps) {
  const { waterfall, unit, text, locale } = words
  const [frame, { width }] = useSize<HTMLDivElement>({ width: 700, height: HEIGHT })
  const bars = waterfallBars(waterfall, text)
  const expansion = Number(waterfall.steps.find(({ key }) => key === 'EXPANSION')?.amount.amount ?? 0)
  const hasStrategies = bars.filter(({ strategies }) => strategies.length > 0).length > 1
  const barsWith = (mostStrategies: number) => waterfallBars(waterfall, text, mostStrategies)
  const fit = { barsWith, unit, locale, width, height: HEIGHT, isBroken }
  const isTight = fittingLayout(fit) === null

  return (
    <div ref={frame} className={isTight ? 'nobishiro-waterfall nobishiro-waterfall-tight' : 'nobishiro-waterfall'}>
      <div className="nobishiro-waterfall-columns">
        <WaterfallColumns
          {...fit}
          isPartial={isPartial}
          label={summaryOf(words)}
          bracketLabel={text.waterfall.expansionTotal(formatInUnit(expansion, unit, locale, true))}
          describe={(bar) => describeBar(bar, words)}
          onCurrent={onCurrent}
          onChoose={onChoose}
        />
      </div>
      <div className="nobishiro-waterfall-rows">
        <WaterfallRows
          bars={bars}
          expansion={hasStrategies ? { label: text.steps.EXPANSION, amount: expansion } : null}
          unit={unit}
          locale={locale}
          isPartial={isPartial}
          accounts={(bar) => accountsOf(bar, words)}
          onCurrent={onCurrent}
          onChoose={onChoose}
        />
      </div>
    </div>
  )
}
