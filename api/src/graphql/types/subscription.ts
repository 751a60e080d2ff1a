import type { ItemKind as Kind, SubscriptionStatus as Status } from '../../ingest/event.ts'
import { builder } from '../builder.ts'
import { globalId } from '../ids.ts'
import type { SubscriptionRow } from '../loaders.ts'
import { Plan, planOf } from './catalog.ts'
import { Money } from './money.ts'
import { ItemKind, SubscriptionStatus } from './vocabulary.ts'

type Item = SubscriptionRow['items'][number] & { currency: string }

const SubscriptionItem = builder.objectRef<Item>('SubscriptionItem').implement({
  description: 'One line of a subscription: a plan, how many, and what it brings.',
  fields: (t) => ({
    id: t.id({
      description: 'Global id.',
      resolve: ({ subscriptionId, id }) => globalId('SubscriptionItem', `${subscriptionId}/${id}`),
    }),
    plan: t.field({
      type: Plan,
      description: 'The plan it sells.',
      complexity: 1,
      resolve: ({ planId }, _args, context) => planOf(planId, context),
    }),
    kind: t.field({ type: ItemKind, description: 'What sort of thing it sells.', resolve: ({ kind }) => kind as Kind }), // a CHECK constraint holds it
    region: t.string({
      nullable: true,
      description: 'Region, site or unit it is for; null when the source does not say.',
      resolve: ({ region }) => region || null,
    }),
    quantity: t.exposeInt('quantity', { description: 'Seats or units sold.' }),
    mrr: t.field({
      type: Money,
      description: "What it brings a month, in the subscription's currency.",
      resolve: ({ levelMinor, currency }) => ({ minor: levelMinor, currency }),
    }),
  }),
})

const hasCome = (instant: Date | null, now: Date): boolean => instant !== null && instant <= now

export const Subscription = builder.prismaNode('Subscription', {
  description: "An account's running agreement, as its source last said.",
  include: { items: { orderBy: { id: 'asc' } } },
  id: { resolve: ({ id }) => id, description: 'Global id.' },
  findUnique: (id, { principal: { tenantId } }) => ({ tenantId_id: { tenantId, id } }),
  nullable: true,
  fields: (t) => ({
    externalId: t.exposeString('externalId', { description: 'The id its source knows.' }),
    status: t.field({
      type: SubscriptionStatus,
      description: 'Where it stands.',
      resolve: ({ status, endedAt }, _args, { now }) => (hasCome(endedAt, now) ? 'ENDED' : (status as Status)), // a CHECK constraint holds it
    }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'Currency it is billed in.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
    endedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while it runs.',
      resolve: ({ endedAt }, _args, { now }) => (hasCome(endedAt, now) ? endedAt : null),
    }),
    endsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it will end, as agreed already; null when it runs on, or has ended.',
      resolve: ({ endedAt, cancelAt }, _args, { now }) => (hasCome(endedAt, now) ? null : (endedAt ?? cancelAt)),
    }),
    currentPeriodEnd: t.expose('periodEnd', {
      type: 'DateTime',
      nullable: true,
      description: 'End of the running billing period, which a renewal follows; null when the source does not say.',
    }),
    trialEnd: t.expose('trialEnd', {
      type: 'DateTime',
      nullable: true,
      description: 'When its trial ends or ended; null without one.',
    }),
    committedMrr: t.field({
      type: Money,
      description: 'What it brings a month once everything agreed has happened.',
      resolve: ({ committedMinor, currency }) => ({ minor: committedMinor, currency }),
    }),
    items: t.field({
      type: [SubscriptionItem],
      description: 'What it is made of.',
      resolve: ({ items, currency }) => items.map((item) => ({ ...item, currency })),
    }),
  }),
})
