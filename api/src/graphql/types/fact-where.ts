import { builder } from '../builder.ts'

const AttributeWhere = builder.inputType('AttributeWhere', {
  description: 'Accounts whose attribute has one of these values.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Name of the attribute.' }),
    in: t.stringList({ required: true, description: 'Values it may have.' }),
  }),
})

export const FactWhere = builder.inputType('FactWhere', {
  description: 'Narrows the facts behind a number; a missing field narrows nothing, an empty list matches nothing.',
  fields: (t) => ({
    accountIds: t.idList({ description: 'Of these accounts.' }),
    region: t.stringList({ description: 'Items of any of these regions.' }),
    planId: t.idList({ description: 'Items of any of these plans.' }),
    currency: t.field({ type: ['CurrencyCode'], description: 'Items in any of these currencies.' }),
    attributes: t.field({
      type: [AttributeWhere],
      description: 'Accounts matching all of these; not for account viewers.',
    }),
  }),
})
