import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { globalId } from '../ids.ts'
import type { PlanRow } from '../loaders.ts'

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

/** A plan that the ledger names. One that a later mapping replaced shows under its id, as old lines still name it. */
export async function planOf(id: string, { loaders, principal }: Context): Promise<PlanRow> {
  const plan = await loaders.plan.load(id)
  if (plan) return plan
  const { tenantId } = principal
  const productId = id.split('/')[0] ?? id
  const name = id.slice(id.search(/[:/][^:/]*$/) + 1)
  return { tenantId, id, productId, name, rank: 0, product: { tenantId, id: productId, name } }
}
