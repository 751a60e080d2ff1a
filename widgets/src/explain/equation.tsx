import type { Explanation } from '@nobishiro/sdk'
import type { Language } from '../i18n/messages.ts'
import type { DrawerText } from './drawer-text.ts'
import { type ExactMoney, termText } from './explain-text.ts'
import type { ExplainPart } from './part.ts'

export interface EquationProps {
  explanation: Explanation
  value: string
  exact: ExactMoney
  part: ExplainPart
  text: DrawerText
  locale: string
  language: Language
  onPart: (part: ExplainPart) => void
}

/** The number as an equation. A term opens to the accounts or movements that add up to it, where they are listed. */
export function Equation({ explanation, value, exact, part, text, locale, language, onPart }: EquationProps) {
  const { numerator, denominator } = explanation.value
  if (!numerator || !denominator) {
    return (
      <p className="nobishiro-equation">
        <b className="nobishiro-equation-value">{value}</b>
      </p>
    )
  }
  const [above, below] = termsOf(explanation, text, language)
  const term = ({ opens, label, title, otherwise }: EquationTerm, shown: string) => {
    const content = (
      <>
        <span className="nobishiro-term-value">{shown}</span>
        <span className="nobishiro-term-label">{label}</span>
      </>
    )
    if (!opens) return <span className="nobishiro-term nobishiro-term-plain">{content}</span>
    return (
      <button
        type="button"
        className="nobishiro-term"
        aria-pressed={part === opens}
        title={title}
        onClick={() => onPart(part === opens ? otherwise : opens)}
      >
        {content}
      </button>
    )
  }
  return (
    <div className="nobishiro-equation">
      {term(above, termText(numerator, exact, locale))}
      <span className="nobishiro-operator" aria-label={text.explain.dividedBy} role="img">
        ÷
      </span>
      {term(below, termText(denominator, exact, locale))}
      <span className="nobishiro-operator" aria-label={text.explain.equals} role="img">
        =
      </span>
      <b className="nobishiro-equation-value">{value}</b>
    </div>
  )
}

interface EquationTerm {
  label: string
  title: string
  /** The list it opens; null where nothing is listed for it. */
  opens: ExplainPart | null
  /** The list that takes its place when it is let go. */
  otherwise: ExplainPart
}

function termsOf(explanation: Explanation, text: DrawerText, language: Language): [EquationTerm, EquationTerm] {
  const { value, bridge, metric, numeratorKinds } = explanation
  const title = (term: typeof value.numerator) => term?.label[language] ?? ''
  const [above, below] = [title(value.numerator), title(value.denominator)]
  if (bridge) {
    const { terms } = text.explain
    const closing = metric.key === 'grr' ? 'kept' : 'closing'
    return [
      { label: terms[closing], title: above, opens: closing, otherwise: 'effect' },
      { label: terms.opening, title: below, opens: 'opening', otherwise: 'effect' },
    ]
  }
  const isOfMovements = numeratorKinds.length > 0
  return [
    { label: above, title: above, opens: isOfMovements ? 'movements' : null, otherwise: 'movements' },
    { label: below, title: below, opens: isOfMovements ? 'denominator' : null, otherwise: 'movements' },
  ]
}
