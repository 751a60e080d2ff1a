import type { SeatGrowth } from '@nobishiro/sdk'
import { useMemo, useState } from 'react'
import { addMonths } from '../../format/month.ts'
import { provenanceOf } from '../../frame/provenance.ts'
import { WidgetFrame } from '../../frame/widget-frame.tsx'
import { useSettings } from '../../provider/settings.ts'
import type { WidgetState } from '../../queries/widget-state.ts'
import { Landings } from './landings.tsx'
import { SeatArea } from './seat-area.tsx'
import type { SeatGrowthChartProps } from './seat-growth-chart.tsx'
import { SeatLegend } from './seat-legend.tsx'
import { seatModel } from './seat-model.ts'
import { SeatSkeleton } from './seat-skeleton.tsx'
import { describeMonth, multipleNote, summaryOf, tableOf } from './seat-text.ts'
import { seatText } from './seat-words.ts'

/** The chart in any state. */
export function SeatGrowthChartView(props: SeatGrowthChartProps & { state: WidgetState<SeatGrowth> }) {
  const { landings = 5, onSelect, state } = props
  const settings = useSettings('SeatGrowthChart')
  const { language, locale } = settings
  const text = useMemo(() => seatText(settings.text, language), [settings.text, language])
  const [current, setCurrent] = useState<number | null>(null)
  const growth = state.status === 'ready' || state.status === 'partial' ? state.data : null
  const model = useMemo(() => growth && seatModel(growth, text.seats.otherPlans), [growth, text])
  const top = growth?.landings.slice(0, landings) ?? []
  const month = current === null ? undefined : model?.months[current]
  const first = growth?.months[0]
  const last = growth?.months.at(-1)

  const chooseMonth = (index: number) => {
    const chosen = model?.months[index]
    if (chosen) onSelect?.({ part: 'month', month: chosen.month, purchased: chosen.purchased, active: chosen.active })
  }

  return (
    <WidgetFrame
      name="SeatGrowthChart"
      title={text.seats.title}
      subtitle={model ? [model.hasActive ? text.seats.subtitle : text.seats.subtitlePurchased] : []}
      state={state}
      empty={{ title: text.seats.emptyTitle, text: text.seats.empty }}
      skeleton={<SeatSkeleton />}
      table={model ? tableOf(model, text, locale) : undefined}
      summary={model ? summaryOf(model, text, locale) : undefined}
      note={
        month ? (
          <span className="nobishiro-note-strong">{describeMonth(month, text, locale)}</span>
        ) : (
          growth && multipleNote(growth, text, locale)
        )
      }
      isNoteLong
      provenance={
        growth && first && last
          ? provenanceOf(settings, {
              ...growth,
              period: { start: first, end: addMonths(last, 1) },
              completeness: growth.completeness.at(-1) ?? 'COMPLETE',
            })
          : []
      }
      isRestated={growth?.completeness.includes('RESTATED') ?? false}
    >
      {growth && model && (
        <div className={top.length > 0 ? 'nobishiro-seats' : 'nobishiro-seats-alone'}>
          <div className="nobishiro-seats-figure">
            <SeatLegend model={model} text={text} locale={locale} />
            <SeatArea
              model={model}
              text={text}
              locale={locale}
              label={summaryOf(model, text, locale)}
              onCurrent={setCurrent}
              onChoose={chooseMonth}
            />
          </div>
          {top.length > 0 && (
            <Landings
              landings={top}
              text={text}
              locale={locale}
              onChoose={({ account, landed, now }) =>
                onSelect?.({ part: 'account', accountId: account.id, externalId: account.externalId, landed, now })
              }
            />
          )}
        </div>
      )}
    </WidgetFrame>
  )
}
