import type {
  AccountsQueryVariables,
  AccountWhere,
  MovementOrder,
  MovementsQueryVariables,
  MovementWhere,
} from '../generated/graphql.ts'
import type { Account, AccountPage, Money, Movement, MovementPage } from '../types.ts'

/** Does a list name it, or say nothing? */
const allows = <T>(list: readonly T[] | null | undefined, ...values: T[]) =>
  !list || values.some((v) => list.includes(v))

const amountOf = ({ minor }: Money) => Number(minor)

function matchesAccount(account: Account, { search, ids, region, planId, paying }: AccountWhere): boolean {
  return (
    account.name.toLowerCase().includes((search ?? '').toLowerCase()) &&
    allows(ids, account.id) &&
    allows(region, account.region ?? '') &&
    allows(planId, ...account.plans.map(({ id }) => id)) &&
    (paying == null || paying === amountOf(account.mrr) > 0)
  )
}

const accountOrders: Partial<Record<string, (a: Account, b: Account) => number>> = {
  NAME: (a, b) => (a.name < b.name ? -1 : 1),
  MRR: (a, b) => amountOf(a.mrr) - amountOf(b.mrr),
  SEATS: (a, b) => a.seats - b.seats,
}

/** The accounts that are asked for, out of all of them; null when the recording cannot tell. */
export function accountsFrom(all: AccountPage, { where, orderBy }: AccountsQueryVariables): AccountPage | null {
  const order = orderBy ? accountOrders[orderBy.field] : () => 0
  if (!order || where?.segmentIds) return null // it holds no segments
  const sign = orderBy?.direction === 'ASC' ? 1 : -1
  const edges = all.edges.filter(({ node }) => matchesAccount(node, where ?? {}))
  edges.sort((a, b) => sign * order(a.node, b.node))
  return { ...all, edges, totalCount: edges.length }
}

function matchesMovement(movement: Movement, { range, kinds, strategies, accountIds }: MovementWhere): boolean {
  return (
    (!range || (movement.month >= range.start && movement.month < range.end)) &&
    allows(kinds, movement.kind) &&
    allows(accountIds, movement.account.id) &&
    allows(strategies, ...movement.strategyParts.map(({ strategy }) => strategy))
  )
}

function compareMovements(a: Movement, b: Movement, { field, direction }: MovementOrder): number {
  const order = field === 'AMOUNT' ? amountOf(a.amount) - amountOf(b.amount) : a.month.localeCompare(b.month)
  return direction === 'ASC' ? order : -order
}

function totalsOf(movements: readonly Movement[], all: MovementPage): MovementPage['totals'] {
  return all.totals.flatMap(({ kind, amount }) => {
    const same = movements.filter((movement) => movement.kind === kind)
    if (same.length === 0) return []
    const sum = String(same.reduce((total, movement) => total + BigInt(movement.amount.minor), 0n))
    // The sample tenant's currency has no minor unit.
    const money = { ...amount, minor: sum, amount: sum }
    return [{ kind, amount: money, accounts: new Set(same.map(({ account }) => account.id)).size }]
  })
}

/** The movements that are asked for, out of those of the recorded range; null when the question reaches further. */
export function movementsFrom(
  all: MovementPage,
  recorded: MovementsQueryVariables,
  { where, orderBy, view }: MovementsQueryVariables,
): MovementPage | null {
  if (view) return null // recorded as our definitions net them
  const held = recorded.where?.range
  const asked = where?.range
  if (!held || !asked || asked.start < held.start || asked.end > held.end) return null
  const edges = all.edges.filter(({ node }) => matchesMovement(node, where))
  if (orderBy) edges.sort((a, b) => compareMovements(a.node, b.node, orderBy))
  const totals = totalsOf(
    edges.map(({ node }) => node),
    all,
  )
  return { ...all, edges, totalCount: edges.length, totals }
}
