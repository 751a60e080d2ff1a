import type { Database, Tx } from '@nobishiro/prisma'
import { readCorrections } from '../ingest/people/read-corrections.ts'
import { foldAccounts } from '../ledger/fold-accounts.ts'
import type { History } from '../ledger/history.ts'
import { ExpectedError } from '../shared/errors.ts'
import { startOfLocalDay } from '../shared/local-day.ts'
import { type Cause, causeOf } from './cause.ts'
import type { MrrRow } from './read-mrr-file.ts'

/** One account at one close that differs, in minor units. */
export type Difference = {
  account: string
  name: string | null
  month: string
  currency: string
  theirs: bigint
  ours: bigint
  difference: bigint
  cause: Cause
}
export type Total = { currency: string; month: string; theirs: bigint; ours: bigint; difference: bigint }
export type Reconciliation = { compared: number; equal: number; differences: Difference[]; totals: Total[] }

/** Compares closing MRR per account, month and currency, over the months that the file has. */
export function reconcile(
  db: Database,
  { tenantId, tolerance }: { tenantId: string; tolerance: bigint },
  rows: readonly MrrRow[],
): Promise<Reconciliation> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => reconcileInside(tx, tenantId, tolerance, rows), {
    timeoutMs: 3_600_000,
  })
}

type Cell = { account: string; month: string; currency: string; theirs: bigint | null; ours: bigint }

async function reconcileInside(tx: Tx, tenantId: string, tolerance: bigint, rows: readonly MrrRow[]) {
  const { timeZone } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { timeZone: true } })
  const names = await tx.account.findMany({ where: { tenantId }, select: { id: true, externalId: true, name: true } })
  const nameOf = new Map(names.map(({ id, name }) => [id, name]))
  const cells = await cellsOf(tx, tenantId, rows.map(resolver(names)))
  const differing = cells.filter(({ theirs, ours }) => magnitude((theirs ?? 0n) - ours) > tolerance)
  const evidence = await evidenceOf(tx, tenantId, [...new Set(differing.map(({ account }) => account))])
  const held = new Set(cells.filter(({ ours }) => ours > 0n).map(({ account, month }) => `${account} ${month}`))
  const differences = differing.map((cell) => {
    const { account, month, currency, ours } = cell
    const theirs = cell.theirs ?? 0n
    const cause = causeOf({
      theirs,
      isInFile: cell.theirs !== null,
      ours,
      isKnown: nameOf.has(account),
      isElsewhere: held.has(`${account} ${month}`),
      ...evidence(cell, timeZone),
    })
    return {
      account,
      name: nameOf.get(account) ?? null,
      month,
      currency,
      theirs,
      ours,
      difference: theirs - ours,
      cause,
    }
  })
  return { compared: cells.length, equal: cells.length - differences.length, differences, totals: totalsOf(cells) }
}

const magnitude = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

/** The file may say our id (source:id) or the source's own. */
function resolver(accounts: readonly { id: string; externalId: string }[]): (row: MrrRow) => MrrRow {
  const ids = new Map<string, string[]>()
  for (const { id, externalId } of accounts) ids.set(externalId, [...(ids.get(externalId) ?? []), id])
  const known = new Set(accounts.map(({ id }) => id))
  return (row) => {
    const [id, ...more] = known.has(row.account) ? [row.account] : (ids.get(row.account) ?? [])
    if (more.length === 0) return { ...row, account: id ?? row.account }
    throw new ExpectedError(
      'INVALID_INPUT',
      `The account "${row.account}" is in several sources. Write one of ${[id, ...more].join(', ')} in the file.`,
    )
  }
}

/** What either side has, account by account. Two spellings of one account are one. */
async function cellsOf(tx: Tx, tenantId: string, rows: readonly MrrRow[]): Promise<Cell[]> {
  const cells = new Map<string, Cell>()
  const cellOf = ({ account, month, currency }: Omit<Cell, 'theirs' | 'ours'>): Cell => {
    const key = JSON.stringify([account, month, currency])
    const cell = cells.get(key) ?? { account, month, currency, theirs: null, ours: 0n }
    cells.set(key, cell)
    return cell
  }
  for (const row of rows) {
    const cell = cellOf(row)
    cell.theirs = (cell.theirs ?? 0n) + row.amount
  }
  const months = [...new Set(rows.map(({ month }) => month))].sort()
  const closings = await tx.$queryRaw<{ account: string; month: string; currency: string; amount: bigint }[]>`
    SELECT account_id AS account, to_char(month, 'YYYY-MM') AS month, currency, sum(amount_minor)::bigint AS amount
    FROM unnest(${months.map((month) => `${month}-01`)}::text[]) AS first, LATERAL (SELECT first::date AS month) AS months
    JOIN account_change ON tenant_id = ${tenantId} AND day < month + interval '1 month'
    GROUP BY 1, 2, 3 HAVING sum(amount_minor) > 0`
  for (const { amount, ...place } of closings) cellOf(place).ours = amount
  return [...cells.values()].sort((a, b) => compare(a.month, b.month) || compare(a.account, b.account))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

type Change = { account_id: string; currency: string; day: string; amount: bigint }

/** What may explain a difference: subscriptions as they stood at the close, and levels around it. */
async function evidenceOf(tx: Tx, tenantId: string, accounts: string[]) {
  const corrections = await readCorrections(tx, tenantId)
  const folded = new Map<string, History[]>()
  const changes = new Map<string, Change[]>()
  for (let start = 0; start < accounts.length; start += 500) {
    const slice = accounts.slice(start, start + 500)
    for (const [account, history] of await foldAccounts(tx, tenantId, slice, corrections)) folded.set(account, history)
    const rows = await tx.$queryRaw<Change[]>`
      SELECT account_id, currency, day::text AS day, sum(amount_minor)::bigint AS amount FROM account_change
      WHERE tenant_id = ${tenantId} AND account_id = ANY(${slice}) GROUP BY 1, 2, 3 ORDER BY 3`
    for (const row of rows) {
      const key = `${row.account_id} ${row.currency}`
      changes.set(key, [...(changes.get(key) ?? []), row])
    }
  }
  return ({ account, month, currency }: Cell, timeZone: string) => {
    const next = firstDayAfter(month)
    const close = startOfLocalDay(next, timeZone).toISOString()
    const states = (folded.get(account) ?? []).flatMap(({ steps }) => {
      const step = steps.findLast(({ effectiveAt }) => effectiveAt < close)
      return step?.state.currency === currency ? [step.state] : []
    })
    return { states, nearby: levelsNear(changes.get(`${account} ${currency}`) ?? [], next) }
  }
}

function firstDayAfter(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10)
}

const MONTH_MS = 31 * 86_400_000

function levelsNear(changes: readonly Change[], day: string): bigint[] {
  let level = 0n
  return changes.flatMap((change) => {
    const before = level
    level += change.amount
    return Math.abs(Date.parse(change.day) - Date.parse(day)) <= MONTH_MS ? [before, level] : []
  })
}

function totalsOf(cells: readonly Cell[]): Total[] {
  const totals = new Map<string, Total>()
  for (const { month, currency, theirs, ours } of cells) {
    const key = `${month} ${currency}`
    const total = totals.get(key) ?? { month, currency, theirs: 0n, ours: 0n, difference: 0n }
    total.theirs += theirs ?? 0n
    total.ours += ours
    total.difference = total.theirs - total.ours
    totals.set(key, total)
  }
  return [...totals.keys()].sort().flatMap((key) => totals.get(key) ?? [])
}
