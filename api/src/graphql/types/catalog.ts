import type { Prisma } from '@nobishiro/prisma'
import type { ItemKind as Kind } from '../../ingest/event.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { globalId } from '../ids.ts'
import type { PlanRow } from '../loaders.ts'
import { isLimited } from '../viewer.ts'
import { ItemKind } from './vocabulary.ts'

export const Product = builder.prismaObject('Product', {
  description: 'What is sold.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ id }) => globalId('Product', id) }),
    name: t.exposeString('name', { description: 'Name, as the source last gave it.' }),
  }),
})

export const Plan = builder.prismaObject('Plan', {
  description: 'A ranked level of a product.',
  include: { product: true },
  fields: (t) => ({
    id: t.id({ description: 'Global id, also for filters.', resolve: ({ id }) => globalId('Plan', id) }),
    name: t.exposeString('name', { description: 'Name, as the source last gave it.' }),
    rank: t.exposeInt('rank', {
      description: 'Its place among the plans of the product; a higher rank is an upgrade.',
    }),
    product: t.field({
      type: Product,
      description: 'The product it is a level of.',
      resolve: ({ product }) => product,
    }),
  }),
})

const PriceMapping = builder.enumType('PriceMapping', {
  description: 'Why a price stands where it stands.',
  values: {
    INFERRED: { description: 'Proposed from what accounts held, and counted until a person decides.' },
    CONFIRMED: { description: 'A person or a mapping file says so.' },
  } as const,
})

const CatalogPrice = builder.objectRef<Prisma.SourcePriceGetPayload<object>>('CatalogPrice').implement({
  description: 'A price as its source knows it, and what it stands for.',
  fields: (t) => ({
    source: t.exposeString('source', { description: 'Where it comes from.' }),
    price: t.exposeString('externalId', { description: 'The id its source knows.' }),
    sourceProduct: t.exposeString('productExternalId', { description: 'The product it belongs to in its source.' }),
    nickname: t.exposeString('nickname', { nullable: true, description: 'Nickname; null when it has none.' }),
    lookupKey: t.exposeString('lookupKey', { nullable: true, description: 'Lookup key; null when it has none.' }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'Its currency.' }),
    pricing: t.expose('price', { type: 'JSONObject', description: 'Amount, interval and scheme, in minor units.' }),
    kind: t.field({ type: ItemKind, description: 'What sort of thing it sells.', resolve: ({ kind }) => kind as Kind }), // a CHECK constraint holds it
    mapping: t.field({
      type: PriceMapping,
      description: 'Proposed or confirmed.',
      resolve: ({ mapping }) => (mapping === 'CONFIRMED' ? 'CONFIRMED' : 'INFERRED'),
    }),
  }),
})

builder.objectField(Plan, 'prices', (t) =>
  t.field({
    type: [CatalogPrice],
    description: 'The prices of all sources that stand for it; empty for a viewer of some accounts.',
    complexity: { field: 1, multiplier: 2 },
    resolve: ({ id }, _args, { loaders, principal }) => (isLimited(principal) ? [] : loaders.pricesOfPlan.load(id)),
  }),
)

builder.objectField(Product, 'plans', (t) =>
  t.field({
    type: [Plan],
    description: 'Its plans, lowest rank first; empty for a viewer of some accounts.',
    complexity: { field: 1, multiplier: 3 },
    resolve: ({ id }, _args, { loaders, principal }) => (isLimited(principal) ? [] : loaders.plansOfProduct.load(id)),
  }),
)

builder.queryField('products', (t) =>
  t.field({
    type: [Product],
    description:
      'The catalogue by name, with the proposals that nobody has confirmed; not for a viewer of some accounts.',
    authScopes: { capability: 'accounts' },
    complexity: { field: 20, multiplier: 10 },
    resolve: (_root, _args, { read, principal }) => {
      if (isLimited(principal))
        throw new ExpectedError('FORBIDDEN', 'The catalogue is not available to a viewer of some accounts.')
      const { tenantId } = principal
      return read((tx) => tx.product.findMany({ where: { tenantId }, orderBy: [{ name: 'asc' }, { id: 'asc' }] }))
    },
  }),
)

/** A plan that the ledger names. One that a later mapping replaced shows under its id, as old lines still name it. */
export async function planOf(id: string, { loaders, principal }: Context): Promise<PlanRow> {
  const plan = await loaders.plan.load(id)
  if (plan) return plan
  const { tenantId } = principal
  const productId = id.split('/')[0] ?? id
  const name = id.slice(id.search(/[:/][^:/]*$/) + 1)
  return { tenantId, id, productId, name, rank: 0, product: { tenantId, id: productId, name } }
}
