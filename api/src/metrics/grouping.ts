import { AccountGroups } from '../facts/account-groups.ts'
import { at, type Book } from '../facts/book.ts'
import { ItemGroups, itemsHeld, walkItems } from '../facts/item-groups.ts'
import { expansionStrategies } from '../facts/kind.ts'
import { maskedBooks } from '../facts/masked-book.ts'
import type { MonthRange } from '../facts/month.ts'
import { accountsWithOutlook } from '../facts/outlook.ts'
import { partsOf } from '../facts/parts.ts'
import { nextAccount } from '../facts/scope.ts'
import { inSlice, type Slice } from '../facts/slice.ts'
import { axisOf, walk } from '../facts/walk.ts'
import { ExpectedError } from '../shared/errors.ts'
import { type Dimension, type Parting, partingOf } from './dimension.ts'
import { partOf, withAccounts, withItems, withStrategy } from './group-slices.ts'
import type { Pass } from './plan.ts'
import type { Question } from './question.ts'
import type { GroupKey } from './result.ts'
import type { Steps } from './steps.ts'

/** One part of an answer: the same question of some accounts, items or strategies. */
export type Group = {
  /** One for each dimension; of the rest, only the strategy. */
  keys: readonly GroupKey[]
  /** What is left beside those that are told apart. */
  isRest: boolean
  question: Question
}

export type Grouping = {
  groups: readonly Group[]
  /** How many groups the rest is made of; 0 without one. */
  rest: number
  /** Visits some accounts of the slice, each once for each group that it or its items belong to. */
  walk: (pass: Pick<Pass, 'cut' | 'axis'>, accounts: Uint8Array, visit: (group: number, book: Book) => void) => void
}

/** How many groups are told apart, and what becomes of the others. */
export type GroupLimit = { first: number; others: 'TOGETHER' | 'REFUSED' }

type Asked = { by: readonly Dimension[]; range: MonthRange; limit: GroupLimit }
/** A group of accounts with a group of items. */
type Pair = { account: number; item: number }

/** Parts a question, in steps. The groups with the largest MRR at the end of the range are told apart, the others are put together. */
export function* groupingOf(question: Question, { by, range, limit }: Asked, size?: number): Steps<Grouping> {
  const { slice, store } = question
  const partings = by.map((dimension) => partingOf(store, dimension))
  const accounts = new AccountGroups(slice, partings.flatMap(accountPart))
  const items = new ItemGroups(partings.flatMap(itemPart))
  const pairs = yield* pairsOf(slice, accounts, items, size)
  const isCut = pairs.length > limit.first
  if (isCut) refuseUnlessTogether(pairs.length, partings, limit)
  const keysOf = (pair: Pair | null, strategy: number | null) => keysIn(partings, { accounts, items, pair, strategy })
  const kept = isCut ? largest(slice, range, { accounts, items, pairs, keysOf }).slice(0, limit.first) : pairs
  const placeOf = new Map(kept.map((pair, place) => [idOf(pair), place]))
  const isOfItems = items.parts.length > 0
  const isKept = (pair: Pair) => placeOf.has(idOf(pair))
  const rest =
    isCut &&
    (isOfItems
      ? withItems(slice, items, (item) => !isKept({ account: 0, item }))
      : withAccounts(slice, accounts, (account) => !isKept({ account, item: 0 })))
  const told = isCut && isOfItems ? withItems(slice, items, (item) => isKept({ account: 0, item })) : slice
  const isByStrategy = partings.some((parting) => parting.of === 'STRATEGIES')
  const placed = [
    ...kept.map((pair) => ({ pair, part: partOf(slice, accounts, items, pair) })),
    ...(rest ? [{ pair: null, part: rest }] : []),
  ]
  const groups: Group[] = []
  /** By place of a pair, or of the rest, which groups it is. */
  const groupsAt = placed.map(({ pair, part }) => {
    const strategies = isByStrategy ? expansionStrategies.map((_, code) => code) : [null]
    return strategies.flatMap((strategy) => {
      const own = strategy === null ? part : withStrategy(part, strategy)
      if (own === null) return []
      groups.push({ keys: keysOf(pair, strategy), isRest: pair === null, question: { ...question, slice: own } })
      return groups.length - 1
    })
  })
  return {
    groups,
    rest: pairs.length - kept.length,
    walk({ cut, axis }, some, visit) {
      const { calendar } = cut(slice).store
      const masks = placed.map(({ part: { belonging } }) => belonging && maskedBooks(belonging, axis, calendar))
      const each = (place: number, book: Book) => {
        const shown = masks[place]?.(book) ?? book
        for (const group of groupsAt[place] ?? []) visit(group, shown)
      }
      walkItems(cut({ ...told, accounts: some }), axis, items, (item, book) => {
        let isRest = false
        for (let index = accounts.start[book.account]!; index < accounts.start[book.account + 1]!; index += 1) {
          const place = placeOf.get(idOf({ account: accounts.group[index]!, item }))
          if (place === undefined) isRest = true
          else each(place, book)
        }
        if (isRest) each(kept.length, book)
      })
      if (rest && isOfItems) walk(cut({ ...rest, accounts: some }), axis, (book) => each(kept.length, book))
    },
  }
}

