/** Argument of every question that is answered in money. */
export const currencyArg = {
  type: 'CurrencyCode',
  description: "Currency of the answer, at exchange rates; the tenant's when missing.",
} as const
