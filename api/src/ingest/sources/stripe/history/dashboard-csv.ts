type Row = Readonly<Record<string, string>>
type Fields = Record<string, unknown>

/** Columns of the dashboard's exports, by the names that they have had. Compared without case, "(UTC)" and spaces. */
const COLUMNS = {
  line: ['line item id', 'invoice line item id', 'line id'],
  invoice: ['invoice id', 'invoice'],
  subscription: ['subscription id', 'subscription'],
  item: ['subscription item id', 'subscription item'],
  customer: ['customer id', 'customer'],
  name: ['customer name'],
  price: ['price id', 'price', 'plan id', 'plan'],
  product: ['product id', 'product'],
  productName: ['product name'],
  quantity: ['quantity'],
  currency: ['currency'],
  interval: ['interval'],
  intervalCount: ['interval count'],
  amount: ['amount', 'line item amount'],
  status: ['status', 'invoice status'],
  created: ['created', 'invoice created', 'date', 'invoice date'],
  start: ['start date', 'start'],
  periodStart: ['current period start', 'period start', 'line item period start'],
  periodEnd: ['current period end', 'period end', 'line item period end'],
  trialStart: ['trial start'],
  trialEnd: ['trial end'],
  canceledAt: ['canceled at'],
  endedAt: ['ended at'],
  proration: ['proration', 'is proration', 'prorated'],
} as const
type Column = keyof typeof COLUMNS

/** What a file holds, by its columns; null where they are none of the dashboard's that say what was held. */
export function dashboardKind(header: readonly string[]): 'subscriptions' | 'lines' | null {
  const has = (...columns: Column[]) => columns.every((column) => header.some((title) => isColumn(title, column)))
  if (has('invoice', 'subscription', 'price', 'amount', 'periodStart', 'periodEnd')) return 'lines'
  const isSubscriptions =
    header.some((title) => normal(title) === 'id') && has('customer', 'price', 'status', 'created')
  return isSubscriptions ? 'subscriptions' : null
}

/** A row of subscriptions.csv as the objects it names: the subscription with its one plan, and its customer. */
export function subscriptionRow(row: Row): Fields[] {
  const id = own(row, 'id')
  const customer = cell(row, 'customer')
  const price = priceOf(row)
  const period = { current_period_start: seconds(row, 'periodStart'), current_period_end: seconds(row, 'periodEnd') }
  const created = seconds(row, 'created')
  const subscription = {
    ...{
      id,
      object: 'subscription',
      customer,
      status: cell(row, 'status'),
      currency: price.currency,
      created,
      ...period,
    },
    start_date: seconds(row, 'start') ?? created,
    ...{ trial_start: seconds(row, 'trialStart'), trial_end: seconds(row, 'trialEnd') },
    ...{ canceled_at: seconds(row, 'canceledAt'), ended_at: seconds(row, 'endedAt') },
    items: { has_more: false, data: [{ id: `${id}-item`, price, quantity: quantityOf(row) }] },
  }
  const name = cell(row, 'name')
  return [{ id: customer, object: 'customer', created, ...(name ? { name } : {}) }, subscription]
}

/** A row of invoice lines, as an invoice with that one line. */
export function lineRow(row: Row): Fields {
  const invoice = cell(row, 'invoice')
  const [start, end] = [seconds(row, 'periodStart'), seconds(row, 'periodEnd')]
  const price = cell(row, 'price')
  const quantity = quantityOf(row)
  const currency = currencyOf(row)
  const amount = minor(cell(row, 'amount'), currency)
  const proration = /^(true|yes|1)$/i.test(cell(row, 'proration') ?? '')
  const unit = amount !== undefined && quantity && !proration ? Number(amount) / quantity : undefined
  const line = {
    id: cell(row, 'line') ?? [invoice, price, start, amount].join(' '),
    ...{ amount: Number(amount ?? 0), currency, quantity, proration, period: { start, end } },
    ...{ subscription: cell(row, 'subscription'), subscription_item: cell(row, 'item') },
    pricing: {
      price_details: { price, product: cell(row, 'product') ?? price },
      unit_amount_decimal: unit !== undefined && Number.isInteger(unit) ? String(unit) : undefined,
    },
  }
  const status = (cell(row, 'status') ?? 'paid').toLowerCase()
  return {
    ...{ id: invoice, object: 'invoice', status, currency, subscription: cell(row, 'subscription') },
    created: seconds(row, 'created') ?? start,
    lines: { has_more: false, data: [line] },
  }
}

function priceOf(row: Row): Fields & { currency: string } {
  const currency = currencyOf(row)
  const amount = minor(cell(row, 'amount'), currency)
  const id = cell(row, 'price')
  return {
    ...{ id, object: 'price', currency, product: cell(row, 'product') ?? id, type: 'recurring' },
    unit_amount: amount === undefined ? null : Number(amount),
    recurring: { interval: cell(row, 'interval') ?? 'month', interval_count: Number(cell(row, 'intervalCount') ?? 1) },
  }
}

const currencyOf = (row: Row): string => (cell(row, 'currency') ?? 'usd').toLowerCase()
const quantityOf = (row: Row): number | null => {
  const text = cell(row, 'quantity')
  return text === undefined ? null : Number(text)
}

const WITHOUT_CENTS = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '))

/** The dashboard writes major units. */
function minor(text: string | undefined, currency: string): string | undefined {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text?.replaceAll(',', '') ?? '')
  if (!match) return undefined
  const [, sign = '', whole = '', cents = ''] = match
  const digits = WITHOUT_CENTS.has(currency) ? whole : `${whole}${cents.padEnd(2, '0')}`
  const number = digits.replace(/^0+(?=\d)/, '')
  return number === '0' ? '0' : `${sign}${number}`
}

/** "2024-03-01 09:30" and "2024-03-01 09:30:12", in UTC. */
function seconds(row: Row, column: Column): number | undefined {
  const text = cell(row, column)
  if (text === undefined) return undefined
  const time = Date.parse(`${text.replace(' ', 'T').replace(/Z$/, '')}${text.length === 10 ? 'T00:00' : ''}Z`)
  return Number.isNaN(time) ? undefined : time / 1000
}

function cell(row: Row, column: Column): string | undefined {
  for (const name of COLUMNS[column]) {
    const value = own(row, name)
    if (value !== undefined) return value
  }
  return undefined
}

function own(row: Row, name: string): string | undefined {
  const title = Object.keys(row).find((each) => normal(each) === name)
  const value = title === undefined ? undefined : row[title]?.trim()
  return value === '' ? undefined : value
}

const isColumn = (title: string, column: Column): boolean => COLUMNS[column].some((name) => name === normal(title))
const normal = (title: string): string =>
  title
    .replace(/\(UTC\)/i, '')
    .trim()
    .toLowerCase()
