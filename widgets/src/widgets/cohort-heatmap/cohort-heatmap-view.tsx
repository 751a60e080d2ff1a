import type { Cohorts } from '@nobishiro/sdk'
import { useMemo, useState } from 'react'
import { moneyUnit } from '../../format/money.ts'
import { addMonths } from '../../format/month.ts'
import { useExplainDrawer } from '../../frame/explain-drawer.tsx'
import { provenanceOf } from '../../frame/provenance.ts'
import { WidgetFrame } from '../../frame/widget-frame.tsx'
import { useSettings } from '../../provider/settings.ts'
import { useScope } from '../../queries/scope.ts'
import type { WidgetState } from '../../queries/widget-state.ts'
import type { CohortHeatmapProps } from './cohort-heatmap.tsx'
import { cohortModel } from './cohort-model.ts'
import { CohortPicture } from './cohort-picture.tsx'
import { canExplain, questionOf } from './cohort-question.ts'
import { CohortSkeleton } from './cohort-skeleton.tsx'
import { describeCell, noteOf, summaryOf, tableOf, type Wording } from './cohort-text.ts'
import { cohortWords } from './cohort-words.ts'
import type { Place } from './use-cells.ts'

/** The triangle in any state. */
export function CohortHeatmapView(props: CohortHeatmapProps & { state: WidgetState<Cohorts> }) {
  const { metric = 'nrr', range, onSelect, state } = props
  const settings = useSettings('CohortHeatmap')
  const { text, terms, language, locale } = settings
  const { range: asked, where, view: _view, ...scope } = useScope(settings, range)
  const words = cohortWords[language]
  const term = text.gauge.title(terms[metric], metric.toUpperCase())
  const title = words.title(term)
  const [pointed, setPointed] = useState<Place | null>(null)
  const answer = state.status === 'ready' || state.status === 'partial' ? state.data : null
  const wording = useMemo<Wording | null>(() => {
    if (!answer) return null
    const model = cohortModel(answer, metric)
    const openings = model.rows.flatMap(({ opening }) => opening ?? [])
    const amounts = openings.map(({ amount }) => Number(amount))
    const unit = moneyUnit(amounts, openings[0]?.currency ?? 'USD', locale)
    return { model, term, unit, text, words, locale }
  }, [answer, metric, term, text, words, locale])
  const { explain, drawer } = useExplainDrawer({ metric, ...scope, ...(where && { where }) })

  const row = pointed ? wording?.model.rows[pointed.row] : undefined
  const cell = pointed ? row?.cells[pointed.age] : undefined
  const months = answer?.cohorts.flatMap(({ month }) => month ?? []) ?? []
  const [first, last] = [months[0], months.at(-1)]

  const choose = (place: Place) => {
    const chosen = wording?.model.rows[place.row]
    const at = chosen?.cells[place.age]
    if (!chosen || !at) return
    onSelect?.({ metric, cohort: chosen.month, age: at.age, value: at.ratio, accounts: at.accounts })
    const question = at.ratio === null ? null : questionOf(chosen.month, at.age, where)
    if (question) explain('effect', question.at, question)
  }

  return (
    <WidgetFrame
      name="CohortHeatmap"
      title={title}
      subtitle={wording ? [...words.subtitle, text.gauge.constantCurrency] : []}
      state={state}
      empty={
        state.status === 'empty' && state.reason === 'NO_RATE'
          ? { title: text.states.noRateTitle, text: text.reasons.NO_RATE }
          : { title: words.emptyTitle, text: words.empty }
      }
      skeleton={<CohortSkeleton cohorts={asked ? monthsBetween(asked) : 12} />}
      table={wording ? tableOf(wording, title) : undefined}
      summary={wording ? summaryOf(wording) : undefined}
      note={
        wording &&
        (row && cell ? (
          <span className="nobishiro-note-strong">{describeCell(row, cell, wording)}</span>
        ) : (
          noteOf(wording, canExplain(where))
        ))
      }
      isNoteLong
      provenance={
        answer && first && last
          ? provenanceOf(settings, { ...answer, period: { start: first, end: addMonths(last, 1) } })
          : []
      }
      isRestated={answer?.completeness === 'RESTATED'}
      drawer={drawer}
    >
      {wording && (
        <CohortPicture
          metric={metric}
          wording={wording}
          current={row && cell ? pointed : null}
          onCurrent={setPointed}
          onChoose={choose}
        />
      )}
    </WidgetFrame>
  )
}

const monthNumber = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))

/** Months of a half-open range; at least one. */
const monthsBetween = ({ start, end }: { start: string; end: string }) =>
  Math.max(1, monthNumber(end) - monthNumber(start))
