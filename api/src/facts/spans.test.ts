import { describe, expect, it } from 'vitest'
import { monthOf } from './month.ts'
import { everyAccount } from './scope.ts'
import { sliceOf } from './slice.ts'
import { addSpans, listSpans } from './span-list.ts'
import { addSums, type SpanRead, SpanTable } from './spans.ts'
import { aStore, type Change } from './testing/a-store.ts'
import { axisOf, walk } from './walk.ts'

const changes: Change[] = [
  // Dips inside the window and recovers: 100, 30, 120.
  ['dips', '2023-01-05', 100],
  ['dips', '2023-06-05', -70],
  ['dips', '2023-09-05', 90],
  // Paid before the opening, not at it, and is back at the closing.
  ['returns', '2022-02-05', 50],
  ['returns', '2022-05-05', -50],
  ['returns', '2023-11-05', 40],
  // Starts inside the window.
  ['starts', '2023-03-05', 25],
  // Paid at the opening and left.
  ['leaves', '2022-12-05', 10],
  ['leaves', '2023-04-05', -10],
]
const store = aStore({ changes })
const slice = sliceOf(store, everyAccount(store))
const months = { opening: monthOf('2023-01-01'), closing: monthOf('2023-12-01') }

function sumsOf(...reads: SpanRead[]) {
  const axis = axisOf(slice, months.opening, months.closing)
  const table = new SpanTable(
    [{ opening: months.opening - axis.first, closing: months.closing - axis.first }],
    'CONSTANT',
    new Set(reads),
  )
  walk(slice, axis, (book) => table.add(book))
  return table.sums(0)
}

const plain = { accounts: 2, opening: 110, closing: 120, kept: 100 }
const unread = { lowest: 0, everyone: 0, established: 0, veterans: 0 }

describe('spans', () => {
  it('are the two closes of the accounts at the opening', () => {
    expect(sumsOf()).toEqual({ ...plain, ...unread })
  })

  it('know the least that was paid on the way', () => {
    expect(sumsOf('PATH')).toEqual({ ...plain, ...unread, lowest: 30 })
  })

  it('know everyone that pays at the closing, and who of them paid at the opening or before', () => {
    expect(sumsOf('TENURE')).toEqual({ ...plain, ...unread, everyone: 185, established: 160, veterans: 3 })
  })

  it('of several windows are added up, and say of how many anybody paid', () => {
    const sums = sumsOf('PATH', 'TENURE')
    const empty = Object.fromEntries(Object.keys(sums).map((name) => [name, 0])) as typeof sums // the same names
    expect(addSums([sums, sums, empty])).toMatchObject({ opening: 220, lowest: 60, everyone: 370, based: 2 })
  })

  it('listed for several windows are one row an account, with what the last month is called', () => {
    const before = { opening: months.opening - 1, closing: months.closing - 1 }
    const [last, earlier] = [listSpans(slice, months, 'ALL'), listSpans(slice, before, 'ALL')]
    const added = addSpans([last, earlier])
    const rows = [...added.account].map((account, row) => [
      store.accounts.ids[account],
      added.opening[row],
      added.closing[row],
      added.established[row],
    ])
    expect(rows).toEqual([
      ['dips', 100, 240, 1],
      ['leaves', 20, 0, 1],
      ['returns', 0, 80, 1],
      ['starts', 0, 50, 0],
    ])
    expect([...added.expansion].slice(0, last.account.length)).toEqual([...last.expansion])
  })
})
