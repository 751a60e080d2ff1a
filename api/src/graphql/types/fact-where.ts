import type { AttributeTime as Time } from '../../facts/slice.ts'
import { builder } from '../builder.ts'
import { ExpansionStrategy } from './vocabulary.ts'

export const AttributeTime = builder.enumType('AttributeTime', {
  description: 'Which attributes count.',
  values: {
    NOW: { description: 'Those that accounts have now, of all times.' },
    THEN: {
      description:
        'Those that accounts had at each close. A movement is of where its account belongs at the end of the month; what it held before moves there as TRANSFER. NRR and GRR are of the accounts that were so at the opening, with all that they pay at the closing. Of metrics of movements, levels and retention, waterfall, strategyMix and nrrContribution; refused by name elsewhere.',
    },
  } satisfies Record<Time, { description: string }>,
})

export const AttributeWhere = builder.inputType('AttributeWhere', {
  description: 'Accounts whose attribute has one of these values.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Name of the attribute.' }),
    in: t.field({
      type: t.listRef('String', { required: false }),
      required: true,
      description: 'Values it may have; null is an account that does not have it.',
    }),
    at: t.field({ type: AttributeTime, description: 'Now, unless it says THEN.' }),
  }),
})

export const FactWhere = builder.inputType('FactWhere', {
  description: 'Narrows the facts behind a number; a missing field narrows nothing, an empty list matches nothing.',
  fields: (t) => ({
    accountIds: t.idList({ description: 'Of these accounts.' }),
    parentIds: t.idList({
      description:
        'Accounts whose ultimate parent at the end of the range is one of these, itself included; not for viewers of some accounts.',
    }),
    segmentIds: t.idList({
      description:
        'Accounts in any of these saved segments, as they are at the instant of the question; not for viewers of some accounts.',
    }),
    cohort: t.field({
      type: t.listRef('Date', { required: false }),
      description: 'Accounts whose first month with revenue is one of these (first days of a month); null never paid.',
    }),
    region: t.stringList({ description: 'Items of any of these regions; "" is no region.' }),
    planId: t.idList({ description: 'Items of any of these plans.' }),
    productId: t.idList({ description: 'Items of any plan of these products.' }),
    currency: t.field({ type: ['CurrencyCode'], description: 'Items in any of these currencies.' }),
    strategy: t.field({
      type: [ExpansionStrategy],
      description:
        'Of expansion, contraction and their rates, the parts of these strategies; refused where it means nothing.',
    }),
    attributes: t.field({
      type: [AttributeWhere],
      description: 'Accounts matching all of these; not for viewers of some accounts.',
    }),
  }),
})
