/** What a history is read from: the API of Stripe, or exported files. Objects as Stripe writes them, newest first where it matters. */
export type HistoryReader = {
  products(): AsyncIterable<unknown>
  prices(): AsyncIterable<unknown>
  coupons(): AsyncIterable<unknown>
  /** Prorations that wait for the next invoice. */
  pendingItems(): AsyncIterable<unknown>
  /** Those created up to an instant. */
  customers(until: string): AsyncIterable<unknown>
  subscriptions(until: string): AsyncIterable<unknown>
  /** What is planned of subscriptions, begun or not. */
  schedules(): AsyncIterable<unknown>
  invoicesOf(subscription: string): Promise<unknown[]>
  /** A price that the list of prices left out. */
  price(id: string): Promise<unknown>
}
