import type { Store } from './column-store.ts'
import { assertScope, type Bitmap } from './scope.ts'

/** Filters over the facts. A missing list filters nothing, an empty one matches nothing. */
export type FactWhere = {
  /** account.id */
  accountIds?: readonly string[] | undefined
  /** Region of the item, or of the account where the item has none. */
  region?: readonly string[] | undefined
  planId?: readonly string[] | undefined
  /** Account attributes as they are now. */
  attributes?: readonly { key: string; in: readonly string[] }[] | undefined
}

/** What a question looks at: some accounts, and of their items some regions and plans (null: all of them). */
export type Slice = {
  readonly store: Store
  readonly accounts: Uint8Array
  /** By region code. */
  readonly regions: Uint8Array | null
  /** By plan code. */
  readonly plans: Uint8Array | null
  /** By plan code: every plan of the products that `plans` belong to. */
  readonly products: Uint8Array | null
}

/** The part of a scope that a filter leaves. Never more than the scope. */
export function sliceOf(store: Store, scope: Bitmap, where: FactWhere = {}): Slice {
  assertScope(store, scope)
  const plans = where.planId ? marks(store.plans.ids, where.planId) : null
  return {
    store,
    accounts: filteredAccounts(store, scope, where),
    regions: where.region ? marks(store.regions, where.region) : null,
    plans,
    products: plans && siblings(store, plans),
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

/** Whether an account of the slice holds anything in another currency than this one. */
export function holdsOtherCurrency({ store, accounts }: Slice, currency: string): boolean {
  if (store.currencies.length === 1 && store.currency === currency) return false
  for (let account = 0; account < accounts.length; account += 1) {
    if (accounts[account] === 1 && accountHoldsOtherCurrency(store, account, currency)) return true
  }
  return false
}

/** Whether an account holds anything in another currency than this one. */
export function accountHoldsOtherCurrency({ changes, currencies }: Store, account: number, currency: string): boolean {
  const own = currencies.indexOf(currency)
  for (let row = changes.start[account]!; row < changes.start[account + 1]!; row += 1) {
    if (changes.currency[row] !== own) return true
  }
  return false
}

/** Whether a change point belongs to the slice's items. */
export function rowInSlice(slice: Slice, row: number): boolean {
  const { changes } = slice.store
  return rowInPlace(slice, changes.region[row]!, changes.plan[row]!)
}

/** Whether a region and a plan, by their codes, belong to the slice. */
export function rowInPlace({ regions, plans }: Slice, region: number, plan: number): boolean {
  if (regions !== null && regions[region] === 0) return false
  return plans === null || plans[plan] === 1
}
