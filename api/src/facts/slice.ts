import { attributeColumn } from './attributes.ts'
import { type Belonging, both, type Timeline, timelineOf } from './belonging.ts'
import type { DictionaryColumn, Store } from './column-store.ts'
import { type Exchange, exchangeOf } from './exchange.ts'
import { type FactView, PLAIN_VIEW } from './fact-view.ts'
import { firstPaidMonths } from './first-paid.ts'
import { type ExpansionStrategy, expansionStrategies } from './kind.ts'
import type { Month } from './month.ts'
import { assertScope, type Bitmap, nextAccount } from './scope.ts'

/** Filters over the facts. A missing list filters nothing, an empty one matches nothing. */
export type FactWhere = {
  /** account.id */
  accountIds?: readonly string[] | undefined
  /** Region of the item, or of the account where the item has none. */
  region?: readonly string[] | undefined
  planId?: readonly string[] | undefined
  /** Items of every plan of these products. */
  productId?: readonly string[] | undefined
  /** Currency of the item. */
  currency?: readonly string[] | undefined
  /** Account attributes; null is "not set". */
  attributes?: readonly AttributeFilter[] | undefined
  /** Month of the account's first close with revenue; null is "never paid". */
  cohort?: readonly (Month | null)[] | undefined
  /** Of expansion and contraction, the parts of these strategies. Levels are as without it. */
  strategy?: readonly ExpansionStrategy[] | undefined
  /** Sets of accounts of this very store: 1 where one belongs. An account must be in all of them. */
  within?: readonly Uint8Array[] | undefined
}

/** As attributes are now, or as they were at each close: then accounts come and go with what they hold. */
export type AttributeTime = 'NOW' | 'THEN'
export type AttributeFilter = { key: string; in: readonly (string | null)[]; at?: AttributeTime | undefined }

/** What a question looks at: some accounts, and of their items some regions, plans and currencies (null: all of them). */
export type Slice = {
  readonly store: Store
  readonly accounts: Uint8Array
  /** Those of them that belong to it at times; null where none do. */
  readonly belonging: Belonging | null
  /** By region code. */
  readonly regions: Uint8Array | null
  /** By plan code. */
  readonly plans: Uint8Array | null
  /** By plan code: every plan of the products that `plans` belong to. */
  readonly products: Uint8Array | null
  /** By currency code. */
  readonly currencies: Uint8Array | null
  /** Some items are named, of plans or otherwise, whether or not that leaves any out: what is told of whole accounts is not told of them. */
  readonly isOfItems: boolean
  readonly isOfPlans: boolean
  /** By strategy code: the parts of movements that count. */
  readonly strategies: Uint8Array | null
  /** How amounts become the currency of the question; null where all of them are in it. */
  readonly exchange: Exchange | null
  /** The money of the question; null where it only counts. */
  readonly answerIn: AnswerIn | null
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
  const plans = markedPlans(store, where)
  const { accounts, belonging } = filteredAccounts(store, scope, where)
  const isOfPlans = (where.planId ?? where.productId) !== undefined
  const converts = answerIn !== undefined && holdsOtherCurrency(store, accounts, answerIn.currency)
  return {
    store,
    accounts,
    belonging,
    regions: where.region ? unlessAll(marks(store.regions, where.region)) : null,
    plans,
    products: plans && siblings(store, plans),
    currencies: where.currency ? unlessAll(marks(store.currencies, where.currency)) : null,
    isOfItems: isOfPlans || (where.region ?? where.currency) !== undefined,
    isOfPlans,
    strategies: where.strategy ? unlessAll(marks(expansionStrategies, where.strategy)) : null,
    exchange: converts ? exchangeOf(store, answerIn.currency, answerIn.today) : null,
    answerIn: answerIn ?? null,
    view,
  }
}

type Filtered = Pick<Slice, 'accounts' | 'belonging'>

