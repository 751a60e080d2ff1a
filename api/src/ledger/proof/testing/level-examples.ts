import { readDiscounts } from '../../../ingest/sources/stripe/discounts.ts'
import { type Example, MAJOR, MINOR } from './example.ts'
import { item, mrrOf, YEARLY } from './example-tools.ts'

/** 50 % off 100 by a coupon of this duration, as Stripe says it. */
const withCoupon = (duration: string) => {
  const discount = { id: 'di', coupon: { id: 'half', percent_off: 50, duration } }
  const cursor = { source: 'stripe', path: '$', value: { discounts: [discount] } }
  return mrrOf([item('core', 1, 100)], readDiscounts(cursor).discounts)
}

/** What items are per month, and less their discounts. */
export const levelExamples: Example[] = [
  {
    id: 'stripe-mrr-normalise',
    ours: () => mrrOf([item('core', 100, 100)]) + mrrOf([item('core', 50, 600, YEARLY)]),
    within: MAJOR,
  },
  { id: 'stripe-annual', ours: () => mrrOf([item('core', 1, 1200, YEARLY)]), within: MAJOR },
  {
    id: 'stripe-forever-coupon',
    ours: () => ({ forever: withCoupon('forever'), once: withCoupon('once'), repeating: withCoupon('repeating') }),
    within: MAJOR,
    differs: {
      expected: { forever: 50, once: 100, repeating: 50 },
      because: 'A repeating discount is subtracted while it runs, as is one that never ends; a single one is not.',
    },
  },
  { id: 'cm-quarterly', ours: () => mrrOf([item('core', 1, 90, { intervalCount: 3 })]), within: MAJOR },
  {
    id: 'rec-daily',
    ours: () => ({ daily_factor: mrrOf([item('core', 1000, 1, { interval: 'DAY' })]) / 1000 }),
    within: MAJOR / 1000,
    differs: {
      expected: { daily_factor: 365 / 12 },
      because: 'A day counts 365/12 to the month, exactly; this vendor counts 30.',
    },
  },
  {
    id: 'pw-discount',
    ours: () => mrrOf([item('core', 1, 120, YEARLY)], [{ id: 'off', percentOff: '10' }]),
    within: MAJOR,
  },
  {
    id: 'polar-2wk',
    ours: () => 100 * mrrOf([item('core', 1, 50, { interval: 'WEEK', intervalCount: 2 })]),
    within: MINOR,
  },
  { id: 'npow-weekly', ours: () => 100 * mrrOf([item('core', 1, 5, { interval: 'WEEK' })]), within: MINOR },
  {
    id: 'npow-amountoff-annual',
    ours: () => 100 * mrrOf([item('core', 1, 120, YEARLY)], [{ id: 'off', amountOff: '6000' }]),
    within: MINOR,
  },
  {
    id: 'npow-clamp',
    ours: () => 100 * mrrOf([item('core', 1, 20)], [{ id: 'off', amountOff: '5000' }]),
    within: MINOR,
  },
  {
    id: 'npow-mixed',
    ours: () => 100 * mrrOf([item('core', 1, 10), item('add-on', 1, 120, YEARLY)]),
    within: MINOR,
  },
]
