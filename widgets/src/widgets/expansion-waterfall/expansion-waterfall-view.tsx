import type { Waterfall, WaterfallStepKey } from '@nobishiro/sdk'
import { useState } from 'react'
import type { ExplainPart } from '../../explain/part.ts'
import { lastMonth } from '../../format/month.ts'
import { useExplainDrawer } from '../../frame/explain-drawer.tsx'
import { definitionName, provenanceOf } from '../../frame/provenance.ts'
import { WidgetFrame } from '../../frame/widget-frame.tsx'
import { useSettings } from '../../provider/settings.ts'
import { useScope } from '../../queries/scope.ts'
import type { WidgetState } from '../../queries/widget-state.ts'
import type { ExpansionWaterfallProps } from './expansion-waterfall.tsx'
import { type Bar, needsBreak, waterfallBars, waterfallUnit } from './waterfall-model.ts'
import { HEIGHT, WaterfallPicture } from './waterfall-picture.tsx'
import { WaterfallSkeleton } from './waterfall-skeleton.tsx'
import { largestNote, noteOf, subtitleOf, summaryOf, tableOf } from './waterfall-text.ts'

const PARTS: Partial<Record<WaterfallStepKey, ExplainPart>> = {
  OPENING: 'opening',
  CLOSING: 'closing',
  EXPANDED: 'expanded',
  CONTRACTED: 'contracted',
  LOST: 'lost',
}

/** The waterfall in any state. */
export function ExpansionWaterfallView(props: ExpansionWaterfallProps & { state: WidgetState<Waterfall> }) {
  const { population = 'ALL', window = 12, range, onSelect, state } = props
  const settings = useSettings('ExpansionWaterfall')
  const { text, locale } = settings
  const { range: asked, ...scope } = useScope(settings, range)
  const [current, setCurrent] = useState<Bar | null>(null)
  const [isFromZero, setIsFromZero] = useState(false)
  const isCohort = population === 'COHORT'
  const title = isCohort ? text.waterfall.titleCohort : text.waterfall.titleAll

  const waterfall = state.status === 'ready' || state.status === 'partial' ? state.data : null
  const at = asked && waterfall ? { at: lastMonth(waterfall.period) } : {}
  const { explain, drawer } = useExplainDrawer(
    isCohort ? { metric: 'nrr', window, ...scope, ...at } : { metric: 'expansion', ...scope, ...at },
  )
  const words = waterfall && { waterfall, unit: waterfallUnit(waterfall, locale), window, text, locale }
  const bars = waterfall ? waterfallBars(waterfall, text) : []
  const canBreak = needsBreak(bars)

  const choose = (bar: Bar) => {
    onSelect?.({ step: bar.step, strategies: bar.strategies, amount: bar.amount, accounts: bar.accounts })
    if (isCohort) explain(PARTS[bar.step] ?? 'effect')
    else if (bar.step === 'EXPANSION') explain()
  }

  return (
    <WidgetFrame
      name="ExpansionWaterfall"
      title={title}
      subtitle={words ? subtitleOf(words) : []}
      state={state}
      empty={
        state.status === 'empty' && state.reason === 'NO_RATE'
          ? { title: text.states.noRateTitle, text: text.reasons.NO_RATE }
          : { title: text.states.emptyTitle, text: text.states.empty }
      }
      skeleton={<WaterfallSkeleton height={HEIGHT} rows={isCohort ? 5 : 10} />}
      table={words ? tableOf(bars, words, title) : undefined}
      summary={words ? summaryOf(words) : undefined}
      note={
        words &&
        (current ? <span className="nobishiro-note-strong">{noteOf(current, words)}</span> : largestNote(words))
      }
      isNoteLong
      provenance={
        waterfall
          ? provenanceOf(settings, {
              ...waterfall,
              definition: definitionName({ version: waterfall.definition, view: waterfall.view }),
            })
          : []
      }
      isRestated={waterfall?.completeness === 'RESTATED'}
      actions={
        canBreak && (
          <button
            type="button"
            className="nobishiro-button nobishiro-columns-only"
            aria-pressed={isFromZero}
            onClick={() => setIsFromZero(!isFromZero)}
          >
            {text.waterfall.fromZero}
          </button>
        )
      }
      onExplain={waterfall ? () => explain() : undefined}
      drawer={drawer}
    >
      {words && (
        <WaterfallPicture
          words={words}
          isBroken={canBreak && !isFromZero}
          isPartial={state.status === 'partial'}
          onCurrent={setCurrent}
          onChoose={choose}
        />
      )}
    </WidgetFrame>
  )
}
