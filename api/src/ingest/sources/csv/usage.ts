import type { UsageEvent } from '../../event.ts'
import type { Row } from './fields.ts'

/** A usage row whose account is known, be it named or found through its subscription. */
export type Usage = { row: Row<'usage'>; account: string }

/** Facts that are only ever added: a row without an id of its own is known by its account or subscription. */
export function usageId(row: Row<'usage'>): string {
  return row.usage ?? row.subscription ?? row.account ?? ''
}

export function usageEvents({ row, account }: Usage): UsageEvent[] {
  return [{ type: 'usage', account, metric: row.metric, day: row.day, quantity: row.quantity, ...ofSubscription(row) }]
}

/** Usage of one subscription is not priced by another of the same account. */
const ofSubscription = ({ subscription }: Row<'usage'>) => (subscription === undefined ? {} : { subscription })