const accountPart = (parting: Parting) => (parting.of === 'ACCOUNTS' ? [parting.part] : [])
const itemPart = (parting: Parting) => (parting.of === 'ITEMS' ? [parting.part] : [])

/** Item groups stay below this, so that a pair is one number. */
const idOf = ({ account, item }: Pair): number => account * 2 ** 23 + item

/** What is there to be told apart: all groups of the accounts, or the pairs in which one has items. */
function* pairsOf(slice: Slice, accounts: AccountGroups, items: ItemGroups, size?: number): Steps<Pair[]> {
  if (items.parts.length === 0) {
    const item = items.of(0, 0, 0)
    return accounts.codes.map((_, account) => ({ account, item }))
  }
  const found = new Map<number, Pair>()
  const meet = (account: number, item: number) => {
    for (let index = accounts.start[account]!; index < accounts.start[account + 1]!; index += 1) {
      const pair = { account: accounts.group[index]!, item }
      if (!found.has(idOf(pair))) found.set(idOf(pair), pair)
    }
  }
  const { outlook } = slice.store
  const held = itemsHeld(slice, items)
  for (const { accounts: some } of partsOf(slice, size)) {
    for (let account = nextAccount(some, 0); account < some.length; account = nextAccount(some, account + 1))
      for (const item of held(account)) meet(account, item)
    yield
  }
  for (const account of accountsWithOutlook(slice.store)) {
    if (slice.accounts[account] === 0) continue
    for (let row = outlook.start[account]!; row < outlook.start[account + 1]!; row += 1) {
      const [plan, region, currency] = [outlook.plan[row]!, outlook.region[row]!, outlook.currency[row]!]
      if (inSlice(slice, region, plan, currency)) meet(account, items.of(plan, region, currency))
    }
  }
  return [...found.values()]
}

type Parted = { accounts: AccountGroups; items: ItemGroups }
type KeysOf = (pair: Pair | null, strategy: number | null) => GroupKey[]

/** The pairs by what is paid at the end of the range, the largest first. What has no rate counts as nothing. */
function largest(
  slice: Slice,
  range: MonthRange,
  { accounts, items, pairs, keysOf }: Parted & { pairs: readonly Pair[]; keysOf: KeysOf },
): Pair[] {
  const axis = axisOf(slice, range.end - 1, range.end - 1)
  const paid = new Map<number, number>()
  walkItems(slice, axis, items, (item, book) => {
    const closing = at(book, book.closing, axis.length - 1)
    for (let index = accounts.start[book.account]!; index < accounts.start[book.account + 1]!; index += 1) {
      const id = idOf({ account: accounts.group[index]!, item })
      if (closing > 0) paid.set(id, (paid.get(id) ?? 0) + closing)
    }
  })
  const sized = pairs.map((pair) => ({ pair, size: paid.get(idOf(pair)) ?? 0, keys: keysOf(pair, null) }))
  return sized.sort((a, b) => b.size - a.size || compareKeys(a.keys, b.keys)).map(({ pair }) => pair)
}

/** By value, dimension by dimension; what is not set comes last. */
export function compareKeys(a: readonly GroupKey[], b: readonly GroupKey[]): number {
  for (const [place, { value }] of a.entries()) {
    const other = b[place]?.value ?? null
    if (value === other) continue
    if (value === null || other === null) return value === null ? 1 : -1
    return value < other ? -1 : 1
  }
  return 0
}

function keysIn(
  partings: readonly Parting[],
  { accounts, items, pair, strategy }: Parted & { pair: Pair | null; strategy: number | null },
): GroupKey[] {
  const codes = pair && {
    ACCOUNTS: [...(accounts.codes[pair.account] ?? [])],
    ITEMS: [...(items.codes[pair.item] ?? [])],
  }
  return partings.flatMap(({ of, keyOf }) => {
    const code = of === 'STRATEGIES' ? strategy : codes?.[of].shift()
    return code == null ? [] : keyOf(code)
  })
}

function refuseUnlessTogether(found: number, partings: readonly Parting[], { first, others }: GroupLimit): void {
  const accounts = partings.flatMap(accountPart)
  const ofItems = partings.flatMap(itemPart).length
  const isThen = accounts.some((part) => 'past' in part)
  if (others === 'TOGETHER' && !isThen && (ofItems === 0 || (ofItems === 1 && accounts.length === 0))) return
  const why =
    others === 'REFUSED'
      ? `at most ${first} can be told apart here`
      : isThen
        ? `first is ${first}, and accounts that come and go are in no rest`
        : `first is ${first}, and a rest can be put together only of accounts, or of one of PLAN, PRODUCT, REGION and CURRENCY alone`
  throw new ExpectedError('INVALID_INPUT', `by makes ${found} groups; ${why}. Narrow where, or ask by less`, 'by')
}
