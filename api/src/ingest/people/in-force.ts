import type { Correction, CorrectionEvent, MappedPrice } from './correction.ts'

type Of<Kind extends Correction['kind']> = Extract<Correction, { kind: Kind }>
export type Reclassification = Of<'RECLASSIFY_MOVEMENT'> & { correction: string; by: string; reason: string }

/** What people have decided and not taken back, ready for the fold. */
export type Corrections = {
  /** The account that holds what this one held: itself unless it was merged. */
  rootOf(account: string): string
  /** The accounts that are folded as this one, itself included. */
  membersOf(root: string): string[]
  isExcluded(account: string): boolean
  connections: readonly Of<'CONNECT_SUBSCRIPTIONS'>[]
  /** Of an account, in the order in which they apply. */
  reclassificationsOf(account: string): readonly Reclassification[]
  /** "source:price" → where it stands. */
  places: ReadonlyMap<string, MappedPrice>
}

/** The order of delivery decides nothing: an undo may come first, and all are put into one total order (time, id). */
export function inForce(events: readonly CorrectionEvent[]): Corrections {
  const standing = [...stillStanding(events)].sort(inOrder)
  const of = <Kind extends Correction['kind']>(kind: Kind) =>
    standing.flatMap(({ what }) => (what.kind === kind ? [what as Of<Kind>] : [])) // as its kind says
  const merged = mergesOf(of('MERGE_ACCOUNTS'))
  const members = new Map<string, string[]>()
  for (const account of merged.keys()) {
    const root = follow(merged, account)
    members.set(root, [...(members.get(root) ?? []), account])
  }
  const excluded = new Set(of('EXCLUDE_ACCOUNT').map(({ account }) => account))
  const reclassified = new Map<string, Reclassification[]>()
  for (const { what, correction, by, reason } of standing) {
    if (what.kind !== 'RECLASSIFY_MOVEMENT') continue
    reclassified.set(what.account, [...(reclassified.get(what.account) ?? []), { ...what, correction, by, reason }])
  }
  return {
    rootOf: (account) => follow(merged, account),
    membersOf: (root) => [root, ...(members.get(root) ?? [])],
    isExcluded: (account) => excluded.has(account),
    connections: of('CONNECT_SUBSCRIPTIONS'),
    reclassificationsOf: (account) => reclassified.get(account) ?? [],
    places: new Map(
      of('MAP_CATALOG').flatMap(({ prices }) => prices.map((row) => [`${row.source}:${row.price}`, row])),
    ),
  }
}

/** Those that no undo names. */
export function stillStanding(events: readonly CorrectionEvent[]): CorrectionEvent[] {
  const undone = new Set(events.flatMap(({ what }) => (what.kind === 'UNDO' ? what.correction : [])))
  return events.filter(({ what, correction }) => what.kind !== 'UNDO' && !undone.has(correction))
}

export const inOrder = (a: CorrectionEvent, b: CorrectionEvent): number =>
  compare(a.at, b.at) || compare(a.correction, b.correction)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Of two that contradict each other the earlier one stands; one that would close a circle has no effect. */
function mergesOf(merges: readonly Of<'MERGE_ACCOUNTS'>[]): Map<string, string> {
  const merged = new Map<string, string>()
  for (const { from, into } of merges) if (!merged.has(from) && follow(merged, into) !== from) merged.set(from, into)
  return merged
}

function follow(merged: ReadonlyMap<string, string>, account: string): string {
  let root = account
  for (let next = merged.get(root); next !== undefined; next = merged.get(root)) root = next
  return root
}
