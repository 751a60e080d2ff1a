import { amount, type Cursor, entries, field, reference } from './cursor.ts'

/** Where versions since 2025 say what a line belongs to. */
export const detailsOf = (line: Cursor): Cursor[] =>
  ['subscription_item_details', 'invoice_item_details', 'subscription_details'].map((name) =>
    field(field(line, 'parent'), name),
  )

/** The subscription item that a line bills. */
export const itemOf = (line: Cursor): string | undefined =>
  [line, ...detailsOf(line)]
    .map((each) => reference(field(each, 'subscription_item')))
    .find((item) => item !== undefined)

/** The subscription that a line names, if it does. */
export const namedSubscriptionOf = (line: Cursor): string | undefined =>
  [line, ...detailsOf(line)].map((each) => reference(field(each, 'subscription'))).find((id) => id !== undefined)

export const isProration = (line: Cursor): boolean =>
  [line, ...detailsOf(line)].some((each) => field(each, 'proration').value === true)

/** The subscription that an invoice is of. */
export function subscriptionOf(invoice: Cursor): string | undefined {
  const details = field(field(invoice, 'parent'), 'subscription_details')
  return reference(field(invoice, 'subscription')) ?? reference(field(details, 'subscription'))
}

/** Id of the price of a line, in full or not. */
export const priceIdOf = (line: Cursor): string | undefined =>
  reference(field(field(field(line, 'pricing'), 'price_details'), 'price')) ??
  reference(field(line, 'price')) ??
  reference(field(line, 'plan'))

/** What each discount took off a line, as Stripe writes amounts. */
export function reductionsOf(line: Cursor): { id: string; amount: string }[] {
  return entries(field(line, 'discount_amounts')).flatMap((entry) => {
    const id = reference(field(entry, 'discount'))
    return id === undefined ? [] : [{ id, amount: amount(field(entry, 'amount')) ?? '0' }]
  })
}
