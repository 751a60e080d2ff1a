import type { FactView } from '../fact-view.ts'
import type { FactWhere } from '../slice.ts'
import type { ChangeRow } from '../store-rows.ts'
import { type Ledger, type NaiveLogo, naiveAccounts, naiveLogos, naiveSlice } from './naive.ts'

/**
 * Movements under a view once more, close by close over plain rows and calendar dates. Shares no code with the columns. A close is
 * the end of a day or of a month, whichever the view nets by.
 */
export type ViewMovement = {
  account: string
  month: number
  /** 0 for a month's. */
  day: number
  kind: 'NEW' | 'EXPANSION' | 'CONTRACTION' | 'CHURN' | 'REACTIVATION' | 'TRANSFER'
  change: number
  /** The rows of the slice in it. */
  rows: ChangeRow[]
}

type Named = Pick<FactView, 'netting' | 'reactivation' | 'reactivationWindow'>

type Dated = Pick<ChangeRow, 'month' | 'day'>
const dateOf = (row: Dated) => Date.UTC(Math.floor(row.month / 12), row.month % 12, row.day)
const endOfMonth = (row: Dated) => Date.UTC(Math.floor(row.month / 12), (row.month % 12) + 1, 0)
const DAY = 86_400_000

/** Closes at which something changed; between them every close is like the one before. */
export function closesOf(rows: readonly Dated[], netting: FactView['netting']): number[] {
  return [...new Set(rows.map(netting === 'EVENT' ? dateOf : endOfMonth))].sort((a, b) => a - b)
}

export const upTo = (rows: readonly ChangeRow[], close: number) => rows.filter((row) => dateOf(row) <= close)

const level = (rows: readonly ChangeRow[], close: number) =>
  Math.max(
    upTo(rows, close).reduce((sum, row) => sum + Number(row.amountMinor), 0),
    0,
  )

/** What a close is called: `held` says what was held at each close so far, the last one being the one that is named. */
export function nameOf(
  held: readonly { close: number; level: number }[],
  { reactivation, reactivationWindow }: Named,
): ViewMovement['kind'] {
  const now = held.at(-1)?.level ?? 0
  const before = held.at(-2)?.level ?? 0
  if (now === before) return 'TRANSFER'
  if (now === 0) return 'CHURN'
  if (before > 0) return now > before ? 'EXPANSION' : 'CONTRACTION'
  const lastPaid = held.slice(0, -1).findLastIndex((one) => one.level > 0)
  if (lastPaid < 0) return 'NEW'
  const away = (held.at(-1)!.close - held[lastPaid + 1]!.close) / DAY
  if (reactivationWindow !== null && away > reactivationWindow) return 'NEW'
  return reactivation
}

/** Movements of a range of months, by account and time. */
export function viewMovements(
  ledger: Ledger,
  { ids, where, view, from, end }: { ids: string[]; where: FactWhere; view: Named; from: number; end: number },
): ViewMovement[] {
  return naiveAccounts(ledger, ids, where).flatMap((account) => {
    const { all, slice } = naiveSlice(ledger, account, where)
    const closes = closesOf(all, view.netting)
    return closes.flatMap((close, index): ViewMovement[] => {
      const held = closes.slice(0, index + 1).map((one) => ({ close: one, level: level(all, one) }))
      const previous = closes[index - 1] ?? 0
      const date = new Date(close)
      const month = date.getUTCFullYear() * 12 + date.getUTCMonth()
      if (month < from || month >= end) return []
      const rows = slice.filter((row) => dateOf(row) > previous && dateOf(row) <= close)
      const day = view.netting === 'EVENT' ? date.getUTCDate() : 0
      const change = level(slice, close) - level(slice, previous)
      return [{ account: account.id, month, day, kind: nameOf(held, view), change, rows }]
    })
  })
}

/** Logos lost at the closes of a range of months. */
export function viewLostLogos(
  ledger: Ledger,
  { ids, where, view, from, end }: { ids: string[]; where: FactWhere; view: Named; from: number; end: number },
): number {
  const places = (rows: readonly NaiveLogo[], close: number) =>
    rows.reduce((sum, row) => (dateOf(row) <= close ? sum + row.amount : sum), 0)
  return naiveAccounts(ledger, ids, where).reduce((lost, account) => {
    const { all, slice } = naiveSlice(ledger, account, where)
    const logos = naiveLogos(ledger, account, where)
    const closes = closesOf([...all, ...logos.all], view.netting)
    const isLost = closes.map((close, index) => {
      const [month, before] = [new Date(close), closes[index - 1]]
      const at = month.getUTCFullYear() * 12 + month.getUTCMonth()
      if (before === undefined || at < from || at >= end) return false
      const wasOpen = level(slice, before) > 0 || (level(all, before) === 0 && places(logos.slice, before) > 0)
      return wasOpen && level(all, close) === 0 && places(logos.all, close) === 0
    })
    return lost + isLost.filter(Boolean).length
  }, 0)
}
