import { localDay } from '../../shared/local-day.ts'
import { GAPS, type Gap, type GapCode } from '../sources/stripe/history/gap.ts'
import type { Tally } from './tally.ts'

/** What was read of a vendor's history, and what could not be rebuilt. */
export type HistoryReport = {
  tenant: string
  source: string
  /** NOTHING_NEW: all was told before. */
  outcome: 'READ' | 'NOTHING_NEW'
  dryRun: boolean
  /** The run before was stopped, and this one went on. */
  resumed: boolean
  asOf: string
  since: string | null
  read: Record<string, number>
  /** Told for the first time, or told otherwise than before. */
  added: number
  /** First and last month of which anything is known (YYYY-MM, in the tenant's time zone). */
  months: { first: string; last: string; count: number } | null
  gaps: { code: GapCode; what: string; subscriptions: number; first: Gap[] }[]
}

const SHOWN = 20

export type Told = Pick<HistoryReport, 'tenant' | 'source' | 'dryRun' | 'resumed' | 'asOf' | 'since' | 'added'>

export function reportOf(told: Told, tally: Tally, timeZone: string): HistoryReport {
  return {
    ...told,
    outcome: told.added > 0 ? 'READ' : 'NOTHING_NEW',
    read: Object.fromEntries(tally.read),
    months: tally.first === null ? null : monthsOf(tally.first, told.asOf, timeZone),
    gaps: gapsByCode([...tally.gaps, ...deletedCustomers(tally)]),
  }
}

function monthsOf(from: string, until: string, timeZone: string): HistoryReport['months'] {
  const [first, last] = [from, until].map((instant) => localDay(new Date(instant), timeZone).slice(0, 7)) as [
    string,
    string,
  ] // two instants
  const count =
    12 * (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) + Number(last.slice(5)) - Number(first.slice(5)) + 1
  return { first, last, count }
}

function deletedCustomers({ accounts, customers }: Tally): Gap[] {
  const unknown = [...accounts].filter((account) => !customers.has(account)).sort()
  return unknown.map((of): Gap => ({ code: 'DELETED_CUSTOMER', of }))
}

function gapsByCode(gaps: readonly Gap[]): HistoryReport['gaps'] {
  const codes = Object.keys(GAPS) as GapCode[] // of a const object
  return codes.flatMap((code) => {
    const own = gaps.filter((gap) => gap.code === code)
    if (own.length === 0) return []
    return [
      { code, what: GAPS[code], subscriptions: new Set(own.map(({ of }) => of)).size, first: own.slice(0, SHOWN) },
    ]
  })
}
