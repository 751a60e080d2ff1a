/** What of a tenant's contracts counts as MRR, where vendors differ. */
export type Recognition = {
  /** The closed months whose mean is the MRR of usage. */
  metered?: (typeof METERED_CHOICES)[number]
}

export const METERED_CHOICES = ['MEAN_OF_THREE', 'LAST_MONTH', 'EXCLUDE'] as const

/** How many closed months the MRR of usage looks back. */
export const USAGE_WINDOW = { MEAN_OF_THREE: 3, LAST_MONTH: 1, EXCLUDE: 0 } as const satisfies Record<
  (typeof METERED_CHOICES)[number],
  number
>
