import { useText } from '../preferences.ts'

/** The shape of lines that are on their way. */
export function Skeleton({ lines }: { lines: number }) {
  const text = useText()
  return (
    <div className="skeleton" role="status" aria-label={text.loading}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="skeleton-line" />
      ))}
    </div>
  )
}
