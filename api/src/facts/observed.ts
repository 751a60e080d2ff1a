/** What sources told of accounts beside revenue, as the columns keep it. */
export const observedKinds = ['CHARGE', 'LIMIT', 'FEATURE', 'INTEGRATION', 'USE'] as const
export type ObservedKind = (typeof observedKinds)[number]

/** Place of a kind in the columns. */
export const observedCode = Object.fromEntries(observedKinds.map((kind, code) => [kind, code])) as Record<
  ObservedKind,
  number
> // every kind of the list
