import type { InvoiceEvent, ItemState, ServicePeriod, SubscriptionState } from '../../ingest/event.ts'
import { anItem, aPrice, aSubscription } from '../../testing/build.ts'
import { catalogMapping } from '../catalog.ts'
import { histories, type SourcedEvent } from '../history.ts'
import { accountLines } from '../lines.ts'
import type { Price } from '../price.ts'
import { NOBISHIRO, type Recognition } from '../recognition.ts'
import type { SourcedInvoice } from './invoiced-lines.ts'

export const ten = anItem('core', 10, aPrice('1000'))

/** Service periods and invoices for tests: only what a case is about differs. */
export const instant = (day: string): string => (day.length === 10 ? `${day}T00:00:00.000Z` : day)

export type PeriodOf = Partial<Omit<ServicePeriod, 'held'>> &
  Partial<Pick<ItemState, 'item' | 'quantity'>> & {
    price?: Price
    held?: Partial<ItemState>
  }

/** 10 units of 10.00 a month, unless said. */
export function aPeriod(start: string, end: string, amount: number, more: PeriodOf = {}): ServicePeriod {
  const { item = 'si_1', quantity = 10, price = aPrice('1000'), held, ...rest } = more
  return {
    ...{ line: `il_${item}_${start}_${amount}`, start: instant(start), end: instant(end), amount: String(amount) },
    ...rest,
    held: { ...anItem('core', quantity, price), item, ...held },
  }
}

let told = 0

/** An invoice of `sub_1`, told when its first line begins unless said. */
export function anInvoice(lines: ServicePeriod[], more: Partial<InvoiceEvent> = {}): SourcedInvoice {
  const at = more.at ?? lines[0]?.start ?? instant('2024-01-01')
  told += 1
  return {
    source: 'stripe',
    sourceEvent: `evt_in_${told}`,
    event: {
      ...{ type: 'invoice', account: 'acme', subscription: 'sub_1', invoice: `in_${lines[0]?.start}`, rank: 1 },
      ...{ standing: 'ISSUED', lines },
      ...more,
      at: instant(at),
    },
  }
}

export type State = Partial<Parameters<typeof aSubscription>[0]> & Partial<Omit<SubscriptionState, 'items' | 'status'>>
/** What was told of `sub_1` on a day. */
export type Told = [day: string, state: State]

/** What webhooks told of `sub_1`. */
function events(states: readonly Told[]): SourcedEvent[] {
  return states.map(([day, { period: running, scheduled, discounts, ...state }], index) => {
    const event = aSubscription({ at: instant(day), items: [ten], ...state })
    const more = {
      ...(running && { period: running }),
      ...(scheduled && { scheduled }),
      ...(discounts && { discounts }),
    }
    return { source: 'stripe', sourceEvent: `e${index}`, event: { ...event, state: { ...event.state, ...more } } }
  })
}

/** The history of `sub_1` where invoices count. */
export function fold(states: readonly Told[], invoices: readonly SourcedInvoice[], policy: Partial<Recognition> = {}) {
  const recognition: Recognition = { ...NOBISHIRO, basis: 'INVOICE', ...policy }
  const bySubscription = new Map([['stripe:sub_1', invoices]])
  return { recognition, histories: histories(events(states), recognition, { bySubscription, periodic: new Set() }) }
}

/** [day, signed amount] of each day that moves money. */
export function moves(states: readonly Told[], invoices: readonly SourcedInvoice[], policy?: Partial<Recognition>) {
  const { recognition, histories: folded } = fold(states, invoices, policy)
  const days = new Map<string, number>()
  for (const { effectiveDay, amount } of accountLines('a', folded, 'UTC', catalogMapping(new Map()), recognition))
    days.set(effectiveDay, (days.get(effectiveDay) ?? 0) + Number(amount))
  return [...days].filter(([, amount]) => amount !== 0)
}
