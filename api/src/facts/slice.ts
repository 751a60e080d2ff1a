import type { Store } from './column-store.ts'
import { type Exchange, exchangeOf } from './exchange.ts'
import { type FactView, PLAIN_VIEW } from './fact-view.ts'
import { assertScope, type Bitmap } from './scope.ts'

/** Filters over the facts. A missing list filters nothing, an empty one matches nothing. */
export type FactWhere = {
  /** account.id */
  accountIds?: readonly string[] | undefined
  /** Region of the item, or of the account where the item has none. */
  region?: readonly string[] | undefined
  planId?: readonly string[] | undefined
  /** Currency of the item. */
  currency?: readonly string[] | undefined
  /** Account attributes as they are now. */
  attributes?: readonly { key: string; in: readonly string[] }[] | undefined
}

/** What a question looks at: some accounts, and of their items some regions, plans and currencies (null: all of them). */
export type Slice = {
  readonly store: Store
  readonly accounts: Uint8Array
  /** By region code. */
  readonly regions: Uint8Array | null
  /** By plan code. */
  readonly plans: Uint8Array | null
  /** By plan code: every plan of the products that `plans` belong to. */
  readonly products: Uint8Array | null
  /** By currency code. */
  readonly currencies: Uint8Array | null
  /** How amounts become the currency of the question; null where all of them are in it. */
  readonly exchange: Exchange | null
  readonly view: FactView
}

/** The money of an answer: the tenant's currency unless asked otherwise, at rates known on a day. */
export type AnswerIn = { currency: string; today: string }

/** The part of a scope that a filter leaves. Never more than the scope. */
export function sliceOf(
  store: Store,
  scope: Bitmap,
  where: FactWhere = {},
  answerIn?: AnswerIn,
  view: FactView = PLAIN_VIEW,
): Slice {
  assertScope(store, scope)
  const plans = where.planId ? marks(store.plans.ids, where.planId) : null
  const accounts = filteredAccounts(store, scope, where)
  const converts = answerIn !== undefined && holdsOtherCurrency(store, accounts, answerIn.currency)
  return {
    store,
    accounts,
    regions: where.region ? marks(store.regions, where.region) : null,
    plans,
    products: plans && siblings(store, plans),
    currencies: where.currency ? marks(store.currencies, where.currency) : null,
    exchange: converts ? exchangeOf(store, answerIn.currency, answerIn.today) : null,
    view,
  }
}

function filteredAccounts(store: Store, scope: Bitmap, where: FactWhere): Uint8Array {
  if (!where.accountIds && !where.attributes?.length) return scope.bits
  const bits = scope.bits.slice()
  if (where.accountIds) keep(bits, marks(store.accounts.ids, where.accountIds, store.accounts.indexOf))
  for (const { key, in: wanted } of where.attributes ?? []) {
    const column = store.accounts.attributes.get(key)
    if (!column) return bits.fill(0)
    const matching = marks(column.values, wanted)
    matching[0] = 0 // 0 is "not set"
    for (let account = 0; account < bits.length; account += 1) bits[account]! &= matching[column.codes[account]!]!
  }
  return bits
}

function keep(bits: Uint8Array, other: Uint8Array): void {
  for (let account = 0; account < bits.length; account += 1) bits[account]! &= other[account]!
}

/** 1 at each code whose text is wanted. */
export function marks(
  texts: readonly string[],
  wanted: readonly string[],
  indexOf?: ReadonlyMap<string, number>,
): Uint8Array {
  const result = new Uint8Array(texts.length)
  for (const text of wanted) {
    const code = indexOf ? indexOf.get(text) : texts.indexOf(text)
    if (code !== undefined && code >= 0) result[code] = 1
  }
  return result
}

/** Every plan of the same products. */
function siblings(store: Store, plans: Uint8Array): Uint8Array {
  const products = new Set(store.plans.products.filter((_, code) => plans[code] === 1))
  return Uint8Array.from(store.plans.products, (product) => (products.has(product) ? 1 : 0))
}

/** Whether one of the accounts ever held anything in another currency than this one. */
function holdsOtherCurrency(
  { changes, outlook, currencies, currency }: Store,
  accounts: Uint8Array,
  wanted: string,
): boolean {
  if (currencies.length === 1 && currency === wanted) return false
  const own = currencies.indexOf(wanted)
  for (let account = 0; account < accounts.length; account += 1) {
    if (accounts[account] === 0) continue
    for (const rows of [changes, outlook])
      for (let row = rows.start[account]!; row < rows.start[account + 1]!; row += 1)
        if (rows.currency[row] !== own) return true
  }
  return false
}

/** Whether a change point belongs to the slice's items. */
export function rowInSlice(slice: Slice, row: number): boolean {
  const { changes } = slice.store
  return inSlice(slice, changes.region[row]!, changes.plan[row]!, changes.currency[row]!)
}

/** Whether a region, a plan and a currency, by their codes, belong to the slice. */
export function inSlice(
  { regions, plans, currencies }: Slice,
  region: number,
  plan: number,
  currency: number,
): boolean {
  if (currencies !== null && currencies[currency] === 0) return false
  if (regions !== null && regions[region] === 0) return false
  return plans === null || plans[plan] === 1
}
