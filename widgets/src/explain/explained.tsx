import type { Explanation } from '@nobishiro/sdk'
import { useState } from 'react'
import { formatInstantDay } from '../format/month.ts'
import { definitionName, provenanceOf } from '../frame/provenance.ts'
import type { Language } from '../i18n/messages.ts'
import { useSettings } from '../provider/settings.ts'
import type { Question } from '../queries/explain.ts'
import type { ExplanationState } from '../queries/use-explain.ts'
import { Bridge } from './bridge.tsx'
import type { DrawerText } from './drawer-text.ts'
import { EntryTable } from './entry-table.tsx'
import { Equation } from './equation.tsx'
import { evidenceOf } from './evidence.ts'
import { downloadEvidence } from './evidence-csv.ts'
import { EvidenceTable } from './evidence-table.tsx'
import { exactCounts, exactMoney, headline } from './explain-text.ts'
import { partOf } from './explained-part.ts'
import type { ExplainPart } from './part.ts'

const FIRST = 8
const MORE = 20

export interface ExplainedProps {
  question: Question
  part: ExplainPart
  state: ExplanationState
  text: DrawerText
}

/** The drawer's inside once the evidence is there. */
export function Explained({ question, part: firstPart, state, text }: ExplainedProps) {
  const settings = useSettings('ExplainDrawer')
  const { locale, language, timeZone, client } = settings
  const { explanation, spans, movements, hasMore } = state
  const { value, metric, bridge, landsOn } = explanation
  const isOfMovements = landsOn === null
  const [chosen, setPart] = useState<ExplainPart>(firstPart)
  const [limit, setLimit] = useState(FIRST)
  const [isSaving, setIsSaving] = useState(false)
  const part = partOf(explanation, chosen)

  const evidence = evidenceOf(state, part, limit)
  const currency = explanation.difference.currency
  const exact = exactMoney(
    [...spans.flatMap(({ opening, closing }) => [opening, closing]), ...movements.map(({ amount }) => amount)].map(
      ({ minor }) => BigInt(minor),
    ),
    currency,
    locale,
  )
  const shown = headline(explanation, locale)
  const choose = (next: ExplainPart) => {
    setPart(next)
    setLimit(FIRST)
  }
  const showMore = () => {
    setLimit(limit + MORE)
    if (hasMore && limit + MORE > spans.length + movements.length) state.loadMore()
  }
  const provenance = provenanceOf(settings, {
    definition: definitionName(value.definition),
    period: explanation.period,
    asOf: value.asOf,
    version: value.version,
    completeness: value.completeness,
    restatedSince: value.restatedSince,
  })
  const saveCsv = async () => {
    setIsSaving(true)
    try {
      await downloadEvidence({ client, question, provenance, text, name: `${metric.key} ${explanation.period.end}` })
    } finally {
      setIsSaving(false)
    }
  }
  const isCount = part === 'effect' && landsOn === 'NUMERATOR' && value.numerator?.unit === 'COUNT'
  const listed = isCount ? exactCounts(locale) : exact
  const column = columnOf(explanation, part, isCount, exact.label, text)
  const title = isOfMovements && value.denominator ? termOf(value, part, language) : text.explain.parts[part]
  const total =
    part === 'effect' && landsOn === 'DIFFERENCE' && value.numerator?.money && value.denominator?.money
      ? `${exact.format(BigInt(value.numerator.money.minor))} − ${exact.format(BigInt(value.denominator.money.minor))}`
      : text.explain.sum

  return (
    <>
      <div className="nobishiro-sheet-body">
        {shown !== null && (
          <Equation
            explanation={explanation}
            value={shown}
            exact={exact}
            part={part}
            text={text}
            locale={locale}
            language={language}
            onPart={choose}
          />
        )}
        <p className="nobishiro-sentence">{explanation.sentence[language]}</p>
        {bridge && value.value !== null && (
          <Bridge waterfall={bridge} window={question.window ?? 12} text={text} locale={locale} onPart={choose} />
        )}
        {evidence.rows.length > 0 && (
          <section className="nobishiro-evidence-section" aria-label={title}>
            <div className="nobishiro-evidence-head">
              <h3 className="nobishiro-evidence-title">{title}</h3>
              {part !== 'effect' && !isOfMovements && (
                <button type="button" className="nobishiro-button" onClick={() => choose('effect')}>
                  {text.explain.showAll}
                </button>
              )}
            </div>
            <EvidenceTable
              key={part}
              evidence={evidence}
              caption={title}
              column={column}
              listed={listed}
              exact={exact}
              period={explanation.period}
              totalLabel={total}
              text={text}
              locale={locale}
            />
            {evidence.others && evidence.others.count > 0 && (
              <button
                type="button"
                className="nobishiro-button nobishiro-more"
                disabled={state.isLoadingMore}
                onClick={showMore}
              >
                {text.explain.more}
              </button>
            )}
          </section>
        )}
        {explanation.entries.edges.length > 0 && (
          <section className="nobishiro-evidence-section" aria-label={text.explain.inputs}>
            <h3 className="nobishiro-evidence-title">{text.explain.inputs}</h3>
            <EntryTable
              explanation={explanation}
              caption={text.explain.inputs}
              text={text}
              locale={locale}
              language={language}
            />
          </section>
        )}
        <section className="nobishiro-evidence-section" aria-label={text.explain.definition}>
          <h3 className="nobishiro-evidence-title">{text.explain.definition}</h3>
          <p className="nobishiro-definition">{metric.description[language]}</p>
          <p className="nobishiro-definition">{metric.formula[language]}</p>
        </section>
      </div>
      <footer className="nobishiro-sheet-foot">
        <span className="nobishiro-sheet-origin">
          {text.explain.asOf(metric.version, formatInstantDay(value.asOf, locale, timeZone))}
          <br className="nobishiro-break" />
          {text.explain.ledger(value.version)}
        </span>
        <button type="button" className="nobishiro-button" disabled={isSaving} onClick={saveCsv}>
          {isSaving ? text.explain.csvWait : text.explain.csv}
        </button>
      </footer>
    </>
  )
}

const termOf = ({ numerator, denominator }: Explanation['value'], part: ExplainPart, language: Language) =>
  (part === 'denominator' ? denominator : numerator)?.label[language] ?? ''

/** What a row's amount is: a level of MRR, a change of it, a part of the number, or a count. */
function columnOf(
  { landsOn, metric }: Explanation,
  part: ExplainPart,
  isCount: boolean,
  currency: string,
  text: DrawerText,
): { label: string; isSigned: boolean } {
  if (isCount) return { label: text.waterfall.columnAccounts, isSigned: false }
  if (part === 'closing' || part === 'opening' || part === 'kept')
    return { label: text.explain.columnLevel(currency), isSigned: false }
  const isPart = landsOn === 'NUMERATOR' || part === 'denominator' || (landsOn === null && metric.unit !== 'MONEY')
  if (isPart) return { label: text.waterfall.columnAmount(currency), isSigned: false }
  return { label: text.explain.columnChange(currency), isSigned: true }
}
