import type { Table } from '../../chart/table.ts'
import { formatCount } from '../../format/count.ts'
import { formatInUnit, type MoneyUnit } from '../../format/money.ts'
import { formatMonth } from '../../format/month.ts'
import { formatPercent } from '../../format/percent.ts'
import type { Messages } from '../../i18n/en.ts'
import { type CohortCell, type CohortModel, type CohortRow, FEW } from './cohort-model.ts'
import { WINDOWS } from './cohort-question.ts'
import type { CohortWords } from './cohort-words.ts'

/** What the sentences and the table are made with. */
export interface Wording {
  model: CohortModel
  /** The tenant's name of the metric. */
  term: string
  unit: MoneyUnit
  text: Messages
  words: CohortWords
  locale: string
}

export const nameOf = ({ month }: CohortRow, { words, locale }: Pick<Wording, 'words' | 'locale'>): string =>
  month === null ? words.all : formatMonth(month, locale)

export const openingOf = ({ opening }: CohortRow, { unit, locale }: Pick<Wording, 'unit' | 'locale'>): string =>
  opening === null ? '' : formatInUnit(Number(opening.amount), unit, locale)

const reasonOf = (row: CohortRow, cell: CohortCell, { text, words }: Wording): string =>
  row.accounts === 0 ? words.nobody : cell.reason ? text.reasons[cell.reason] : ''

/** A cell in words: cohort, month, value, who pays, and what there is to know about it. */
export function describeCell(row: CohortRow, cell: CohortCell, wording: Wording): string {
  const { text, words, locale } = wording
  const head = words.head(nameOf(row, wording), formatCount(cell.age, locale))
  if (cell.ratio === null) return words.noValue(head, reasonOf(row, cell, wording))
  return [
    words.value(head, formatPercent(cell.ratio, locale)),
    words.paying(formatCount(cell.paying, locale), formatCount(cell.accounts, locale)),
    ...(cell.isFew ? [words.few] : []),
    ...(cell.isPartial ? [text.completeness.PARTIAL] : []),
  ].join(text.waterfall.separator)
}

/** All cohorts together at the highest age that enough accounts have reached. */
export function summaryOf({ model, term, words, locale }: Wording): string {
  const known = (model.rows[0]?.cells ?? []).filter(({ ratio }) => ratio !== null)
  const last = known.findLast(({ isFew }) => !isFew) ?? known.at(-1)
  if (!last || last.ratio === null) return ''
  return words.summary(term, formatPercent(last.ratio, locale), formatCount(last.age, locale))
}

/** The line beneath the picture while nothing is pointed at. */
export function noteOf({ model, words, locale }: Wording, isOpening: boolean): string {
  const hasFew = model.rows.some(({ cells }) => cells.some(({ isFew }) => isFew))
  const opening = isOpening ? WINDOWS.filter((age) => age < model.ages) : []
  const list = new Intl.ListFormat(locale).format(opening.map((age) => formatCount(age, locale)))
  return [...(hasFew ? [words.faded] : []), ...(list ? [words.opens(list, opening.length)] : [])].join(' · ')
}

const inBrackets = (name: string, notes: readonly string[], { text }: Wording) =>
  notes.length === 0 ? name : `${name} (${notes.join(text.waterfall.separator)})`

/** Why a whole row has no value, or is faded. */
function rowNotes(row: CohortRow, { text, words }: Wording): string[] {
  if (row.month === null) return []
  if (row.accounts === 0) return [words.nobodyShort]
  return [...(row.reason ? [text.reasons[row.reason]] : []), ...(row.accounts < FEW ? [words.few] : [])]
}

function cellText(row: CohortRow, cell: CohortCell | undefined, wording: Wording): string {
  if (!cell) return ''
  const { text, words, locale } = wording
  if (cell.ratio === null) return row.reason || row.accounts === 0 ? '' : reasonOf(row, cell, wording)
  const notes = [
    ...(cell.isFew && row.month === null ? [words.few] : []),
    ...(cell.isPartial ? [text.completeness.PARTIAL] : []),
  ]
  return inBrackets(formatPercent(cell.ratio, locale), notes, wording)
}

/** The triangle as a table: a row for each cohort, a column for each age. */
export function tableOf(wording: Wording, title: string): Table {
  const { model, unit, words, locale } = wording
  const ages = Array.from({ length: model.ages }, (_, age) => age)
  return {
    caption: title,
    columns: [
      { label: words.columnCohort, isNumber: false },
      { label: words.columnAccounts, isNumber: true },
      { label: words.columnOpening(unit.label), isNumber: true },
      ...ages.map((age) => ({ label: words.age(formatCount(age, locale)), isNumber: true })),
    ],
    rows: model.rows.map((row) => [
      inBrackets(nameOf(row, wording), rowNotes(row, wording), wording),
      formatCount(row.accounts, locale),
      openingOf(row, wording),
      ...ages.map((age) => cellText(row, row.cells[age], wording)),
    ]),
    values: model.rows.map((row) => [
      row.month ?? words.all,
      row.accounts,
      row.opening?.amount ?? null,
      ...ages.map((age) => row.cells[age]?.value ?? null),
    ]),
  }
}
