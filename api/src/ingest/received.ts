import type { IngestEvent } from './event.ts'

/** One thing a source delivered, parsed: what the inbox stores. */
export type Received = {
  /** Id that the source gives it; the same id is never stored twice. */
  externalId: string
  /** Kind as the source names it, e.g. customer.subscription.updated. */
  kind: string
  /** The bytes as received; of what is reduced, its events. */
  raw: Uint8Array
  /** SHA-256 of the bytes as they were received, where `raw` may be others. */
  bodySha256?: Uint8Array
  isReduced?: boolean
  /** RFC 3339, when it happened. */
  eventTime: string
  /** External id of the account it belongs to; null for catalogue events. */
  account: string | null
  events: IngestEvent[]
  /** Why it is not used, when it is not. */
  ignored?: string
}

export type Outcome = {
  externalId: string
  /** CONFLICT: the same id arrived before with another body; kept apart, not used. */
  outcome: 'POSTED' | 'DUPLICATE' | 'CONFLICT' | 'IGNORED'
  reason?: string
}
