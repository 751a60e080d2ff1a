import { lastDayIn } from '../facts/calendar.ts'
import type { Store } from '../facts/column-store.ts'
import type { Hierarchy } from '../facts/hierarchy.ts'
import type { MonthRange } from '../facts/month.ts'
import { readHierarchy } from '../facts/read-hierarchy.ts'
import { rollUp, topsOf } from '../facts/roll-up.ts'
import { everyAccount } from '../facts/scope.ts'
import { defaultRange } from '../metrics/default-range.ts'
import type { MovementPage } from '../metrics/list-result.ts'
import { calendarOf } from '../metrics/periods.ts'
import type { Bucket } from '../metrics/vocabulary.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Context, Facts } from './context.ts'
import type { KnownMovement } from './known-at.ts'
import { isLimited } from './viewer.ts'

export type LevelAsked = {
  level?: 'ACCOUNT' | 'PARENT' | null | undefined
  asOf?: Date | null | undefined
} & RangeAsked

/** Months, or weeks where the answer is by week. */
export type RangeAsked = { range?: MonthRange | undefined; bucket?: Bucket | null | undefined }

/** Stores never change, so what follows from one is worked out once. */
const hierarchies = new WeakMap<Store, Promise<Hierarchy>>()
const rolledUp = new WeakMap<Store, Map<string, Store>>()
const members = new WeakMap<Store, Map<string, string[]>>()

/** Facts by account, or by the ultimate parents at the end of the range (of the last complete month where there is none). Parents see more than one account's eyes may. */
export async function factsAtLevel(context: Context, { level, asOf, ...asked }: LevelAsked): Promise<Facts> {
  const facts = await context.facts(asOf)
  if (level !== 'PARENT') return facts
  if (isLimited(context.principal))
    throw new ExpectedError('FORBIDDEN', 'level: PARENT is not available to a viewer of some accounts.')
  const store = rolled(
    facts.store,
    await hierarchyOfStore(context, facts.store, asOf ?? undefined),
    dayOf(facts, asked),
  )
  return { ...facts, store, scope: everyAccount(store) }
}

function dayOf({ store, now }: Facts, { range, bucket }: RangeAsked): string {
  const calendar = calendarOf(bucket ?? 'MONTH')
  return lastDayIn(calendar, (range ?? defaultRange(store, now, calendar)).end - 1)
}

/** By account of the store, its ultimate parent at the end of the range (of the last complete month where there is none). */
export async function topsAt(
  context: Context,
  facts: Facts,
  { asOf, ...asked }: Omit<LevelAsked, 'level'>,
): Promise<Uint32Array> {
  const hierarchy = await hierarchyOfStore(context, facts.store, asOf ?? undefined)
  return topsOf(facts.store, hierarchy, dayOf(facts, asked))
}

export function hierarchyOfStore({ read }: Context, store: Store, asOf?: Date): Promise<Hierarchy> {
  const known = hierarchies.get(store) ?? read((tx) => readHierarchy(tx, store, asOf))
  hierarchies.set(store, known)
  known.catch(() => hierarchies.delete(store))
  return known
}

function rolled(store: Store, hierarchy: Hierarchy, day: string): Store {
  const epochs = rolledUp.get(store) ?? new Map<string, Store>()
  rolledUp.set(store, epochs)
  const epoch = hierarchy.days.findLast((from) => from <= day) ?? ''
  const known = epochs.get(epoch) ?? rollUp(store, hierarchy, day)
  epochs.set(epoch, known)
  if (known !== store && !members.has(known)) members.set(known, membersOf(hierarchy, day))
  return known
}

function membersOf(hierarchy: Hierarchy, day: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const child of hierarchy.children) {
    const top = hierarchy.ultimateParentOn(child, day)
    if (top !== child) found.set(top, [...(found.get(top) ?? [top]), child])
  }
  return found
}

/** The page with each movement knowing whose lines it is made of. */
export function withMembers(page: MovementPage, store: Store): MovementPage {
  const found = members.get(store)
  if (!found) return page
  return {
    ...page,
    items: page.items.map((item): KnownMovement => ({ ...item, members: found.get(item.account.id) })),
  }
}
