import type { Question } from '../queries/explain.ts'
import type { ExplainPart } from './part.ts'

export default function ExplainDrawer(_props: { question: Question; part: ExplainPart; onClose: () => void }) {
  return null
}
