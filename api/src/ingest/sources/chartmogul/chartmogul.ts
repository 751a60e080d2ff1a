import { NO_CURRENCY } from '../../../shared/money.ts'
import { identify } from '../csv/identity.ts'
import { type Prepared, prepareAccount } from '../csv/prepare.ts'
import type { Problem } from '../csv/problem.ts'
import { invoiceLine } from '../observed.ts'
import { historyOf, PRODUCT } from './history.ts'
import {
  type Customer,
  type Invoice,
  type OneTimeLine,
  type Plan,
  readCancellation,
  readCustomer,
  readInvoice,
  readLine,
  readPlan,
  type SubscriptionLine,
} from './lines.ts'
import type { ExportRecord } from './record.ts'

export const CHARTMOGUL_KINDS = ['customers', 'plans', 'invoices', 'line_items', 'subscription_events'] as const
export type ChartmogulKind = (typeof CHARTMOGUL_KINDS)[number]
export type ChartmogulExport = Record<ChartmogulKind, readonly ExportRecord[]>

/** What an export says, and what is wrong with it. Line items stand in a file of their own, or inside their invoices. */
export type ChartmogulReading = { rows: Prepared[][]; problems: Problem[] }

/** A whole export of ChartMogul in our words. Pure: subscriptions are built from the service periods of invoice lines. */
export function readChartmogul(input: ChartmogulExport): ChartmogulReading {
  const problems: Problem[] = []
  const sound = <T>(read: T | { problems: Problem[] }): T[] => {
    if (!isRefused(read)) return [read]
    problems.push(...read.problems)
    return []
  }
  const customers = input.customers.flatMap((record) => sound(readCustomer(record)))
  const accountOf = byIds(customers.map(({ ids, customer }) => [ids, customer] as const))
  const plans = input.plans.flatMap((record) => sound(readPlan(record)))
  const planOf = byIds(plans.map(({ ids, plan }) => [ids, plan] as const))
  const subscriptions: SubscriptionLine[] = []
  const oneTime: OneTimeLine[] = []
  const addLine = (record: ExportRecord, invoice: Invoice, place: number) => {
    for (const line of sound(readLine(record, { invoice, place, plans: planOf }))) {
      if ('oneTime' in line) oneTime.push(line.oneTime)
      else subscriptions.push(line.subscription)
    }
  }
  const invoices = new Map<string, Invoice>()
  for (const record of input.invoices) {
    for (const { ids, invoice } of sound(readInvoice(record, accountOf))) {
      for (const id of ids) invoices.set(id, invoice)
      linesInside(record).forEach((line, place) => {
        addLine(line, invoice, place)
      })
    }
  }
  input.line_items.forEach((record, place) => {
    const id = String(
      record.values['invoice_external_id'] ?? record.values['invoice_uuid'] ?? record.values['invoice_id'] ?? '',
    ).trim()
    const invoice = invoices.get(id)
    if (invoice) addLine(record, invoice, place)
    else
      problems.push({
        file: record.file,
        line: record.line,
        column: 'invoice_external_id',
        value: id.slice(0, 80),
        expected: 'an invoice of the invoices file',
      })
  })
  const cancellations = input.subscription_events
    .flatMap((record) => sound(readCancellation(record)))
    .filter((each) => each !== null)
  const rows = [
    ...customers.map(({ customer }) => [accountRow(customer)]),
    ...plans.map(({ plan }) => planRows(plan)),
    ...histories(subscriptions, cancellations, problems).map((row) => [row]),
    ...oneTime.map((line) => [oneTimeRow(line)]),
  ]
  return { rows, problems }
}

const isRefused = (read: unknown): read is { problems: Problem[] } =>
  typeof read === 'object' && read !== null && 'problems' in read

const byIds = <T>(entries: readonly (readonly [string[], T])[]): Map<string, T> =>
  new Map(entries.flatMap(([ids, value]) => ids.map((id) => [id, value] as const)))

function linesInside(record: ExportRecord): ExportRecord[] {
  const lines = record.values['line_items']
  if (!Array.isArray(lines)) return []
  return lines.map((line: unknown, index) => ({
    ...record,
    path: `${record.path}.line_items[${index}]`,
    values: typeof line === 'object' && line !== null ? { ...line } : {},
  }))
}

function accountRow({ account, name, region, signedUpOn }: Customer): Prepared {
  const said = {
    account,
    ...(name === undefined ? {} : { name }),
    ...(region === undefined ? {} : { region }),
    ...(signedUpOn === undefined ? {} : { signedUpOn }),
  }
  return prepareAccount(said, 'UTC')
}

/** The one product, and the plan as a price of it. */
function planRows({ plan, name, interval, every }: Plan): Prepared[] {
  const pricing = {
    currency: NO_CURRENCY,
    scheme: 'FLAT',
    unitAmount: null,
    interval,
    intervalCount: every,
    usage: 'LICENSED',
  } as const
  return [
    {
      ...known('products', PRODUCT, { product: PRODUCT }),
      account: null,
      happenedAt: () => null,
      events: (at) => [{ type: 'product', product: PRODUCT, at, name: 'ChartMogul' }],
    },
    {
      ...known('prices', plan, { plan, name, interval, every }),
      account: null,
      happenedAt: () => null,
      events: (at) => [{ type: 'price', price: plan, product: PRODUCT, at, nickname: name, pricing }],
    },
  ]
}

function histories(
  lines: readonly SubscriptionLine[],
  cancellations: readonly { subscription: string; at: string }[],
  problems: Problem[],
): Prepared[] {
  const bySubscription = new Map<string, SubscriptionLine[]>()
  for (const line of lines) {
    const group = bySubscription.get(line.subscription)
    if (group) group.push(line)
    else bySubscription.set(line.subscription, [line])
  }
  const unknown = cancellations.filter(({ subscription }) => !bySubscription.has(subscription))
  for (const { subscription } of unknown) {
    const expected = 'a subscription that an invoice line names'
    problems.push({
      file: 'subscription_events',
      line: null,
      column: 'subscription_external_id',
      value: subscription,
      expected,
    })
  }
  return [...bySubscription].flatMap(([subscription, group]) => {
    const accounts = [...new Set(group.map(({ account }) => account))]
    const [account = '', other] = accounts
    if (other !== undefined) {
      const expected = `one customer for each subscription: ${subscription} is invoiced to ${account} too`
      problems.push({ file: 'invoices', line: null, column: 'customer_external_id', value: other, expected })
      return []
    }
    const states = historyOf(
      group,
      cancellations.filter((each) => each.subscription === subscription).map(({ at }) => at),
    )
    return [
      {
        ...known('subscriptions', subscription, { account, states }),
        account,
        happenedAt: (at: string) =>
          states
            .map(({ effectiveAt }) => effectiveAt)
            .filter((each) => each <= at)
            .sort()
            .at(-1) ?? null,
        events: (at: string) => [{ type: 'subscriptionHistory' as const, account, subscription, at, rank: 0, states }],
      },
    ]
  })
}

function oneTimeRow(line: OneTimeLine): Prepared {
  const { account, cents, quantity, ...rest } = line
  return {
    ...known('invoice-lines', `${line.invoice}/${line.line}`, { ...rest, account, cents: String(cents), quantity }),
    account,
    happenedAt: () => `${line.day}T00:00:00.000Z`,
    events: (at) => [
      invoiceLine({ ...rest, account, at, amount: String(cents), quantity: String(quantity), recurring: false }),
    ],
  }
}

const known = (kind: string, id: string, content: Parameters<typeof identify>[2]) => ({
  kind,
  id,
  ...identify(kind, id, content),
})
