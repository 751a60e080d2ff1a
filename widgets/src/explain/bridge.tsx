import type { Waterfall, WaterfallStepKey } from '@nobishiro/sdk'
import { useSize } from '../chart/use-size.ts'
import type { Messages } from '../i18n/en.ts'
import { WaterfallColumns } from '../widgets/expansion-waterfall/waterfall-columns.tsx'
import { needsBreak, waterfallBars, waterfallUnit } from '../widgets/expansion-waterfall/waterfall-model.ts'
import { describeBar, summaryOf } from '../widgets/expansion-waterfall/waterfall-text.ts'
import type { ExplainPart } from './part.ts'

const HEIGHT = 178

const PARTS: Partial<Record<WaterfallStepKey, ExplainPart>> = {
  OPENING: 'opening',
  CLOSING: 'closing',
  EXPANDED: 'expanded',
  CONTRACTED: 'contracted',
  LOST: 'lost',
}

/** The bridge of the accounts behind the number. Each step opens to its accounts. */
export function Bridge({
  waterfall,
  window,
  text,
  locale,
  onPart,
}: {
  waterfall: Waterfall
  window: number
  text: Messages
  locale: string
  onPart: (part: ExplainPart) => void
}) {
  const [frame, { width }] = useSize<HTMLElement>({ width: 436, height: HEIGHT })
  const unit = waterfallUnit(waterfall, locale)
  const words = { waterfall, unit, window, text, locale }
  const bars = waterfallBars(waterfall, text)
  return (
    <figure ref={frame} className="nobishiro-bridge">
      <figcaption className="nobishiro-bridge-unit">{unit.label}</figcaption>
      <WaterfallColumns
        barsWith={() => bars}
        unit={unit}
        locale={locale}
        height={HEIGHT}
        width={width}
        isBroken={needsBreak(bars)}
        isPartial={waterfall.completeness === 'PARTIAL'}
        label={summaryOf(words)}
        bracketLabel=""
        describe={(bar) => describeBar(bar, words)}
        onCurrent={() => {}}
        onChoose={(bar) => onPart(PARTS[bar.step] ?? 'effect')}
      />
    </figure>
  )
}
