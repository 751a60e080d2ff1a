import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { ExplainPart } from '../explain/part.ts'
import { useSettings } from '../provider/settings.ts'
import type { Question } from '../queries/explain.ts'

const ExplainDrawer = lazy(() => import('../explain/explain-drawer.tsx'))

/** A widget's explain drawer: closed until asked for, and loaded then. */
export function useExplainDrawer(question: Question): {
  /** `narrowed`: what else is asked otherwise than of the widget's own number. */
  explain: (part?: ExplainPart, at?: string | undefined, narrowed?: Partial<Question>) => void
  drawer: ReactNode
} {
  const { emit } = useSettings('ExplainDrawer')
  const [opened, setOpened] = useState<{ part: ExplainPart; question: Question } | null>(null)
  return {
    explain: (part = 'effect', at, narrowed) => {
      emit({ type: 'explain', metric: question.metric })
      setOpened({ part, question: { ...question, ...(at && { at }), ...narrowed } })
    },
    drawer: opened && (
      <Suspense fallback={null}>
        <ExplainDrawer question={opened.question} part={opened.part} onClose={() => setOpened(null)} />
      </Suspense>
    ),
  }
}
