import type { Prisma } from '@nobishiro/prisma'
import type { MovementKind, ExpansionStrategy as Strategy } from '../../facts/kind.ts'
import { partnerOn } from '../../facts/partners.ts'
import { builder } from '../builder.ts'
import { globalId } from '../ids.ts'
import { isLimited } from '../viewer.ts'
import { Plan, planOf } from './catalog.ts'
import { Money } from './money.ts'
import { ExpansionStrategy } from './vocabulary.ts'

/** A line as part of a movement, whose kind says whether strategies apply, and as known at an instant, or now. */
type LineShape = Prisma.LedgerLineGetPayload<object> & { movement: MovementKind; asOf?: Date | undefined }

const DAY_MS = 86_400_000

export const LedgerLine = builder.objectRef<LineShape>('LedgerLine').implement({
  description: "One immutable signed entry: a part of a change of one item's MRR.",
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ id }) => globalId('LedgerLine', String(id)) }),
    amount: t.field({
      type: Money,
      description: 'Signed change of MRR, in the currency of the subscription.',
      resolve: ({ amountMinor, currency }) => ({ minor: amountMinor, currency }),
    }),
    seatsChange: t.exposeInt('seats', { description: 'Signed change of purchased seats.' }),
    strategy: t.field({
      type: ExpansionStrategy,
      nullable: true,
      description:
        'How it grew or shrank; null for lines of a NEW, REACTIVATION or CHURN movement, which carry no strategy.',
      resolve: ({ strategy, movement }) => (hasStrategies(movement) ? (strategy as Strategy | null) : null), // a CHECK constraint holds it
    }),
    rule: t.exposeInt('rule', {
      description: 'Number of the strategy rule that decided, 1 to 9; 0 where a person named the strategy.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why the price changed, e.g. RENEWAL; null when nothing more is known.',
    }),
    plan: t.field({
      type: Plan,
      description: 'The plan that changed.',
      complexity: 1,
      resolve: ({ planId }, _args, context) => planOf(planId, context),
    }),
    region: t.string({
      nullable: true,
      description: 'Region, site or unit of the item; null when the source does not say.',
      resolve: ({ region }) => region || null,
    }),
    partner: t.string({
      nullable: true,
      description:
        'Partner that its account was attributed to on the day it counts from; null where there was none, and for a viewer of some accounts.',
      resolve: async ({ accountId, effectiveDay, asOf }, _args, { principal, facts }) => {
        if (isLimited(principal)) return null
        const { store } = await facts(asOf)
        const account = store.accounts.indexOf.get(accountId)
        return account === undefined ? null : partnerOn(store, account, effectiveDay.getTime() / DAY_MS)
      },
    }),
    effectiveOn: t.field({
      type: 'Date',
      description: "Day it counts from, in the tenant's time zone.",
      resolve: ({ effectiveDay }) => effectiveDay.toISOString().slice(0, 10),
    }),
    effectiveAt: t.expose('effectiveAt', { type: 'DateTime', description: 'Instant it counts from.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'Instant it was posted.' }),
    source: t.exposeString('source', { description: 'Source of the event behind it.' }),
    sourceEvent: t.exposeString('sourceEvent', { description: 'Id of the event behind it, as its source knows it.' }),
    subscriptionId: t.string({
      description: 'Global id of the subscription.',
      resolve: ({ subscriptionId }) => globalId('Subscription', subscriptionId),
    }),
    itemId: t.exposeString('itemId', { description: 'Id of the item, as its source knows it.' }),
    reverses: t.id({
      nullable: true,
      description: 'Global id of the line that it takes back; null for a line that adds.',
      resolve: ({ reverses }) => (reverses === null ? null : globalId('LedgerLine', String(reverses))),
    }),
    evidence: t.field({
      type: 'JSONObject',
      description:
        'What the decision rests on: quantities, levels and prices before and after; empty for a viewer of some accounts.',
      resolve: ({ evidence }, _args, { principal }) => (isLimited(principal) ? {} : evidence),
    }),
  }),
})

function hasStrategies(kind: MovementKind): boolean {
  return kind === 'EXPANSION' || kind === 'CONTRACTION'
}
