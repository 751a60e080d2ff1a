import { useId } from 'react'
import { faultOf } from '../frame/fault.ts'
import { Message } from '../frame/message.tsx'
import { useSettings } from '../provider/settings.ts'
import type { Question } from '../queries/explain.ts'
import { useExplain } from '../queries/use-explain.ts'
import { drawerText } from './drawer-text.ts'
import { headline } from './explain-text.ts'
import { Explained } from './explained.tsx'
import type { ExplainPart } from './part.ts'
import { useSheet } from './use-sheet.ts'

/** Why a number is what it is: equation, sentence, bridge, and the accounts that add up to it. */
export default function ExplainDrawer(props: { question: Question; part: ExplainPart; onClose: () => void }) {
  const settings = useSettings('ExplainDrawer')
  const { locale, language } = settings
  const text = drawerText(settings.text, language)
  const state = useExplain(props.question, 'ExplainDrawer')
  const sheet = useSheet(props.onClose)
  const titleId = useId()
  const loaded = state.status === 'ready' || state.status === 'partial' ? state.data : null
  const value = loaded && headline(loaded.explanation, locale)
  const title = value ? text.explain.title(value) : text.explain.titleUndefined

  return (
    <dialog {...sheet} className="nobishiro-sheet" aria-labelledby={titleId} lang={language}>
      <div className="nobishiro-sheet-head">
        <h2 className="nobishiro-title" id={titleId}>
          {loaded ? title : text.explain.open}
        </h2>
        <button type="button" className="nobishiro-icon-button" aria-label={text.explain.close} onClick={props.onClose}>
          ×
        </button>
      </div>
      {loaded && <Explained question={props.question} part={props.part} state={loaded} text={text} />}
      {state.status === 'loading' && <p className="nobishiro-sheet-wait">{text.states.loading}</p>}
      {(state.status === 'error' || state.status === 'denied') && (
        <div className="nobishiro-sheet-fault">
          <Message {...faultOf(state.error, text, locale)}>
            <button type="button" className="nobishiro-button nobishiro-retry" onClick={state.retry}>
              {text.states.retry}
            </button>
          </Message>
        </div>
      )}
    </dialog>
  )
}
