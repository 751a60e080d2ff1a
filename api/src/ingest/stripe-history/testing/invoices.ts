import { addMonths } from './calendar.ts'
import { type Holding, type Life, NOW, PLANS } from './lives.ts'

type Fields = Record<string, unknown>
export type Period = { start: number; end: number }

export const unitAmount = ({ plan, interval }: Pick<Holding, 'plan' | 'interval'>): number =>
  PLANS[plan] * (interval === 'year' ? 10 : 1)

export const priceId = ({ plan, interval }: Pick<Holding, 'plan' | 'interval'>): string => `price_${plan}_${interval}`

export const holdingAt = ({ moves }: Life, time: number): Holding =>
  (moves.filter((move) => move.at <= time).at(-1) ?? moves[0])?.holding ?? {
    plan: 'basic',
    interval: 'month',
    seats: 1,
  }

/** Trial, then one period after the other. */
export function periodsOf(life: Life): Period[] {
  const start = life.moves[0]?.at ?? 0
  const periods: Period[] = life.trialEnd === null ? [] : [{ start, end: life.trialEnd }]
  const anchor = life.trialEnd ?? start
  const months = holdingAt(life, start).interval === 'year' ? 12 : 1
  const stop = Math.min(NOW, life.end ?? NOW)
  for (let index = 0; addMonths(anchor, index * months) < stop; index += 1)
    periods.push({ start: addMonths(anchor, index * months), end: addMonths(anchor, (index + 1) * months) })
  return periods
}

/** What Stripe has invoiced of a life, and what waits for the next invoice. */
export function invoicesOf(life: Life): { invoices: Fields[]; pending: Fields[] } {
  const invoices: Fields[] = []
  let waiting: Fields[] = []
  for (const period of periodsOf(life)) {
    const number = invoices.length
    const full = line(life, {
      ...period,
      key: `${number}`,
      holding: holdingAt(life, period.start),
      share: isTrial(life, period) ? 0 : 1,
    })
    invoices.push(
      invoice(life, {
        created: period.start,
        lines: [...waiting, full],
        number,
        reason: number === 0 ? 'subscription_create' : 'subscription_cycle',
      }),
    )
    waiting = []
    for (const [index, move] of life.moves.entries()) {
      const before = life.moves[index - 1]
      if (!before || move.at <= period.start || move.at >= period.end) continue
      const share = (period.end - move.at) / (period.end - period.start)
      const rest = { start: move.at, end: period.end, proration: true }
      const prorations = [
        line(life, { ...rest, key: `${number}_${index}_a`, holding: before.holding, share: -share }),
        line(life, { ...rest, key: `${number}_${index}_b`, holding: move.holding, share }),
      ]
      if (life.invoicing === 'LATER') waiting.push(...prorations)
      else
        invoices.push(
          invoice(life, {
            created: move.at,
            lines: prorations,
            number: invoices.length,
            reason: 'subscription_update',
          }),
        )
    }
  }
  return {
    invoices: invoices.reverse(),
    pending: waiting.map((each) => waitingItem(life, each)),
  }
}

/** An invoice item names its subscription otherwise than the line that it becomes. */
function waitingItem({ subscription, shape }: Life, line: Fields): Fields {
  const details = { subscription, subscription_item: `si_${subscription}` }
  return {
    ...line,
    ...{ object: 'invoiceitem', id: `ii_${line['id']}`, proration: true },
    ...(shape === 'OLD' ? {} : { parent: { type: 'subscription_details', subscription_details: details } }),
  }
}

const isTrial = ({ trialEnd }: Life, { end }: Period): boolean => trialEnd === end

type LineOf = Period & { key: string; holding: Holding; share: number; proration?: boolean }

function line(life: Life, { key, start, end, holding, share, proration = false }: LineOf): Fields {
  const full = unitAmount(holding) * holding.seats
  const amount = Math.round(full * share)
  const price = priceId(holding)
  const item = `si_${life.subscription}`
  const common = {
    id: `il_${life.subscription}_${key}`,
    object: 'line_item',
    amount,
    currency: 'usd',
    period: { start, end },
    quantity: holding.seats,
    discount_amounts: discountAmounts(life, { start, amount, proration }),
  }
  if (life.shape === 'OLD') {
    return {
      ...common,
      price: { ...priceObject(holding), product: `prod_${holding.plan}` },
      plan: {
        id: price,
        object: 'plan',
        amount: unitAmount(holding),
        currency: 'usd',
        interval: holding.interval,
        interval_count: 1,
        product: `prod_${holding.plan}`,
      },
      proration,
      subscription: life.subscription,
      subscription_item: item,
      type: proration ? 'invoiceitem' : 'subscription',
    }
  }
  const details = { subscription: life.subscription, subscription_item: item, proration }
  return {
    ...common,
    parent: { type: 'subscription_item_details', subscription_item_details: details, invoice_item_details: null },
    pricing: {
      type: 'price_details',
      price_details: { price, product: `prod_${holding.plan}` },
      unit_amount_decimal: String(unitAmount(holding)),
    },
  }
}

/** A proration is net: it carries no discount of its own. */
function discountAmounts(
  life: Life,
  { start, amount, proration }: { start: number; amount: number; proration: boolean },
): Fields[] {
  const discount = discountAt(life, start)
  if (!discount || !life.discount || proration) return []
  return [{ amount: Math.round((amount * life.discount.percent) / 100), discount: discount['id'] }]
}

/** The discount of a life at a time, as the API shows it: expanded, its coupon by id. */
export function discountAt(life: Life, time: number): Fields | null {
  const start = life.moves[0]?.at ?? 0
  if (!life.discount) return null
  const end = discountEnd(life)
  if (end !== null && time >= end) return null
  return {
    id: `di_${life.subscription}`,
    object: 'discount',
    ...{
      start,
      end,
      customer: life.customer,
      subscription: life.subscription,
      subscription_item: null,
      invoice: null,
      invoice_item: null,
    },
    source: { type: 'coupon', coupon: `coupon_${life.discount.months === null ? 'forever' : 'repeating'}` },
  }
}

export const discountEnd = ({ moves, discount }: Life): number | null =>
  !discount || discount.months === null ? null : addMonths(moves[0]?.at ?? 0, discount.months)

export function priceObject(holding: Pick<Holding, 'plan' | 'interval'>): Fields {
  return {
    id: priceId(holding),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: 1_700_000_000,
    currency: 'usd',
    lookup_key: null,
    nickname: null,
    product: `prod_${holding.plan}`,
    recurring: { interval: holding.interval, interval_count: 1, usage_type: 'licensed', meter: null },
    tiers_mode: null,
    transform_quantity: null,
    type: 'recurring',
    unit_amount: unitAmount(holding),
    unit_amount_decimal: String(unitAmount(holding)),
  }
}

type InvoiceOf = { created: number; lines: Fields[]; number: number; reason: string }

function invoice(life: Life, { created, lines, number, reason }: InvoiceOf): Fields {
  const { paused, shape, subscription, customer } = life
  const discount = discountAt(life, created)
  const isVoid = paused !== null && created >= paused.from && created < paused.until
  return {
    id: `in_${subscription}_${number}`,
    object: 'invoice',
    ...{ created, customer, currency: 'usd', billing_reason: reason, status: isVoid ? 'void' : 'paid' },
    ...(shape === 'OLD'
      ? { subscription }
      : { parent: { type: 'subscription_details', subscription_details: { subscription } } }),
    discounts: discount ? [discount] : [],
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/invoices/in_${subscription}_${number}/lines` },
  }
}
