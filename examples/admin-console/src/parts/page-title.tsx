import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../preferences.ts'

/** The heading of a page: names the window, and takes the focus when the page changes. */
export function PageTitle({ title, children }: { title: string; children?: ReactNode }) {
  const text = useText()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${text.product}`
  }, [title, text])
  useEffect(() => {
    // Not on the first page: nobody has moved yet.
    if (document.body.dataset['moved']) heading.current?.focus({ preventScroll: true })
    document.body.dataset['moved'] = 'true'
    scrollTo(0, 0)
  }, [])
  return (
    <div className="page-title">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  )
}
