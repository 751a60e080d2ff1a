import type { StoreInput } from '../build-store.ts'
import type { FactWhere } from '../slice.ts'
import type { AccountRow, ChangeRow, PlanRow } from '../store-rows.ts'

/**
 * The definitions once more, account by account over plain rows, as slowly and plainly as they read. Shares no code with
 * the columns, so that agreeing means something.
 */
export type Ledger = { accounts: AccountRow[]; plans: PlanRow[]; changes: ChangeRow[] } & Pick<
  StoreInput,
  'usage' | 'observed' | 'spend' | 'costs'
> & { logos?: NaiveLogo[] }
/** A place at which an account is open whether it pays or not, from a day on: 1, or no longer: -1. */
export type NaiveLogo = Pick<ChangeRow, 'accountId' | 'month' | 'day' | 'planId' | 'region' | 'currency'> & {
  amount: number
}

type Kind = 'NEW' | 'EXPANSION' | 'CONTRACTION' | 'CHURN' | 'REACTIVATION' | 'TRANSFER'
export type NaiveMovement = { account: string; month: number; kind: Kind; change: number }

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)

const level = (rows: ChangeRow[], month: number) =>
  Math.max(sum(rows.filter((row) => row.month <= month).map((row) => Number(row.amountMinor))), 0)

/** Accounts of a scope that a filter leaves. */
export function naiveAccounts(ledger: Ledger, scope: string[], where: FactWhere): AccountRow[] {
  return ledger.accounts.filter(
    (account) =>
      scope.includes(account.id) &&
      (!where.accountIds || where.accountIds.includes(account.id)) &&
      (where.attributes ?? []).every(({ key, in: wanted }) => {
        const value = account.attributes?.[key]
        return value === undefined ? wanted.includes(null) : wanted.includes(String(value))
      }) &&
      (!where.cohort || where.cohort.includes(naiveCohort(ledger, account))),
  )
}

/** Month of the first close with revenue; null for an account that never paid. */
export function naiveCohort(ledger: Ledger, { id }: AccountRow): number | null {
  const rows = ledger.changes.filter((row) => row.accountId === id)
  const paid = rows.map(({ month }) => month).filter((month) => level(rows, month) > 0)
  return paid.length > 0 ? Math.min(...paid) : null
}

const productsIn =
  ({ plans }: Ledger) =>
  (id: string) =>
    plans.find((plan) => plan.id === id)?.productId ?? ''

const isOfItems =
  (ledger: Ledger, { planId: plans, productId: products }: FactWhere) =>
  ({ planId }: { planId: string }) =>
    (!plans || plans.includes(planId)) && (!products || products.includes(productsIn(ledger)(planId)))

/** An account's rows: all, those of the filter's items, and those of the products of the filter's plans. */
export function naiveSlice(ledger: Ledger, account: AccountRow, where: FactWhere) {
  const all = ledger.changes.filter((row) => row.accountId === account.id)
  const inRegion = all.filter((row) => !where.region || where.region.includes(row.region || (account.region ?? '')))
  const productOf = productsIn(ledger)
  const slice = inRegion.filter(isOfItems(ledger, where))
  const products = (where.planId ?? []).map(productOf).filter((one) => where.productId?.includes(one) ?? true)
  const product = where.planId ? inRegion.filter((row) => products.includes(productOf(row.planId))) : slice
  return { all, slice, product }
}

export function naiveMovements(
  ledger: Ledger,
  scope: string[],
  where: FactWhere,
  from: number,
  end: number,
): NaiveMovement[] {
  return naiveAccounts(ledger, scope, where).flatMap((account) => {
    const { all, slice } = naiveSlice(ledger, account, where)
    const result: NaiveMovement[] = []
    for (let month = from; month < end; month += 1) {
      const moved = level(slice, month) - level(slice, month - 1)
      const kind = kindOf(all, month)
      const rows = slice.filter((row) => row.month === month)
      const change = where.strategy ? partOf(rows, kind, where.strategy) : moved
      if (change !== 0) result.push({ account: account.id, month, change, kind })
    }
    return result
  })
}

/** Places of an account at which it is open: all, and those of the filter's items. */
export function naiveLogos(ledger: Ledger, account: AccountRow, where: FactWhere) {
  const all = (ledger.logos ?? []).filter((row) => row.accountId === account.id)
  const inRegion = all.filter((row) => !where.region || where.region.includes(row.region || (account.region ?? '')))
  return { all, slice: inRegion.filter(isOfItems(ledger, where)) }
}

