import type { Explanation } from '@nobishiro/sdk'
import type { Messages } from '../i18n/en.ts'
import type { Language } from '../i18n/messages.ts'
import type { ExactMoney } from './explain-text.ts'
import type { ExplainPart } from './part.ts'

export interface EquationProps {
  explanation: Explanation
  value: string
  exact: ExactMoney
  part: ExplainPart
  text: Messages
  language: Language
  onPart: (part: ExplainPart) => void
}

/** The number as an equation. Each term opens to the accounts that add up to it. */
export function Equation({ explanation, value, exact, part, text, language, onPart }: EquationProps) {
  const { numerator, denominator } = explanation.value
  const isGross = explanation.metric.key === 'grr'
  if (!numerator || !denominator) {
    return (
      <p className="nobishiro-equation">
        <b className="nobishiro-equation-value">{value}</b>
      </p>
    )
  }
  const term = (key: 'closing' | 'opening' | 'kept', minor: string, label: string) => (
    <button
      type="button"
      className="nobishiro-term"
      aria-pressed={part === key}
      title={label}
      onClick={() => onPart(part === key ? 'effect' : key)}
    >
      <span className="nobishiro-term-value">{exact.format(BigInt(minor))}</span>
      <span className="nobishiro-term-label">{text.explain.terms[key]}</span>
    </button>
  )
  return (
    <div className="nobishiro-equation">
      {term(isGross ? 'kept' : 'closing', numerator.money?.minor ?? '0', numerator.label[language])}
      <span className="nobishiro-operator" aria-label={text.explain.dividedBy} role="img">
        ÷
      </span>
      {term('opening', denominator.money?.minor ?? '0', denominator.label[language])}
      <span className="nobishiro-operator" aria-label={text.explain.equals} role="img">
        =
      </span>
      <b className="nobishiro-equation-value">{value}</b>
    </div>
  )
}
