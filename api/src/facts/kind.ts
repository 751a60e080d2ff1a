/**
 * What an account's change of MRR in a month is called. The order is the one of the classification's code. FX stands beside the
 * others: what exchange rates made of an account's MRR.
 */
export const movementKinds = ['NEW', 'EXPANSION', 'CONTRACTION', 'CHURN', 'REACTIVATION', 'FX'] as const
export type MovementKind = (typeof movementKinds)[number]

/** Kind codes: 0 is "no movement", the others are places in `movementKinds` plus one. */
export const kindCode = { NONE: 0, NEW: 1, EXPANSION: 2, CONTRACTION: 3, CHURN: 4, REACTIVATION: 5, FX: 6 } as const
export const kindOfCode = (code: number) => movementKinds[code - 1]

/** How an account grew. */
export const expansionStrategies = [
  'UPSELL',
  'CROSS_SELL',
  'SEAT',
  'USAGE',
  'GEOGRAPHIC',
  'FEATURE',
  'CONTRACT_VALUE',
] as const
export type ExpansionStrategy = (typeof expansionStrategies)[number]
