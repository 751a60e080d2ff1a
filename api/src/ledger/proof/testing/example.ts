/** A published worked example and our own answer to it. */
export type Example = {
  id: string
  /** What our functions make of it, in the units of the example. */
  ours: () => unknown
  /** The part of the recomputed numbers that it stands against; all of them unless said. */
  of?: (independent: never) => unknown
  /** Half of the last digit that is shown. */
  within: number
  /** Where our definition is another one: our number, and why. */
  differs?: { expected: unknown; because: string }
}

export const MAJOR = 0.005
export const MINOR = 0.5
export const RATIO = 1e-9

/** Published examples that none of our functions answers, and why. */
export const OUT_OF_SCOPE: Record<string, string> = {
  'fincome-fx':
    'Exchange rates: it freezes an annual amount at the rate of its invoice; ours converts all MRR at spot rates, which the ledger does not hold yet.',
  'polar-fx':
    'Exchange rates: it converts at the mean rate of a month; ours converts at the previous close, with rates that the ledger does not hold yet.',
}
