import { useId } from 'react'

/** An id that is safe inside url(#…). */
export function useSvgId(): string {
  return `nobishiro-${useId().replace(/[^\w-]/g, '')}`
}

/** The fine diagonal hatch. It means room to grow, everywhere, and nothing else. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs className="nobishiro-svg-defs">
      <pattern
        id={id}
        className="nobishiro-svg-pattern"
        width="4"
        height="4"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <line className="nobishiro-svg-hatch" x1="0" y1="0" x2="0" y2="4" />
      </pattern>
    </defs>
  )
}
