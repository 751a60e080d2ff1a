/** The names of the two retention metrics on screen. */
export interface Terms {
  nrr: string
  grr: string
}

/** Whether a metric has a name that tenants choose. */
export const isRetention = (key: string): key is keyof Terms => key === 'nrr' || key === 'grr'

/** A named Japanese set, or the tenant's own words. */
export type TermsOption = '売上継続率' | '売上維持率' | 'ネットレベニューリテンション' | Partial<Terms>