function filteredAccounts(store: Store, scope: Bitmap, where: FactWhere): Filtered {
  const { accountIds, attributes = [], cohort, within = [] } = where
  if (!accountIds && !cohort && attributes.length === 0 && within.length === 0)
    return { accounts: scope.bits, belonging: null }
  const bits = scope.bits.slice()
  if (accountIds) keep(bits, marks(store.accounts.ids, accountIds, store.accounts.indexOf))
  for (const set of within) keep(bits, set)
  for (const { key, in: wanted, at } of attributes)
    if (at !== 'THEN') keepCoded(bits, ...attributeMarks(store, key, wanted))
  if (cohort) {
    const months = new Set(cohort.map((month) => month ?? 0))
    firstPaidMonths(store).forEach((month, account) => {
      bits[account]! &= months.has(month) ? 1 : 0
    })
  }
  const belonging = keepThen(
    bits,
    attributes
      .filter(({ at }) => at === 'THEN')
      .map(({ key, in: wanted }) => {
        const [, matching] = attributeMarks(store, key, wanted)
        return { column: attributeColumn(store.accounts, key), matches: (code: number) => matching[code] === 1 }
      }),
  )
  return { accounts: bits, belonging }
}

/** Leaves the accounts that belong at some time, and says when, where not always: while all of their attributes were so. */
function keepThen(
  bits: Uint8Array,
  attributes: readonly { column: DictionaryColumn; matches: (code: number) => boolean }[],
): Belonging | null {
  if (attributes.length === 0) return null
  const times = new Map<number, Timeline>()
  for (let account = nextAccount(bits, 0); account < bits.length; account = nextAccount(bits, account + 1)) {
    const when = attributes.reduce<Timeline | boolean>(
      (before, { column, matches }) => both(before, timelineOf(column, account, matches)),
      true,
    )
    if (when === false) bits[account] = 0
    else if (when !== true) times.set(account, when)
  }
  return times.size > 0 ? times : null
}

function keep(bits: Uint8Array, other: Uint8Array): void {
  if (other.length !== bits.length) throw new Error('The set of accounts belongs to another store')
  for (let account = 0; account < bits.length; account += 1) bits[account]! &= other[account]!
}

function keepCoded(bits: Uint8Array, codes: Uint32Array, matching: Uint8Array): void {
  for (let account = 0; account < bits.length; account += 1) bits[account]! &= matching[codes[account]!]!
}

/** Codes by account, and 1 at each wanted one. Code 0 is "not set": of everyone where nobody has the attribute. */
export function attributeMarks(
  { accounts }: Store,
  key: string,
  wanted: readonly (string | null)[],
): [codes: Uint32Array, matching: Uint8Array] {
  const { codes, values } = attributeColumn(accounts, key)
  const matching = marks(
    values,
    wanted.flatMap((value) => value ?? []),
  )
  matching[0] = wanted.includes(null) ? 1 : 0
  return [codes, matching]
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

/** A filter that leaves everything is none, and costs nothing. */
const unlessAll = (marked: Uint8Array): Uint8Array | null => (marked.includes(0) ? marked : null)

function markedPlans({ plans }: Store, { planId, productId }: FactWhere): Uint8Array | null {
  if (!planId && !productId) return null
  const marked = planId ? marks(plans.ids, planId, plans.indexOf) : new Uint8Array(plans.ids.length).fill(1)
  if (productId)
    keep(
      marked,
      Uint8Array.from(plans.products, (product) => (productId.includes(product) ? 1 : 0)),
    )
  return unlessAll(marked)
}

/** The slice with some of its items alone: those whose code in a column is kept. */
export function keepItems(
  slice: Slice,
  column: 'plan' | 'region' | 'currency',
  isKept: (code: number) => boolean,
): Slice {
  const { store } = slice
  const kept = (texts: readonly string[], before: Uint8Array | null) =>
    unlessAll(Uint8Array.from(texts, (_, code) => (isKept(code) && before?.[code] !== 0 ? 1 : 0)))
  const narrowed = { ...slice, isOfItems: true }
  if (column === 'region') return { ...narrowed, regions: kept(store.regions, slice.regions) }
  if (column === 'currency') return { ...narrowed, currencies: kept(store.currencies, slice.currencies) }
  const plans = kept(store.plans.ids, slice.plans)
  return { ...narrowed, isOfPlans: true, plans, products: plans && siblings(store, plans) }
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
  for (
    let account = nextAccount(accounts, 0);
    account < accounts.length;
    account = nextAccount(accounts, account + 1)
  ) {
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

/** Whether any of an account's rows belongs to the slice: whoever holds nothing of it has nothing to tell. */
export function holdsAny(slice: Slice, from: number, end: number): boolean {
  for (let row = from; row < end; row += 1) if (rowInSlice(slice, row)) return true
  return false
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
