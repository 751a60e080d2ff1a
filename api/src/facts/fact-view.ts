import { kindCode } from './kind.ts'

/** How movements are cut out of an account's changes, and at which rates the ends of a span are compared. */
export type FactView = {
  /** One movement per account and month, or per account and local day. */
  netting: 'MONTH' | 'EVENT'
  /** What an account is called that comes back. */
  reactivation: 'REACTIVATION' | 'EXPANSION'
  /** Days; who was at zero for longer counts as NEW. Null: whoever paid before comes back, after any gap. */
  reactivationWindow: number | null
  /** Both ends of NRR and GRR at the rates of the opening, or each at its own. */
  retentionCurrency: 'CONSTANT' | 'SPOT'
}

export const PLAIN_VIEW: FactView = {
  netting: 'MONTH',
  reactivation: 'REACTIVATION',
  reactivationWindow: null,
  retentionCurrency: 'CONSTANT',
}

/** Kind code of a return after some days at zero: from the first close at zero to the one that pays again. */
export function kindOfReturn({ reactivation, reactivationWindow }: FactView, days: number): number {
  if (reactivationWindow !== null && days > reactivationWindow) return kindCode.NEW
  return kindCode[reactivation]
}
