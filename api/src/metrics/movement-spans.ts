import { firstOf } from '../facts/first-of.ts'
import { kindCode, movementKinds } from '../facts/kind.ts'
import type { MonthRange } from '../facts/month.ts'
import { listMovements } from '../facts/movements.ts'
import { axisOf } from '../facts/walk.ts'
import type { Span, SpanPage } from './explanation-result.ts'
import type { Evidence } from './metric.ts'
import { amountOf, countedIn } from './movement-list.ts'
import type { Question } from './question.ts'

export type MovementEvidence = Extract<Evidence, { by: 'MOVEMENTS' }>

type Asked = { period: MonthRange; offset: number; limit: number }
type Found = { spans: SpanPage; numerator: bigint; denominator: bigint }

/** What moved in a week, as spans from its opening to its closing: a movement of the ledger's own is of a month. Null where one of them lacks a rate. */
export function movementSpans(
  question: Question,
  { numerator, denominator = [] }: MovementEvidence,
  { period, offset, limit }: Asked,
): Found | null {
  const { slice, store } = question
  const wanted = (kinds: readonly string[]) =>
    Uint8Array.of(0, ...movementKinds.map((kind) => (kinds.includes(kind) ? 1 : 0)))
  const [above, below] = [wanted(numerator), wanted(denominator)]
  const columns = listMovements(slice, axisOf(slice, period.start, period.end - 1), {
    range: period,
    kinds: above.map((one, kind) => one | below[kind]!),
    strategies: slice.strategies,
  })
  const counted = (row: number) => (slice.strategies === null ? undefined : countedIn(slice, columns, row))
  const amounts = Float64Array.from(columns.account, (_, row) => amountOf(columns, row, counted(row)))
  if (amounts.some(Number.isNaN) || columns.closing.some(Number.isNaN)) return null
  const rowsOf = (kinds: Uint8Array) => [...columns.kind.keys()].filter((row) => kinds[columns.kind[row]!] === 1)
  const sum = (rows: readonly number[]) => BigInt(rows.reduce((total, row) => total + amounts[row]!, 0))
  const rows = rowsOf(above)
  const size = (place: number) => Math.abs(amounts[rows[place]!]!)
  const shown = firstOf(rows.length, Math.min(offset + limit, rows.length), (a, b) => size(b) - size(a) || a - b)
  let runningTotal = 0
  const items = shown.map((place): Span => {
    const row = rows[place]!
    const [account, opening, closing] = [columns.account[row]!, columns.opening[row]!, columns.closing[row]!]
    runningTotal += amounts[row]!
    return {
      account: { index: account, id: store.accounts.ids[account] ?? '' },
      opening: BigInt(opening),
      closing: BigInt(closing),
      kept: BigInt(Math.min(opening, closing)),
      change: BigInt(amounts[row]!),
      runningTotal: BigInt(runningTotal),
      returned: columns.kind[row] === kindCode.REACTIVATION,
    }
  })
  return {
    spans: { items: items.slice(offset), total: rows.length },
    numerator: sum(rows),
    denominator: sum(rowsOf(below)),
  }
}
