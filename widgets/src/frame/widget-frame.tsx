import { type ReactNode, useId, useRef, useState } from 'react'
import { DataTable } from '../chart/data-table.tsx'
import type { Table } from '../chart/table.ts'
import { useSettings } from '../provider/settings.ts'
import { schemeClass } from '../provider/theme.ts'
import type { WidgetState } from '../queries/widget-state.ts'
import { denial, faultOf } from './fault.ts'
import { Menu } from './menu.tsx'
import { Message } from './message.tsx'
import { ThemeStyle } from './theme-style.tsx'
import { useThemeVariables } from './use-theme-variables.ts'

export interface WidgetFrameProps {
  /** Component name, for the missing-provider error and the class: NrrGauge. */
  name: string
  title: string
  /** Period, unit, who is in it. */
  subtitle: string[]
  state: WidgetState<unknown>
  /** Said when there is nothing to show yet. */
  empty: { title: string; text: string }
  /** The picture's place while it loads; also keeps that place in every other state. */
  skeleton: ReactNode
  /** The picture. */
  children?: ReactNode
  /** The same numbers as a table. */
  table?: Table | undefined
  /** One sentence with the main numbers, announced when they arrive. */
  summary?: string | undefined
  /** A line beneath the picture: where one is, or what is most notable. */
  note?: ReactNode
  /** The note may take two lines where the widget is narrow. */
  isNoteLong?: boolean
  /** Lines that head a CSV: definition, period, as-of. */
  provenance?: readonly (readonly [string, string])[]
  actions?: ReactNode
  onExplain?: (() => void) | undefined
  isRestated?: boolean
  drawer?: ReactNode
}

/** Loading, empty, partial, error, denied and ready, once for all widgets. */
export function WidgetFrame(props: WidgetFrameProps) {
  const { name, title, subtitle, state, table, summary, note, actions, onExplain, isRestated, drawer } = props
  const { text, theme, nonce, language } = useSettings(name)
  const [isTable, setIsTable] = useState(false)
  const root = useRef<HTMLElement>(null)
  const heading = useId()
  useThemeVariables(root, theme)
  const isShown = state.status === 'ready' || state.status === 'partial'
  const word = state.status === 'partial' ? text.states.partial : isRestated ? text.states.restated : null

  return (
    <section
      ref={root}
      className={`nobishiro-widget ${schemeClass(theme)} nobishiro-state-${state.status}`}
      data-nobishiro={name}
      data-nobishiro-theme={heading}
      lang={language}
      aria-labelledby={heading}
      aria-busy={state.status === 'loading'}
    >
      <ThemeStyle theme={theme} nonce={nonce} scope={heading} />
      <div className="nobishiro-card">
        <header className="nobishiro-head">
          <div className="nobishiro-heading">
            <h2 className="nobishiro-title" id={heading}>
              {title}
              {isShown && word && <span className="nobishiro-state-word">{word}</span>}
            </h2>
            <p className="nobishiro-subtitle">
              {subtitle.map((part, index) => (
                <span key={part} className="nobishiro-subtitle-part">
                  {index === subtitle.length - 1 ? part : `${part} · `}
                </span>
              ))}
            </p>
          </div>
          {isShown && table && (
            <Menu
              root={root}
              table={table}
              provenance={props.provenance ?? []}
              isTable={isTable}
              onTable={() => setIsTable(!isTable)}
              onExplain={onExplain}
            />
          )}
        </header>
        <div className="nobishiro-body">
          {isShown ? !isTable && props.children : <Placeholder {...props} />}
          {isShown && table && <DataTable table={named(table, word)} isVisible={isTable} />}
        </div>
        <footer className="nobishiro-foot">
          <p className={props.isNoteLong ? 'nobishiro-note nobishiro-note-long' : 'nobishiro-note'}>
            {isShown && note}
          </p>
          {isShown && (
            <div className="nobishiro-foot-actions">
              {!isTable && actions}
              {onExplain && (
                <button type="button" className="nobishiro-button" aria-haspopup="dialog" onClick={onExplain}>
                  {text.explain.open}
                  <span className="nobishiro-chevron" aria-hidden="true">
                    {' ›'}
                  </span>
                </button>
              )}
            </div>
          )}
        </footer>
        <p className="nobishiro-hidden" role="status">
          {isShown ? summary : ''}
        </p>
      </div>
      {isShown && drawer}
    </section>
  )
}

/** A table that says by itself that its figures are in progress or restated. */
const named = (table: Table, word: string | null): Table =>
  word ? { ...table, caption: `${table.caption} (${word})` } : table

/** What stands in the picture's place in any other state. */
function Placeholder({ name, state, empty, skeleton }: WidgetFrameProps) {
  const { text, locale } = useSettings(name)
  if (state.status === 'loading') {
    return (
      <>
        <div className="nobishiro-skeleton" aria-hidden="true">
          {skeleton}
        </div>
        <span className="nobishiro-hidden">{text.states.loading}</span>
      </>
    )
  }
  return (
    <>
      <div className="nobishiro-ghost" aria-hidden="true">
        {skeleton}
      </div>
      {state.status === 'empty' && <Message title={empty.title} text={empty.text} />}
      {state.status === 'denied' && <Message {...denial(state.error, text)} />}
      {state.status === 'error' && (
        <Message {...faultOf(state.error, text, locale)}>
          <button type="button" className="nobishiro-button nobishiro-retry" onClick={state.retry}>
            {text.states.retry}
          </button>
        </Message>
      )}
    </>
  )
}
