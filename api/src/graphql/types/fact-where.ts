import { builder } from '../builder.ts'
import { ExpansionStrategy } from './vocabulary.ts'

export const AttributeWhere = builder.inputType('AttributeWhere', {
  description: 'Accounts whose attribute has one of these values.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Name of the attribute.' }),
    in: t.field({
      type: t.listRef('String', { required: false }),
      required: true,
      description: 'Values it may have; null is an account that does not have it.',
    }),
  }),
})

export const FactWhere = builder.inputType('FactWhere', {
  description: 'Narrows the facts behind a number; a missing field narrows nothing, an empty list matches nothing.',
  fields: (t) => ({
    accountIds: t.idList({ description: 'Of these accounts.' }),
    parentIds: t.idList({
      description:
        'Accounts whose ultimate parent at the end of the range is one of these, itself included; not for account viewers.',
    }),
    segmentIds: t.idList({
      description:
        'Accounts in any of these saved segments, as they are at the instant of the question; not for account viewers.',
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
      description: 'Accounts matching all of these; not for account viewers.',
    }),
  }),
})
