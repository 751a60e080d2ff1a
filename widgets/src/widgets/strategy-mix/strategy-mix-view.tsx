import type { ExpansionStrategy, StrategyMix } from '@nobishiro/sdk'
import { useMemo, useState } from 'react'
import { lastMonth } from '../../format/month.ts'
import { formatPercent } from '../../format/percent.ts'
import { useExplainDrawer } from '../../frame/explain-drawer.tsx'
import { definitionName, provenanceOf } from '../../frame/provenance.ts'
import { WidgetFrame } from '../../frame/widget-frame.tsx'
import { useSettings } from '../../provider/settings.ts'
import { useScope } from '../../queries/scope.ts'
import type { WidgetState } from '../../queries/widget-state.ts'
import { MixColumns } from './mix-columns.tsx'
import type { Cell } from './mix-layout.ts'
import { MixLegend } from './mix-legend.tsx'
import { type MixLayer, majorOf, mixModel } from './mix-model.ts'
import { MixSkeleton } from './mix-skeleton.tsx'
import { describeCell, describeLayer, type MixTexts, mixUnit, rangeName, summaryOf, tableOf } from './mix-text.ts'
import { mixWords } from './mix-words.ts'
import type { StrategyMixProps } from './strategy-mix.tsx'

/** What is pointed at: a part of a column, or a row beside the columns. */
type Pointed = { cell: Cell } | { layer: MixLayer | null }

/** In words, of the numbers that are there now: a live page may have moved under the pointer. */
function noteOf(pointed: Pointed, texts: MixTexts): string {
  if ('cell' in pointed) return describeCell(pointed.cell, texts)
  const layer = texts.model.layers.find(({ key }) => key === pointed.layer?.key)
  return describeLayer(layer ?? null, texts)
}

/** The mix in any state. */
export function StrategyMixView(props: StrategyMixProps & { state: WidgetState<StrategyMix> }) {
  const { bucket = 'MONTH', range, onSelect, state } = props
  const settings = useSettings('StrategyMix')
  const { text, language, locale } = settings
  const { range: asked, ...scope } = useScope(settings, range)
  const words = mixWords[language]
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const mix = state.status === 'ready' || state.status === 'partial' ? state.data : null
  const texts = useMemo((): MixTexts | null => {
    if (!mix) return null
    const model = mixModel(mix, bucket, asked)
    return { model, bucket, unit: mixUnit(model, locale), text, words, locale }
  }, [mix, bucket, asked, text, words, locale])
  const periods = texts?.model.periods ?? []
  const [first, last] = [periods[0], periods.at(-1)]
  const { explain, drawer } = useExplainDrawer({
    metric: 'expansion',
    ...scope,
    ...(asked && last && { at: lastMonth(last) }),
  })

  /** Longer buckets have no evidence of their own: their months have it. */
  const isOpening = bucket === 'MONTH'
  const choose = ({ column, layer }: Cell) => {
    const { model } = texts ?? {}
    const period = model?.periods[column]
    if (!model || !period) return
    const chosen = layer === null ? undefined : model.layers[layer]
    const strategies: ExpansionStrategy[] = chosen?.strategies ?? []
    onSelect?.({ strategies, month: period.start, amount: majorOf(chosen?.minor[column] ?? period.total, model) })
    if (!isOpening) return
    const where = strategies.length > 0 ? { ...scope.where, strategy: strategies } : undefined
    explain('effect', period === last ? undefined : period.start, where && { where })
  }
  const chooseLayer = (layer: MixLayer | null) => {
    if (!texts) return
    const { model } = texts
    onSelect?.({
      strategies: layer?.strategies ?? [],
      month: null,
      amount: majorOf(layer?.total ?? model.total, model),
    })
  }

  return (
    <WidgetFrame
      name="StrategyMix"
      title={words.title}
      subtitle={texts ? [rangeName(texts), texts.unit.label] : []}
      state={state}
      empty={{ title: words.emptyTitle, text: words.empty }}
      skeleton={<MixSkeleton />}
      table={texts ? tableOf(texts) : undefined}
      summary={texts ? summaryOf(texts) : undefined}
      note={
        texts && pointed ? (
          <span className="nobishiro-note-strong">{noteOf(pointed, texts)}</span>
        ) : (
          mix?.confirmedShare && words.confirmed(formatPercent(mix.confirmedShare, locale))
        )
      }
      isNoteLong
      provenance={
        mix && first && last
          ? provenanceOf(settings, {
              ...mix,
              definition: definitionName({ version: mix.definition, view: mix.view }),
              period: { start: first.start, end: last.end },
              completeness: last.completeness,
            })
          : []
      }
      isRestated={mix?.completeness.includes('RESTATED') ?? false}
      onExplain={mix && isOpening ? () => explain() : undefined}
      drawer={drawer}
    >
      {texts && (
        <div className="nobishiro-mix">
          <MixColumns
            texts={texts}
            lit={pointed && 'layer' in pointed && pointed.layer ? pointed.layer.key : null}
            onCurrent={(cell) => setPointed(cell && { cell })}
            onChoose={choose}
          />
          <MixLegend texts={texts} onCurrent={setPointed} onChoose={chooseLayer} />
        </div>
      )}
    </WidgetFrame>
  )
}
