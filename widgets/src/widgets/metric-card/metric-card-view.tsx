import type { MetricCard } from '@nobishiro/sdk'
import { useMemo, useState } from 'react'
import { TrendLine } from '../../chart/trend-line.tsx'
import { lastMonth } from '../../format/month.ts'
import { useExplainDrawer } from '../../frame/explain-drawer.tsx'
import { provenanceOf } from '../../frame/provenance.ts'
import { WidgetFrame } from '../../frame/widget-frame.tsx'
import { isRetention } from '../../i18n/terms.ts'
import { useSettings } from '../../provider/settings.ts'
import { useScope } from '../../queries/scope.ts'
import type { WidgetState } from '../../queries/widget-state.ts'
import { CardFigure } from './card-figure.tsx'
import { CardSkeleton } from './card-skeleton.tsx'
import { cardText } from './card-words.ts'
import type { MetricCardProps } from './metric-card.tsx'
import { cardModel, titleOf } from './metric-card-model.ts'

/** The card in any state. */
export function MetricCardView(props: MetricCardProps & { state: WidgetState<MetricCard> }) {
  const { metric, window, bucket = 'MONTH', range, compare = 'PREVIOUS', onSelect, state } = props
  const settings = useSettings('MetricCard')
  const { terms, language, locale, queryClient } = settings
  const text = useMemo(() => cardText(settings.text, language), [settings.text, language])
  const { range: asked, ...scope } = useScope(settings, range)
  const [current, setCurrent] = useState<number | null>(null)
  const isWeekly = bucket === 'WEEK'
  const isShown = state.status === 'ready' || state.status === 'partial'
  const card = isShown ? state.data : null
  const model = useMemo(
    () => card && cardModel({ card, bucket, compare, text, terms, language, locale }),
    [card, bucket, compare, text, terms, language, locale],
  )
  const last = card?.values.at(-1)
  const at = isWeekly
    ? { bucket: 'WEEK' as const, ...(last && { at: last.period.start }) }
    : asked && last && { at: lastMonth(last.period) }
  const { explain, drawer } = useExplainDrawer({ metric, ...(window && { window }), ...scope, ...at })
  const point = current === null ? null : model?.points[current]

  /** The name before the answer is there: the tenant's own, or that of an answer to another range. */
  const knownTitle = () => {
    const answers = queryClient.getQueriesData<MetricCard>({ queryKey: ['nobishiro', 'metricCard'] })
    const known = answers.find(([, answer]) => answer?.definition.key === metric)?.[1]
    if (known) return titleOf({ card: known, text, terms, language })
    return isRetention(metric) ? text.gauge.title(terms[metric], metric.toUpperCase()) : text.card.title
  }

  const choose = (index: number) => {
    const chosen = model?.points[index]
    if (!chosen) return
    onSelect?.({ metric, month: chosen.month, value: chosen.value })
    const isLast = index === (model?.points.length ?? 0) - 1
    explain('effect', isLast ? undefined : chosen.month)
  }

  return (
    <WidgetFrame
      name="MetricCard"
      title={model?.title ?? knownTitle()}
      subtitle={model?.subtitle ?? []}
      state={state}
      empty={{ title: text.states.emptyTitle, text: text.states.empty }}
      skeleton={<CardSkeleton />}
      table={model?.table}
      summary={model?.summary}
      note={
        point ? (
          <span className="nobishiro-note-strong">{`${point.label} · ${point.shown ?? reasonOf(card, current, text.reasons)}`}</span>
        ) : (
          card?.definition.version
        )
      }
      provenance={
        card && last
          ? provenanceOf(settings, { ...last, definition: `${card.definition.key} ${card.definition.version}` })
          : []
      }
      isRestated={last?.completeness === 'RESTATED'}
      onExplain={card ? () => explain() : undefined}
      drawer={drawer}
    >
      {model && (
        <div className="nobishiro-metric">
          <CardFigure model={model} />
          <TrendLine
            points={model.points}
            domain={model.domain}
            rule={model.rule}
            label={model.trend}
            className="nobishiro-svg-spark"
            height={64}
            onCurrent={setCurrent}
            onChoose={choose}
          />
          {model.beside.map((line) => (
            <p key={line} className="nobishiro-card-beside">
              {line}
            </p>
          ))}
        </div>
      )}
    </WidgetFrame>
  )
}

function reasonOf(card: MetricCard | null, index: number | null, reasons: Record<string, string>): string {
  const reason = index === null ? null : card?.values[index]?.reason
  return reason ? (reasons[reason] ?? '') : ''
}
