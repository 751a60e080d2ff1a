import { textWidth } from '../../chart/text-width.ts'
import { formatCount } from '../../format/count.ts'
import { formatRoundPercent, formatTenths, toTenths } from '../../format/percent.ts'
import { type CohortModel, wholePercent } from './cohort-model.ts'
import { nameOf, openingOf, type Wording } from './cohort-text.ts'

/** Heights of the picture, from the top: the key of the curves, the curves, the ages, the rows. */
export const CURVE_TOP = 28
export const CURVE_BOTTOM = 96
export const AGES_LINE = 118
export const AGES = 136
export const ROWS_TOP = 146
export const ROW = 32
/** Between all cohorts and the first. */
const BREAK = 8

/** A cell is wide enough for three digits, and not wider than it looks well. */
const NARROWEST = 28
/** From here on the row headers may take a line each. */
const ROOMY = 36
const WIDEST = 64
const GAP = 14

export interface CohortLayout {
  /** Width of the row headers. */
  left: number
  /** In one line each, or in two. */
  isOneLine: boolean
  /** Right edges of the columns of the row headers, where they are one line. */
  columns: { accounts: number; opening: number }
  cell: number
  height: number
  /** Of the values in cells: one where it fits everywhere, else none. */
  digits: 0 | 1
}

/** Top of a row. The first, all cohorts together, stands apart. */
export const rowTop = (row: number): number => ROWS_TOP + row * ROW + (row > 0 ? BREAK : 0)

const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => textWidth(text)))

/** A value as it stands in a cell, without its unit, which the header names. */
export function cellLabel(ratio: number, digits: 0 | 1, locale: string): string {
  return digits === 1 ? formatTenths(toTenths(ratio), locale) : formatCount(wholePercent(ratio), locale)
}

/** As wide as all of them allow; where they do not fit, the last one that shows is cut in half, so that one sees that there are more. */
function cellWidth(room: number, ages: number): number {
  const equal = Math.floor(room / Math.max(1, ages))
  if (equal >= NARROWEST) return Math.min(WIDEST, equal)
  const whole = Math.max(2, Math.floor(room / NARROWEST - 0.5))
  return Math.max(NARROWEST, Math.floor(room / (whole + 0.5)))
}

/** Divides a width between row headers and cells; what does not fit scrolls beside the row headers. */
export function cohortLayout(wording: Wording, width: number): CohortLayout {
  const { model, words, unit, locale } = wording
  const { rows, ages, ticks } = model
  const names = widest([...rows.map((row) => nameOf(row, wording)), words.columnCohort]) + 2
  const counts = rows.map(({ accounts }) => formatCount(accounts, locale))
  const openings = rows.map((row) => openingOf(row, wording))
  const accounts = names + GAP + widest([...counts, words.columnAccounts])
  const opening = accounts + GAP + widest([...openings, words.columnOpening(unit.label)])
  const pairs = rows.map((_, row) => `${counts[row]} · ${openings[row]}`)
  const labels = [words.columnAccounts, words.columnOpening(unit.label)]
  const twoLines = Math.max(widest([...rows.map((row) => nameOf(row, wording)), ...pairs, ...labels]), 40) + 2
  const ticksWidth = widest(ticks.map((tick) => formatRoundPercent(tick, locale)))
  const isOneLine = width - opening - GAP >= ages * ROOMY
  const left = Math.ceil(Math.max(isOneLine ? opening : twoLines, ticksWidth) + (isOneLine ? GAP : 10))
  const cell = cellWidth(width - left - 2, ages)
  const fits = (digits: 0 | 1) => widest(ratiosOf(model).map((ratio) => cellLabel(ratio, digits, locale))) <= cell - 12
  return {
    left,
    isOneLine,
    columns: { accounts, opening },
    cell,
    height: rowTop(rows.length),
    digits: fits(1) ? 1 : 0,
  }
}

const ratiosOf = ({ rows }: CohortModel) => rows.flatMap(({ cells }) => cells.flatMap(({ ratio }) => ratio ?? []))
