import type { ReactNode } from 'react'

/** A few words in the place of a picture that cannot be shown. */
export function Message({
  title,
  text,
  reference,
  children,
}: {
  title: string
  text: string
  reference?: string
  children?: ReactNode
}) {
  return (
    <div className="nobishiro-message" role="status">
      <p className="nobishiro-message-title">{title}</p>
      <p className="nobishiro-message-text">{text}</p>
      {reference && <p className="nobishiro-message-code">{reference}</p>}
      {children}
    </div>
  )
}
