import type { Problem } from '../csv/problem.ts'
import { type ExportRecord, fieldsOf } from './record.ts'

export type Plan = { plan: string; name: string; interval: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR'; every: number }
export type Customer = {
  account: string
  name: string | undefined
  region: string | undefined
  signedUpOn: string | undefined
}
export type Invoice = { invoice: string; account: string; date: string; currency: string }

/** One subscription line of an invoice. */
export type SubscriptionLine = {
  account: string
  subscription: string
  plan: Plan
  start: string
  end: string
  /** What was charged for the service period, after discounts and without tax. */
  cents: bigint
  quantity: number
  proration: 'none' | 'differential' | 'full'
  isTrial: boolean
  cancelledAt: string | undefined
  currency: string
}
export type OneTimeLine = {
  account: string
  invoice: string
  line: string
  name: string
  day: string
  cents: bigint
  quantity: number
  currency: string
}

type Read<T> = T | { problems: Problem[] }

/** Ids by which other records refer to this one, and what it says. */
export function readCustomer(record: ExportRecord): Read<{ ids: string[]; customer: Customer }> {
  const { optional, required, problems } = fieldsOf(flat(record, 'address'))
  const account = required('id', 'external_id', 'customer_external_id', 'customer_id')
  const uuid = optional('id', 'uuid')
  const customer = {
    name: optional('text', 'company', 'name'),
    region: optional('text', 'country'),
    signedUpOn: optional('instant', 'lead_created_at', 'customer_since')?.slice(0, 10),
  }
  if (account === undefined || problems.length > 0) return { problems }
  return { ids: [account, ...(uuid === undefined ? [] : [uuid])], customer: { account, ...customer } }
}

export function readPlan(record: ExportRecord): Read<{ ids: string[]; plan: Plan }> {
  const { optional, required, refuse, problems } = fieldsOf(record)
  const name = required('text', 'name', 'plan_name')
  const interval = required('interval', 'interval_unit', 'interval')
  const every = optional('count', 'interval_count') ?? 1
  const uuid = optional('id', 'uuid', 'plan_uuid')
  const plan = optional('id', 'external_id', 'plan_external_id', 'plan_id') ?? uuid
  if (every === 0) refuse('interval_count', '0', 'a whole number from 1 to 2147483647')
  if (plan === undefined) refuse('external_id', '', 'a value: it must not be empty')
  if (plan === undefined || name === undefined || interval === undefined || problems.length > 0) return { problems }
  return { ids: [plan, ...(uuid === undefined ? [] : [uuid])], plan: { plan, name, interval, every } }
}

export function readInvoice(
  record: ExportRecord,
  accountOf: ReadonlyMap<string, Customer>,
): Read<{ ids: string[]; invoice: Invoice }> {
  const { optional, required, refuse, problems } = fieldsOf(record)
  const uuid = optional('id', 'uuid')
  const invoice = optional('id', 'external_id', 'invoice_external_id', 'invoice_id') ?? uuid
  const customer = required('id', 'customer_external_id', 'customer_uuid', 'customer_id')
  const date = required('instant', 'date', 'invoice_date', 'invoiced_date')
  const currency = required('currency', 'currency')
  const account = customer === undefined ? undefined : accountOf.get(customer)?.account
  if (invoice === undefined) refuse('external_id', '', 'a value: it must not be empty')
  if (customer !== undefined && account === undefined)
    refuse('customer_external_id', customer, 'a customer of the customers file')
  if (
    invoice === undefined ||
    account === undefined ||
    date === undefined ||
    currency === undefined ||
    problems.length > 0
  )
    return { problems }
  return { ids: [invoice, ...(uuid === undefined ? [] : [uuid])], invoice: { invoice, account, date, currency } }
}

/** A line item of an invoice; `place` tells apart lines without an id. */
export function readLine(
  record: ExportRecord,
  { invoice, place, plans }: { invoice: Invoice; place: number; plans: ReadonlyMap<string, Plan> },
): Read<{ subscription: SubscriptionLine } | { oneTime: OneTimeLine }> {
  const { optional, required, refuse, problems } = fieldsOf(record)
  const type = required('lineType', 'type')
  const charged = required('cents', 'amount_in_cents', 'amount')
  const tax = optional('cents', 'tax_amount_in_cents', 'tax_amount') ?? 0n
  const quantity = optional('whole', 'quantity') ?? 1
  const line = optional('id', 'external_id', 'uuid') ?? String(place)
  const { account, currency } = invoice
  if (type === 'one_time') {
    const name = optional('text', 'description', 'account_code') ?? 'one-time'
    if (charged === undefined || problems.length > 0) return { problems }
    const day = invoice.date.slice(0, 10)
    const cents = charged - tax
    return { oneTime: { account, invoice: invoice.invoice, line, name, day, cents, quantity, currency } }
  }
  const subscription = required('id', 'subscription_external_id', 'subscription_uuid', 'subscription_id')
  const planId = required('id', 'plan_external_id', 'plan_uuid', 'plan_id')
  const start = required('instant', 'service_period_start')
  const end = required('instant', 'service_period_end')
  const prorated = optional('boolean', 'prorated') ?? false
  const kind = optional('prorationType', 'proration_type') ?? 'differential'
  const cancelledAt = optional('instant', 'cancelled_at')
  const plan = planId === undefined ? undefined : plans.get(planId)
  if (planId !== undefined && !plan) refuse('plan_external_id', planId, 'a plan of the plans file')
  if (start !== undefined && end !== undefined && end <= start)
    refuse('service_period_end', end, `a time after the start, ${start}`)
  if (
    charged === undefined ||
    subscription === undefined ||
    !plan ||
    start === undefined ||
    end === undefined ||
    problems.length > 0
  )
    return { problems }
  const proration = prorated ? (kind === 'full' ? 'full' : 'differential') : 'none'
  const rest = {
    plan,
    start,
    end,
    cents: charged - tax,
    quantity,
    proration,
    isTrial: type === 'trial',
    cancelledAt,
    currency,
  } as const
  return { subscription: { account, subscription, ...rest } }
}

/** A cancellation that stands in a file of its own; null for events of another kind. */
export function readCancellation(record: ExportRecord): Read<{ subscription: string; at: string } | null> {
  const { optional, required, problems } = fieldsOf(record)
  const type = optional('text', 'event_type')
  if (type !== undefined && !/cancel/i.test(type)) return null
  const subscription = required('id', 'subscription_external_id', 'subscription_id')
  const at = required('instant', 'effective_date', 'cancelled_at', 'event_date')
  return subscription === undefined || at === undefined ? { problems } : { subscription, at }
}

/** An object inside a record, as if its fields were the record's own. */
function flat(record: ExportRecord, name: string): ExportRecord {
  const inner = record.values[name]
  return typeof inner === 'object' && inner !== null ? { ...record, values: { ...inner, ...record.values } } : record
}
