import type { Tx } from '@nobishiro/prisma'
import { ITEM_KINDS } from '../ingest/event.ts'
import type { MappedPrice } from '../ingest/people/correction.ts'
import { slug } from '../shared/slug.ts'
import type { Checked } from './check.ts'
import { invalid, shorten } from './invalid.ts'
import type { AskedPrice } from './request.ts'

type Known = {
  products: readonly { id: string; name: string }[]
  plans: readonly { id: string; name: string; rank: number; productId: string }[]
  prices: readonly { source: string; externalId: string; planId: string | null; kind: string }[]
}

/** Every price with its whole place: what was said, and what is proposed where nothing was. */
export async function checkMapping(tx: Tx, tenantId: string, asked: readonly AskedPrice[]): Promise<Checked> {
  if (asked.length === 0) throw invalid('input.prices', 'input.prices is empty: name at least one price.')
  const where = { where: { tenantId } }
  const known: Known = {
    products: await tx.product.findMany(where),
    plans: await tx.plan.findMany(where),
    prices: await tx.sourcePrice.findMany({
      ...where,
      select: { source: true, externalId: true, planId: true, kind: true },
    }),
  }
  const prices = asked.map((one, index) => placeOf(known, one, `input.prices[${index}]`))
  oneRankEach(known, prices)
  return { what: { kind: 'MAP_CATALOG', prices }, touches: [] }
}

function placeOf({ products, plans, prices }: Known, asked: AskedPrice, field: string): MappedPrice {
  const { source, price, rank } = asked
  const stored = prices.find((row) => row.source === source && row.externalId === price)
  const current = plans.find(({ id }) => id === stored?.planId)
  const currentProduct = products.find(({ id }) => id === current?.productId)
  if (!stored || !current || !currentProduct)
    throw invalid(`${field}.price`, `${field}.price: source "${shorten(source)}" has no price "${shorten(price)}".`)
  if (rank !== undefined && (!Number.isInteger(rank) || rank < 1 || rank > 1_000))
    throw invalid(`${field}.rank`, `${field}.rank is ${rank}; accepted: 1 to 1000, a higher rank being an upgrade.`)
  const product =
    asked.product === undefined
      ? currentProduct
      : (named(products, asked.product) ?? {
          id: `${source}:${word(asked.product, `${field}.product`)}`,
          name: asked.product.trim(),
        })
  const siblings = plans.filter(({ productId }) => productId === product.id)
  const wanted = asked.plan ?? current.name
  const plan = asked.plan === undefined && product.id === currentProduct.id ? current : named(siblings, wanted)
  const isNew = plan === undefined && asked.plan !== undefined
  if (isNew && rank === undefined)
    throw invalid(`${field}.rank`, `${field}.rank is missing: "${shorten(wanted)}" is a new plan of ${product.name}.`)
  return {
    source,
    price,
    product: { id: product.id, name: product.name },
    plan: {
      id: plan?.id ?? `${product.id}/${word(wanted, `${field}.plan`)}`,
      name: plan?.name ?? wanted.trim(),
      rank: rank ?? plan?.rank ?? current.rank,
    },
    itemKind: asked.itemKind ?? ITEM_KINDS.find((kind) => kind === stored.kind) ?? 'LICENCE',
  }
}

const named = <Row extends { id: string; name: string }>(rows: readonly Row[], text: string): Row | undefined =>
  rows.find(({ id }) => id === text) ?? rows.find(({ name }) => name === text.trim())

function word(text: string, field: string): string {
  const made = slug(text)
  if (made === '') throw invalid(field, `${field} is "${shorten(text)}"; expected a name with a letter or digit.`)
  return made
}

/** Prices of one plan share its rank, whether they were named or not. */
function oneRankEach({ plans, prices }: Known, mapped: readonly MappedPrice[]): void {
  for (const [index, { plan }] of mapped.entries()) {
    const field = `input.prices[${index}].rank`
    const other = mapped.find((row) => row.plan.id === plan.id && row.plan.rank !== plan.rank)
    if (other)
      throw invalid(
        field,
        `${field} is ${plan.rank}, and ${other.price} gives the plan ${plan.name} the rank ${other.plan.rank}.`,
      )
    if (plans.find(({ id }) => id === plan.id)?.rank === plan.rank) continue
    const left = prices.filter(
      (row) =>
        row.planId === plan.id &&
        !mapped.some(({ source, price }) => source === row.source && price === row.externalId),
    )
    if (left.length > 0)
      throw invalid(
        field,
        `${field} is another rank for the plan ${plan.name}. Name its other prices too: ${left.map((row) => `${row.source}:${row.externalId}`).join(', ')}.`,
      )
  }
}
