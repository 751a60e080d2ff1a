import { type CorrectionRecord, heldAt } from '../corrections/list-corrections.ts'
import type { Slice } from '../facts/slice.ts'
import type { DayRange } from '../metrics/result.ts'

const SHOWN = 100

/** The corrections behind a number: in force as known then, of accounts that were asked about, in the months that were. */
export function correctionsBehind(
  records: readonly CorrectionRecord[],
  { slice, period, asOf }: { slice: Slice; period: DayRange; asOf: Date | undefined },
): CorrectionRecord[] {
  const { indexOf } = slice.store.accounts
  const isAsked = (account: string) => slice.accounts[indexOf.get(account) ?? -1] === 1
  const inPeriod = ({ what }: CorrectionRecord) => {
    if (what.kind !== 'RECLASSIFY_MOVEMENT') return true
    return `${what.month}-31` >= period.start && `${what.month}-01` < period.end
  }
  return records
    .filter((record) => (asOf ? heldAt(record, asOf) : record.undone === null))
    .filter((record) => record.accounts.some(isAsked) && inPeriod(record))
    .slice(0, SHOWN)
    .map((record) => ({ ...record, undone: null }))
}
