import { useMemo, useState } from 'react'
import { formatMonth, lastMonth } from '../../format/month.ts'
import { formatPercent } from '../../format/percent.ts'
import { useExplainDrawer } from '../../frame/explain-drawer.tsx'
import { definitionName, provenanceOf } from '../../frame/provenance.ts'
import { WidgetFrame } from '../../frame/widget-frame.tsx'
import { useSettings } from '../../provider/settings.ts'
import type { Retention } from '../../queries/retention.ts'
import { useScope } from '../../queries/scope.ts'
import type { WidgetState } from '../../queries/widget-state.ts'
import { GaugeArc } from './gauge-arc.tsx'
import { type GaugePart, gaugeModel } from './gauge-model.ts'
import { GaugeSkeleton } from './gauge-skeleton.tsx'
import { GaugeTrend } from './gauge-trend.tsx'
import type { NrrGaugeProps } from './nrr-gauge.tsx'

/** The gauge in any state. */
export function NrrGaugeView(props: NrrGaugeProps & { state: WidgetState<Retention> }) {
  const { metric = 'nrr', target, window = 12, range, onSelect, state } = props
  const settings = useSettings('NrrGauge')
  const { text, terms, locale } = settings
  const scope = useScope(settings, range)
  const [current, setCurrent] = useState<number | null>(null)
  const isShown = state.status === 'ready' || state.status === 'partial'
  const retention = isShown ? state.data : null
  const model = useMemo(
    () => retention && gaugeModel({ retention, metric, target, text, terms, locale }),
    [retention, metric, target, text, terms, locale],
  )
  const { range: asked, ...rest } = scope
  const at = asked && retention ? { at: lastMonth(retention.current.period) } : {}
  const { explain, drawer } = useExplainDrawer({ metric, window, ...rest, ...at })

  const end = retention ? formatMonth(lastMonth(retention.current.period), locale) : null
  const rates = settings.view?.retentionCurrency === 'SPOT' ? text.gauge.spotCurrency : text.gauge.constantCurrency
  const subtitle = end ? [text.gauge.window(window, end), rates] : []
  const value = retention?.values[metric]
  const point = current === null ? null : model?.points[current]

  const choose = (part: GaugePart['key'] | 'whole') => {
    if (!retention) return
    const { nrr, grr, period } = retention.current
    onSelect?.({ part, month: lastMonth(period), nrr, grr })
    explain(part === 'kept' ? 'kept' : part === 'grown' ? 'expanded' : 'effect')
  }
  const chooseMonth = (index: number) => {
    const chosen = model?.points[index]
    if (!chosen) return
    onSelect?.({ part: 'month', month: chosen.month, value: chosen.value })
    const isLast = index === (model?.points.length ?? 0) - 1
    explain('effect', isLast ? undefined : chosen.month)
  }

  return (
    <WidgetFrame
      name="NrrGauge"
      title={text.gauge.title(terms[metric], metric === 'nrr' ? 'NRR' : 'GRR')}
      subtitle={subtitle}
      state={state}
      empty={{ title: text.states.emptyTitle, text: text.states.empty }}
      skeleton={<GaugeSkeleton />}
      table={model?.table}
      summary={model?.summary}
      note={
        point ? (
          <span className="nobishiro-note-strong">
            {`${point.label} · ${point.value === null ? text.reasons.NOT_ENOUGH_HISTORY : formatPercent(point.value, locale)}`}
          </span>
        ) : (
          value?.definition.version
        )
      }
      provenance={value ? provenanceOf(settings, { ...value, definition: definitionName(value.definition) }) : []}
      isRestated={value?.completeness === 'RESTATED'}
      onExplain={retention ? () => explain() : undefined}
      drawer={drawer}
    >
      {model && (
        <div className="nobishiro-gauge">
          <div className="nobishiro-gauge-figure">
            <GaugeArc model={model} text={text} isPartial={state.status === 'partial'} onChoose={choose} />
          </div>
          <GaugeTrend model={model} text={text} locale={locale} onCurrent={setCurrent} onChoose={chooseMonth} />
        </div>
      )}
    </WidgetFrame>
  )
}
