import { NobishiroError } from '@nobishiro/sdk'
import { client } from '../client.ts'
import { useText } from '../preferences.ts'
import { Notice } from './notice.tsx'

const kinds = {
  UNAUTHENTICATED: 'denied',
  FORBIDDEN: 'denied',
  SESSION_EXPIRED: 'expired',
  RATE_LIMITED: 'limited',
  COST_EXCEEDED: 'limited',
  NETWORK: 'offline',
  UNAVAILABLE: 'offline',
  INVALID_INPUT: 'other',
  NOT_FOUND: 'other',
  CONFLICT: 'other',
  VERSION_SKEW: 'outdated',
} as const

/** What went wrong, in the reader's words, and a way to try again. */
export function Fault({ error, retry }: { error: unknown; retry: () => void }) {
  const text = useText()
  const fault = error instanceof NobishiroError ? error : null
  const [title, hint] = text.errors[fault ? kinds[fault.code] : 'other']
  const again = async () => {
    // A denied session stays denied until it is asked for again.
    if (client.session.snapshot().state === 'denied') await client.session.renew().catch(() => {})
    retry()
  }
  return (
    <Notice tone="fault" title={title} hint={hint} action={{ label: text.retry, run: again }}>
      {fault?.requestId && <p className="notice-detail">{text.errors.request(fault.requestId)}</p>}
    </Notice>
  )
}
