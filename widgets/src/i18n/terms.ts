/** The names of the two retention metrics on screen. */
export interface Terms {
  nrr: string
  grr: string
}

/** A named Japanese set, or the tenant's own words. */
export type TermsOption = '売上継続率' | '売上維持率' | 'ネットレベニューリテンション' | Partial<Terms>
