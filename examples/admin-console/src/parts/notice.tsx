import type { ReactNode } from 'react'

export interface NoticeProps {
  tone?: 'plain' | 'fault'
  title: string | undefined
  hint: string | undefined
  action?: { label: string; run: () => void } | undefined
  children?: ReactNode
}

/** Says why there is nothing to see, and what to do about it. */
export function Notice({ tone = 'plain', title, hint, action, children }: NoticeProps) {
  return (
    <div className={`notice notice-${tone}`} role={tone === 'fault' ? 'alert' : 'status'}>
      <p className="notice-title">{title}</p>
      <p>{hint}</p>
      {children}
      {action && (
        <button type="button" className="button" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  )
}
