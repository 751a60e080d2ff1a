import type { ItemKind } from '../event.ts'

/** The source whose events are what people decide. Every tenant has at most this one of its kind. */
export const PEOPLE = 'people'

export const CORRECTION_KINDS = [
  'EXCLUDE_ACCOUNT',
  'CONNECT_SUBSCRIPTIONS',
  'MERGE_ACCOUNTS',
  'RECLASSIFY_MOVEMENT',
  'MAP_CATALOG',
] as const
export type CorrectionKind = (typeof CORRECTION_KINDS)[number]

/** What a person decides. Accounts and subscriptions are named by their ids: "source:id". */
export type Correction =
  /** Its lines do not count: tests, internal use. */
  | { kind: 'EXCLUDE_ACCOUNT'; account: string }
  /** The end of one and the start of the other, at most so far apart, are one change of a continuing agreement. */
  | { kind: 'CONNECT_SUBSCRIPTIONS'; old: string; new: string; gapDays: number }
  /** All that `from` ever held is held by `into`. */
  | { kind: 'MERGE_ACCOUNTS'; from: string; into: string }
  /** Parts of this month (YYYY-MM), of any strategy or of these, are of another strategy. Amounts stay. */
  | { kind: 'RECLASSIFY_MOVEMENT'; account: string; month: string; from: string[] | null; to: string }
  | { kind: 'MAP_CATALOG'; prices: MappedPrice[] }

/** Where a price of a source stands, as a person says. */
export type MappedPrice = {
  source: string
  price: string
  product: { id: string; name: string }
  plan: { id: string; name: string; rank: number }
  itemKind: ItemKind
}

/** Takes an earlier correction back. */
export type Undo = { kind: 'UNDO'; correction: string }

export type CorrectionEvent = {
  type: 'correction'
  /** Its own id, and that of its delivery. */
  correction: string
  at: string
  /** Who: "key:<id>" or "terminal:<user>". */
  by: string
  reason: string
  /** Accounts whose lines it may move. */
  touches: string[]
  what: Correction | Undo
}
