import { z } from 'zod'
import * as field from './fields.ts'
import { EXACTLY_ONE_PRICE, hasOnePrice, pricingShape } from './pricing.ts'

const { id, label, text, day, instant, currency, amount, quantity, flag, attributes, count, oneOf } = field

/** What every event says: its own id, and when it happened. */
const happened = { id, at: instant }
/** A fact of a day: without `at` it is as old as its day. */
const measured = { id, at: instant.optional(), account: id, day, attributes: attributes.optional() }

const plan = z.strictObject({
  product: label.optional(),
  name: label,
  rank: z.int({ error: 'a whole number' }),
  kind: oneOf(['licence', 'metered', 'add_on', 'service']).optional(),
})

const item = z
  .strictObject({
    item: id,
    product: label,
    price: id.optional(),
    quantity: count(0).optional(),
    region: label.optional(),
    ...pricingShape,
  })
  .refine(hasOnePrice, { path: ['amount'], error: EXACTLY_ONE_PRICE })

const discount = z
  .strictObject({
    id,
    percentOff: z
      .string({ error: 'a percentage as text such as "12.5"' })
      .regex(/^(100(\.0+)?|\d{1,2}(\.\d{1,6})?)$/, { error: 'a percentage as text from "0" to "100"' })
      .optional(),
    amountOff: amount.optional(),
    end: instant.optional(),
  })
  .refine(({ percentOff, amountOff }) => (percentOff === undefined) !== (amountOff === undefined), {
    path: ['percentOff'],
    error: 'exactly one of percentOff and amountOff',
  })

const list = <T extends z.ZodType>(of: T, what: string) =>
  z.array(of, { error: `a list of ${what}` }).max(500, { error: `at most 500 ${what}` })

/** The generic events, by kind. */
export const KINDS = {
  account: z.strictObject({
    kind: z.literal('account'),
    ...happened,
    account: id,
    name: text.optional(),
    region: label.optional(),
    parent: id.optional(),
    partner: label.optional(),
    signedUpOn: day.optional(),
    deleted: flag.optional(),
    attributes: attributes.optional(),
  }),
  product: z.strictObject({ kind: z.literal('product'), ...happened, product: label, name: text.min(1) }),
  price: z
    .strictObject({
      kind: z.literal('price'),
      ...happened,
      price: id,
      product: label,
      name: label.optional(),
      plan: plan.optional(),
      currency,
      ...pricingShape,
    })
    .refine(hasOnePrice, { path: ['amount'], error: EXACTLY_ONE_PRICE }),
  subscription: z.strictObject({
    kind: z.literal('subscription'),
    ...happened,
    account: id,
    subscription: id,
    effectiveAt: instant.optional(),
    status: oneOf(['active', 'trial', 'paused', 'past_due', 'unpaid', 'incomplete']),
    currency,
    items: list(item, 'items'),
    discounts: list(discount, 'discounts').optional(),
    renewed: flag.optional(),
  }),
  subscriptionEnded: z.strictObject({
    kind: z.literal('subscriptionEnded'),
    ...happened,
    account: id,
    subscription: id,
    effectiveAt: instant.optional(),
  }),
  usage: z.strictObject({
    kind: z.literal('usage'),
    ...measured,
    attributes: z.undefined({ error: 'nothing: usage has no attributes' }).optional(),
    metric: label,
    quantity,
    limit: quantity.optional(),
  }),
  seats: z
    .strictObject({
      kind: z.literal('seats'),
      ...measured,
      attributes: z.undefined({ error: 'nothing: seats have no attributes' }).optional(),
      assigned: count(0).optional(),
      active: count(0).optional(),
    })
    .refine(({ assigned, active }) => assigned !== undefined || active !== undefined, {
      path: ['active'],
      error: 'at least one of assigned and active',
    }),
  entitlement: z.strictObject({ kind: z.literal('entitlement'), ...measured, metric: label, limit: quantity }),
  invoiceLine: z.strictObject({
    kind: z.literal('invoiceLine'),
    ...measured,
    invoice: id,
    line: id.optional(),
    name: label,
    amount,
    currency,
    quantity: quantity.optional(),
    recurring: flag.optional(),
  }),
  spend: z.strictObject({
    kind: z.literal('spend'),
    id,
    at: instant.optional(),
    month: field.month,
    category: label,
    amount,
    currency,
    attributes: attributes.optional(),
  }),
  feature: z.strictObject({
    kind: z.literal('feature'),
    ...measured,
    feature: label,
    adopted: flag.optional(),
    quantity: quantity.optional(),
  }),
  integration: z.strictObject({
    kind: z.literal('integration'),
    ...measured,
    integration: label,
    connected: flag.optional(),
  }),
  contact: z.strictObject({
    kind: z.literal('contact'),
    ...measured,
    contact: id,
    name: text.min(1).optional(),
    role: label.optional(),
  }),
  satisfaction: z.strictObject({
    kind: z.literal('satisfaction'),
    ...measured,
    survey: oneOf(['NPS', 'CSAT']),
    score: quantity,
    contact: id.optional(),
  }),
  ticket: z.strictObject({
    kind: z.literal('ticket'),
    ...measured,
    ticket: id,
    subject: text.min(1).optional(),
    priority: label.optional(),
    closedOn: day.optional(),
  }),
} as const

export type GenericKind = keyof typeof KINDS
export type GenericEvent = z.infer<(typeof KINDS)[GenericKind]>
/** One kind of them. */
export type Generic<K extends GenericKind> = z.infer<(typeof KINDS)[K]>
