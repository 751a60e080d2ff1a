import type { ItemKind } from '../ingest/event.ts'

/** What a person asks for. Accounts, subscriptions and products may be named by id or by what their source or they call them. */
export type Asked =
  | { kind: 'EXCLUDE_ACCOUNT'; account: string }
  | { kind: 'CONNECT_SUBSCRIPTIONS'; old: string; new: string; gapDays?: number | undefined }
  | { kind: 'MERGE_ACCOUNTS'; from: string; into: string }
  | { kind: 'RECLASSIFY_MOVEMENT'; account: string; month: string; from?: readonly string[] | undefined; to: string }
  | { kind: 'MAP_CATALOG'; prices: readonly AskedPrice[] }
  | { kind: 'UNDO'; correction: string }

/** Where a price should stand. What is not said stays as it is proposed. */
export type AskedPrice = {
  source: string
  price: string
  product?: string | undefined
  plan?: string | undefined
  rank?: number | undefined
  itemKind?: ItemKind | undefined
}

export type CorrectionRequest = {
  asked: Asked
  reason: string
  /** The same key again gives the same answer and does nothing. */
  idempotencyKey?: string | undefined
}
