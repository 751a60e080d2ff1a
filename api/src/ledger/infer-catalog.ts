import type { ItemKind } from '../ingest/event.ts'
import { type Rational, rational } from '../shared/rational.ts'
import type { Place } from './catalog.ts'
import { planId } from './catalog.ts'
import { monthlyExact } from './level.ts'
import { planKey, planLabel } from './plan-key.ts'
import type { Price } from './price.ts'

export type SourceProductRow = { source: string; externalId: string; name: string }
export type SourcePriceRow = {
  source: string
  externalId: string
  productExternalId: string
  nickname: string | null
  lookupKey: string | null
  pricing: Price
  /** What a person or a mapping file said; wins over inference. */
  confirmed: (Place & { productName: string; planName: string }) | null
}
/** Two source products ("source:id", first < second) in some account's history. */
export type Evidence = { kind: 'HELD_TOGETHER' | 'REPLACED'; first: string; second: string }

export type Catalog = {
  products: { id: string; name: string }[]
  plans: { id: string; product: string; name: string; rank: number }[]
  /** "source:price" → place. */
  places: Map<string, Place>
}

/**
 * Maps prices of billing systems to products and ranked plans. The order of the rows does not matter. Confirmed prices take part in
 * the inference of the others, so that confirming one as proposed moves nothing.
 */
export function inferCatalog(products: SourceProductRow[], prices: SourcePriceRow[], evidence: Evidence[]): Catalog {
  const names = new Map(products.map((row) => [`${row.source}:${row.externalId}`, row.name]))
  const sourceProducts = [...new Set(prices.map(sourceProductOf))].sort()
  const clusterOf = clusters(sourceProducts, evidence)
  const catalog: Catalog = { products: [], plans: [], places: new Map() }

  for (const lead of [...new Set(clusterOf.values())].sort()) {
    const members = sourceProducts.filter((id) => clusterOf.get(id) === lead)
    const rows = prices.filter((row) => clusterOf.get(sourceProductOf(row)) === lead)
    catalog.products.push({ id: lead, name: commonName(members.map((id) => names.get(id) ?? id)) })
    addPlans(catalog, lead, rows, names, members.length > 1)
  }
  addConfirmed(catalog, prices)
  return catalog
}

const sourceProductOf = (row: { source: string; productExternalId: string }): string =>
  `${row.source}:${row.productExternalId}`

/**
 * Source products become plans of one product when an account replaced one by the other on a day and no account ever
 * held two of them at once. Strongest evidence first; ties by id, so that the result depends on nothing else.
 */
function clusters(ids: string[], evidence: Evidence[]): Map<string, string> {
  const apart = new Set(evidence.filter((e) => e.kind === 'HELD_TOGETHER').map(pairKey))
  const weight = new Map<string, number>()
  for (const e of evidence) if (e.kind === 'REPLACED') weight.set(pairKey(e), (weight.get(pairKey(e)) ?? 0) + 1)
  const group = new Map(ids.map((id) => [id, [id]]))
  const pairs = [...weight.entries()].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  for (const [pair] of pairs) {
    const [first = '', second = ''] = pair.split('\n')
    const left = group.get(first)
    const right = group.get(second)
    if (!left || !right || left === right) continue
    if (left.some((a) => right.some((b) => apart.has(a < b ? `${a}\n${b}` : `${b}\n${a}`)))) continue
    const merged = [...left, ...right].sort()
    for (const id of merged) group.set(id, merged)
  }
  return new Map(ids.map((id) => [id, group.get(id)?.[0] ?? id]))
}

const pairKey = ({ first, second }: Evidence): string => `${first}\n${second}`

function addPlans(
  catalog: Catalog,
  product: string,
  rows: SourcePriceRow[],
  names: Map<string, string>,
  several: boolean,
): void {
  const plans = new Map<string, SourcePriceRow[]>()
  for (const row of rows) {
    const id = planId(row.source, row.productExternalId, planKey(row.nickname, row.lookupKey))
    plans.set(id, [...(plans.get(id) ?? []), row])
  }
  const listPrice = [...plans].map(([id, members]) => ({ id, members, amount: highestUnitAmount(members) }))
  listPrice.sort((a, b) => compareAmount(a.amount, b.amount) || (a.id < b.id ? -1 : 1))
  let rank = 0
  let previous: Rational | undefined
  for (const { id, members, amount } of listPrice) {
    if (!previous || compareAmount(previous, amount) !== 0) rank += 1
    previous = amount
    catalog.plans.push({ id, product, name: planName(members, names, several), rank })
    for (const row of members)
      catalog.places.set(`${row.source}:${row.externalId}`, { product, plan: id, rank, kind: kindOf(row.pricing) })
  }
}

function kindOf(price: Price): ItemKind {
  if (price.oneTime) return 'SERVICE'
  if (price.usage === 'METERED') return 'METERED'
  return price.addOn ? 'ADD_ON' : 'LICENCE'
}

/** Ranks compare list prices of one unit; the first currency in the alphabet that the plan has stands for it. */
function highestUnitAmount(rows: SourcePriceRow[]): Rational {
  const currency = rows.map((row) => row.pricing.currency).sort()[0]
  return rows
    .filter((row) => row.pricing.currency === currency)
    .map((row) => monthlyExact(row.pricing, 1))
    .reduce((a, b) => (compareAmount(a, b) < 0 ? b : a), rational(0n))
}

function compareAmount(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function planName(rows: SourcePriceRow[], names: Map<string, string>, several: boolean): string {
  const [first] = [...rows].sort((a, b) => (a.externalId < b.externalId ? -1 : 1))
  if (!first) return ''
  const productName = names.get(sourceProductOf(first)) ?? first.productExternalId
  const label = planLabel(first.nickname, first.lookupKey)
  if (!label) return productName
  return several && !label.includes(productName) && !productName.includes(label) ? `${productName} ${label}` : label
}

/** "Support Standard" and "Support Premium" are "Support"; without common first words, the first name stands. */
function commonName(names: string[]): string {
  const [first = '', ...rest] = [...names].sort()
  const words = first.split(' ')
  let shared = words.length
  for (const name of rest) {
    const other = name.split(' ')
    let same = 0
    while (same < shared && words[same] === other[same]) same += 1
    shared = same
  }
  return words.slice(0, shared).join(' ') || first
}

function addConfirmed(catalog: Catalog, prices: SourcePriceRow[]): void {
  const products = new Map(catalog.products.map((row) => [row.id, row]))
  const plans = new Map(catalog.plans.map((row) => [row.id, row]))
  for (const row of [...prices].sort((a, b) => (a.externalId < b.externalId ? -1 : 1))) {
    if (!row.confirmed) continue
    const { productName, planName: name, ...place } = row.confirmed
    products.set(place.product, { id: place.product, name: productName })
    plans.set(place.plan, { id: place.plan, product: place.product, name, rank: place.rank })
    catalog.places.set(`${row.source}:${row.externalId}`, place)
  }
  const places = [...catalog.places.values()]
  const [usedProducts, usedPlans] = [
    new Set(places.map(({ product }) => product)),
    new Set(places.map(({ plan }) => plan)),
  ]
  catalog.products = [...products.values()].filter(({ id }) => usedProducts.has(id))
  catalog.plans = [...plans.values()].filter(({ id }) => usedPlans.has(id))
}
