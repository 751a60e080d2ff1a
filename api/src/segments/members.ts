import { type Balances, balancesAt } from '../facts/balances.ts'
import type { Store } from '../facts/column-store.ts'
import { firstPaidMonths } from '../facts/first-paid.ts'
import { monthOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { attributeMarks, type FactWhere, marks, sliceOf } from '../facts/slice.ts'
import { localDay } from '../shared/local-day.ts'
import { toMinor } from '../shared/money.ts'
import type { SegmentRule } from './rule.ts'

/**
 * The accounts of a store that a rule holds for, 1 where one belongs. Levels are those of the month in which `now` falls, in the
 * tenant's currency. Of an account whose rate is missing nobody can say what it pays: neither a rule about it nor its
 * opposite holds.
 */
export function membersOf(store: Store, rule: SegmentRule, now: Date): Uint8Array {
  const day = localDay(now, store.timeZone)
  const known = found.get(store) ?? new Map<string, Uint8Array>()
  found.set(store, known)
  const key = `${day} ${JSON.stringify(rule)}`
  const members = known.get(key) ?? truthOf(factsOf(store, day), rule).holds
  known.set(key, members)
  return members
}

/** A store never changes, and a rule says the same all day. */
const found = new WeakMap<Store, Map<string, Uint8Array>>()

/** For whom a rule holds, and for whom it surely does not. */
type Truth = { holds: Uint8Array; fails: Uint8Array }
type Facts = { store: Store; day: string; holding: (where: FactWhere) => Balances }

/** What accounts hold is read once for each filter, for all rules of a day. */
function factsOf(store: Store, day: string): Facts {
  const before = ofDay.get(store)
  if (before?.day === day) return before
  const facts = readFacts(store, day)
  ofDay.set(store, facts)
  return facts
}

const ofDay = new WeakMap<Store, Facts>()

function readFacts(store: Store, day: string): Facts {
  const month = monthOf(day)
  const scope = everyAccount(store)
  const balances = new Map<string, Balances>()
  const holding = (where: FactWhere) => {
    const key = JSON.stringify(where)
    const slice = () => sliceOf(store, scope, where, { currency: store.currency, today: day })
    const read = balances.get(key) ?? balancesAt(slice(), month, { start: month, end: month })
    balances.set(key, read)
    return read
  }
  return { store, day, holding }
}

function truthOf(facts: Facts, rule: SegmentRule): Truth {
  if ('all' in rule) return together(rule.all.map((one) => truthOf(facts, one)))
  if ('any' in rule) return opposite(together(rule.any.map((one) => opposite(truthOf(facts, one)))))
  if ('not' in rule) return opposite(truthOf(facts, rule.not))
  return leafOf(facts, rule)
}

const opposite = ({ holds, fails }: Truth): Truth => ({ holds: fails, fails: holds })

function together(parts: readonly Truth[]): Truth {
  const [first, ...others] = parts
  if (!first) throw new Error('A rule of no rules')
  return {
    holds: first.holds.map((holds, account) => (others.every((one) => one.holds[account] === 1) ? holds : 0)),
    fails: first.fails.map((fails, account) => (others.some((one) => one.fails[account] === 1) ? 1 : fails)),
  }
}

type Leaf = Exclude<SegmentRule, { all: unknown } | { any: unknown } | { not: unknown }>

function leafOf({ store, holding }: Facts, rule: Leaf): Truth {
  const { accounts } = store
  if ('attribute' in rule) {
    const [codes, matching] = attributeMarks(store, rule.attribute.key, rule.attribute.in)
    return certain(store, (account) => matching[codes[account]!] === 1)
  }
  if ('accountIds' in rule) {
    const marked = marks(accounts.ids, rule.accountIds, accounts.indexOf)
    return certain(store, (account) => marked[account] === 1)
  }
  if ('mrr' in rule) {
    const { mrr } = holding({})
    const isIn = within(rule.mrr, (text) => Number(toMinor(text, store.currency)))
    const isKnown = (account: number) => !Number.isNaN(mrr[account])
    return {
      holds: bits(store, (account) => isKnown(account) && isIn(mrr[account]!)),
      fails: bits(store, (account) => isKnown(account) && !isIn(mrr[account]!)),
    }
  }
  if ('seats' in rule) {
    const { seats } = holding({})
    const isIn = within(rule.seats, (count) => count)
    return certain(store, (account) => isIn(seats[account]!))
  }
  if ('firstPaid' in rule) {
    const months = firstPaidMonths(store)
    const isIn = within({ min: rule.firstPaid.from, below: rule.firstPaid.before }, monthOf)
    return certain(store, (account) => months[account]! > 0 && isIn(months[account]!))
  }
  const { pays, seats } = holding(rule)
  return certain(store, (account) => pays[account] === 1 || seats[account]! > 0)
}

function within<Value>(
  { min, below }: Partial<Record<'min' | 'below', Value | undefined>>,
  sizeOf: (value: Value) => number,
): (size: number) => boolean {
  const from = min === undefined ? Number.NEGATIVE_INFINITY : sizeOf(min)
  const until = below === undefined ? Number.POSITIVE_INFINITY : sizeOf(below)
  return (size) => size >= from && size < until
}

const bits = ({ accounts }: Store, isIn: (account: number) => boolean): Uint8Array =>
  Uint8Array.from(accounts.ids, (_, account) => (isIn(account) ? 1 : 0))

function certain(store: Store, isIn: (account: number) => boolean): Truth {
  const holds = bits(store, isIn)
  return { holds, fails: holds.map((one) => 1 - one) }
}
