import type { Store } from '../../../facts/column-store.ts'
import { type Example, MAJOR, MINOR } from './example.ts'
import {
  changesOf,
  closings,
  december,
  item,
  linesOf,
  major,
  ratio,
  steps,
  toldStore,
  YEARLY,
} from './example-tools.ts'

/** One account that holds these from each day on; the last one is December. */
const account = (...held: [on: string, items: ReturnType<typeof item>[]][]) =>
  toldStore(held.map(([on, items]) => ({ on, items })))

/** Four yearly Gold; then two monthly Silver as a second subscription, cancelled again; then Gold ends. */
const gold = item('gold', 4, 500, YEARLY)
const silver = item('silver', 2, 30)
const syncalytics = () =>
  toldStore([
    { on: '2024-01-10', subscription: 'gold', items: [gold] },
    { on: '2024-02-10', subscription: 'silver', items: [silver] },
    { on: '2024-03-10', subscription: 'silver', items: [silver], status: 'ENDED' },
    { on: '2025-01-10', subscription: 'gold', items: [gold], status: 'ENDED' },
  ])
const step = (store: Store, month: string, key: string) => Math.abs(major(steps(store, month)[key] ?? 0))

/** MRR at the end of months, of accounts each with a life of its own. */
const lives = (months: string[], ...told: Parameters<typeof toldStore>) => closings(toldStore(...told), months)

/** What happens to subscriptions, as the ledger tells it. */
export const movementExamples: Example[] = [
  {
    id: 'stripe-churned-revenue',
    ours: () => {
      const store = toldStore([
        { account: 'leaves', on: '2024-11-05', items: [item('core', 1, 120, YEARLY)] },
        { account: 'leaves', on: '2024-12-05', items: [], status: 'ENDED' },
        { account: 'shrinks', on: '2024-11-05', items: [item('core', 1, 50)] },
        { account: 'shrinks', on: '2024-12-05', items: [item('core', 1, 25)] },
      ])
      return step(store, december, 'CHURN') + step(store, december, 'CONTRACTION')
    },
    within: MAJOR,
  },
  {
    id: 'stripe-proration',
    ours: () =>
      major(
        linesOf([
          { on: '2024-12-01', items: [item('core', 1, 10)] },
          { on: '2024-12-16', items: [item('core', 1, 20)] },
        ]).at(-1)?.amount ?? 0n,
      ),
    of: (independent: { mrr_delta: number }) => independent.mrr_delta, // proration lines of invoices are not MRR
    within: MAJOR,
  },
  { id: 'cm-syncalytics-1', ours: () => step(syncalytics(), '2024-01-01', 'NEW'), within: MAJOR },
  { id: 'cm-syncalytics-2', ours: () => step(syncalytics(), '2024-02-01', 'EXPANSION'), within: MAJOR },
  { id: 'cm-syncalytics-3', ours: () => step(syncalytics(), '2024-03-01', 'CONTRACTION'), within: MAJOR },
  { id: 'cm-syncalytics-4', ours: () => step(syncalytics(), '2025-01-01', 'CHURN'), within: MAJOR },
  {
    id: 'cm-switch',
    ours: () => {
      const store = account(['2024-11-01', [item('core', 1, 100)]], ['2024-12-01', [item('core', 1, 250)]])
      return { mrr: ratio(store, 'mrr', december), movement: step(store, december, 'EXPANSION') }
    },
    within: MAJOR,
  },
  {
    id: 'cb-price-decrease',
    ours: () => {
      const store = account(['2024-11-01', [item('core', 1, 100)]], ['2024-12-10', [item('core', 1, 70)]])
      return step(store, december, 'CONTRACTION') + 1000 * ratio(store, 'logoChurnRate', december)
    },
    within: MAJOR,
  },
  {
    id: 'zuora-order-mrr',
    ours: () => {
      const lines = linesOf([
        { on: '2024-06-01', items: [item('core', 13, 5)] },
        { on: '2024-08-18', items: [item('core', 20, 5)] },
      ])
      return major(lines.at(-1)?.amount ?? 0n)
    },
    of: (independent: { mrr: number }) => independent.mrr, // what is billed for part of a month is no MRR
    within: MAJOR,
  },
  {
    id: 'pvm-pongora',
    ours: () => {
      const lines = linesOf([
        { on: '2024-11-01', items: [item('core', 1000, 50)] },
        { on: '2024-12-01', items: [{ ...item('core', 1100, 52), price: 'dearer' }] },
      ]).slice(1)
      const part = (strategy: string) =>
        major(lines.filter((line) => line.strategy === strategy).reduce((sum, line) => sum + line.amount, 0n))
      return {
        price: part('CONTRACT_VALUE'),
        volume: part('SEAT'),
        cross: 0,
        total: part('CONTRACT_VALUE') + part('SEAT'),
      }
    },
    within: MAJOR,
    differs: {
      expected: { price: 2200, volume: 5000, cross: 0, total: 7200 },
      because: 'Parts are two: seats at the old price, and all the rest by price, which is where the cross term goes.',
    },
  },
  {
    id: 'polar-base',
    ours: () => {
      const changes = changesOf(
        linesOf([
          { on: '2024-01-01', subscription: 'one', items: [item('core', 1, 100)] },
          { on: '2024-06-01', subscription: 'two', items: [item('core', 1, 100)] },
          { on: '2024-01-01', subscription: 'year', items: [item('core', 1, 1000, YEARLY)] },
        ]),
      )
      const days = ['2024-01-01', '2024-02-01', '2024-06-01', '2024-12-31']
      const levelAt = (day: string) => changes.reduce((sum, [, on, amount]) => (on <= day ? sum + amount : sum), 0)
      return Object.fromEntries(days.map((day) => [day, levelAt(day)]))
    },
    within: MINOR,
  },
  {
    id: 'polar-committed',
    ours: () =>
      lives(
        ['2024-01-01', '2024-02-01', '2024-03-01'],
        [
          { account: 'one', on: '2024-01-01', items: [item('core', 1, 100)] },
          { account: 'two', on: '2024-02-01', items: [item('core', 1, 100)] },
          { account: 'two', on: '2024-03-01', items: [], status: 'ENDED' },
        ],
      ),
    of: (independent: { mrr: number[] }) => independent.mrr, // scheduled ends are not in the ledger yet, so neither is committed MRR
    within: MINOR,
  },
  {
    id: 'polar-trial',
    ours: () => ({
      mrr: lives(
        ['2024-01-01', '2024-02-01', '2024-03-01'],
        [
          { account: 'pays', on: '2024-01-01', items: [item('core', 1, 100)] },
          { account: 'tries', on: '2024-01-01', items: [item('core', 1, 100)], status: 'TRIAL' },
          { account: 'tries', on: '2024-03-01', items: [item('core', 1, 100)] },
          { account: 'leaves', on: '2024-01-01', items: [item('core', 1, 100)], status: 'TRIAL' },
          { account: 'leaves', on: '2024-02-20', items: [], status: 'ENDED' },
        ],
      ),
    }),
    within: MINOR,
  },
  {
    id: 'polar-forever',
    ours: () =>
      lives(
        ['2024-01-01', '2024-02-01'],
        [{ on: '2024-01-01', items: [item('core', 1, 100)], discounts: [{ id: 'off', percentOff: '50' }] }],
      ),
    within: MINOR,
  },
]