/** Logos of accounts at closes of months: open at the first, and lost at one after it. */
export function naiveLogoChurn(ledger: Ledger, scope: string[], where: FactWhere, from: number, end: number) {
  const places = (rows: NaiveLogo[], month: number) =>
    sum(rows.filter((row) => row.month <= month).map(({ amount }) => amount))
  let [open, lost] = [0, 0]
  for (const account of naiveAccounts(ledger, scope, where)) {
    const { all, slice } = naiveSlice(ledger, account, where)
    const logos = naiveLogos(ledger, account, where)
    const isOpen = (month: number) =>
      level(slice, month) > 0 || (level(all, month) === 0 && places(logos.slice, month) > 0)
    const isGone = (month: number) => level(all, month) === 0 && places(logos.all, month) === 0
    if (isOpen(from - 1)) open += 1
    for (let month = from; month < end; month += 1) if (isOpen(month - 1) && isGone(month)) lost += 1
  }
  return { open, lost }
}

/** What some strategies made of a movement; NEW, REACTIVATION and CHURN carry none. */
const partOf = (rows: ChangeRow[], kind: Kind, strategies: readonly string[]) =>
  kind === 'EXPANSION' || kind === 'CONTRACTION'
    ? sum(
        rows
          .filter((row) => strategies.includes(row.strategy || 'CONTRACT_VALUE'))
          .map((row) => Number(row.amountMinor)),
      )
    : 0

function kindOf(rows: ChangeRow[], month: number): Kind {
  const [before, after] = [level(rows, month - 1), level(rows, month)]
  if (before === after) return 'TRANSFER'
  const months = rows.map((row) => row.month).filter((one) => one < month)
  if (before === 0) return months.some((one) => level(rows, one) > 0) ? 'REACTIVATION' : 'NEW'
  if (after === 0) return 'CHURN'
  return after > before ? 'EXPANSION' : 'CONTRACTION'
}

/** What each account pays at the close of a month, for the filter's items. */
export function naiveLevelOf(ledger: Ledger, scope: string[], where: FactWhere, month: number): Map<string, number> {
  return new Map(
    naiveAccounts(ledger, scope, where).map((account) => [
      account.id,
      level(naiveSlice(ledger, account, where).slice, month),
    ]),
  )
}

export function naiveLevels(ledger: Ledger, scope: string[], where: FactWhere, month: number) {
  const levels = [...naiveLevelOf(ledger, scope, where, month).values()]
  return { mrr: sum(levels), accounts: levels.filter((one) => one > 0).length }
}

export function naiveSeats(ledger: Ledger, scope: string[], where: FactWhere, month: number): number {
  const rows = naiveAccounts(ledger, scope, where).flatMap((account) => naiveSlice(ledger, account, where).slice)
  return sum(rows.filter((row) => row.month <= month).map((row) => row.seats))
}

export function naiveSpans(ledger: Ledger, scope: string[], where: FactWhere, opening: number, closing: number) {
  const spans = naiveAccounts(ledger, scope, where).flatMap((account) => {
    const { slice, product } = naiveSlice(ledger, account, where)
    if (level(slice, opening) === 0 || level(product, opening) === 0) return []
    return [{ account: account.id, opening: level(product, opening), closing: level(product, closing) }]
  })
  return {
    spans,
    opening: sum(spans.map((span) => span.opening)),
    closing: sum(spans.map((span) => span.closing)),
    kept: sum(spans.map((span) => Math.min(span.opening, span.closing))),
  }
}

/** Signed parts of EXPANSION account-months by strategy; a line without one counts as CONTRACT_VALUE. */
export function naiveStrategies(ledger: Ledger, scope: string[], where: FactWhere, from: number, end: number) {
  const parts: Record<string, number> = {}
  for (const account of naiveAccounts(ledger, scope, where)) {
    const { all, slice } = naiveSlice(ledger, account, where)
    for (const row of slice) {
      if (row.month < from || row.month >= end || kindOf(all, row.month) !== 'EXPANSION') continue
      const strategy = row.strategy || 'CONTRACT_VALUE'
      parts[strategy] = (parts[strategy] ?? 0) + Number(row.amountMinor)
    }
  }
  return parts
}

/** Values of an account-level or item-level property that a slice has: of its accounts, or of the rows of its items. */
export function naiveValues(
  ledger: Ledger,
  scope: string[],
  where: FactWhere,
  of:
    | { account: (account: AccountRow) => (string | null)[] }
    | { row: (row: ChangeRow, account: AccountRow) => string | null },
): Set<string | null> {
  const accounts = naiveAccounts(ledger, scope, where)
  if ('account' in of) return new Set(accounts.flatMap(of.account))
  return new Set(
    accounts.flatMap((account) => naiveSlice(ledger, account, where).slice.map((row) => of.row(row, account))),
  )
}
