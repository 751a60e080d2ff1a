import type { SeatGrowth } from '@nobishiro/sdk'
import type { Table } from '../../chart/table.ts'
import { formatCount, formatMultiple } from '../../format/count.ts'
import { formatMonth } from '../../format/month.ts'
import { roomOf, type SeatModel, type SeatMonth } from './seat-model.ts'
import type { SeatText } from './seat-words.ts'

/** A month in words: purchased, active, and the room between. */
export function describeMonth(month: SeatMonth, { seats, waterfall }: SeatText, locale: string): string {
  const room = roomOf(month)
  const head = seats.point(formatMonth(month.month, locale), formatCount(month.purchased, locale))
  if (month.active === null || room === null) return head
  return [head, seats.pointActive(formatCount(month.active, locale), formatCount(room, locale))].join(
    waterfall.separator,
  )
}

/** The last month in sentences. */
export function summaryOf({ months }: SeatModel, { seats }: SeatText, locale: string): string {
  const last = months.at(-1)
  if (!last) return ''
  const room = roomOf(last)
  const sentence = seats.summary(formatCount(last.purchased, locale), formatMonth(last.month, locale))
  if (last.active === null || room === null) return sentence
  const gap = locale.startsWith('ja') ? '' : ' '
  return `${sentence}${gap}${seats.summaryActive(formatCount(last.active, locale), formatCount(room, locale))}`
}

/** What is most notable: how far all accounts have grown since they landed. */
export function multipleNote({ landAndExpand }: SeatGrowth, { seats }: SeatText, locale: string): string {
  return landAndExpand === null ? '' : seats.multiple(formatMultiple(landAndExpand, locale))
}

/** The same months as a table. */
export function tableOf({ months, bands, hasActive }: SeatModel, text: SeatText, locale: string): Table {
  const { seats } = text
  const plans = bands.length > 1 ? bands : []
  const number = (label: string) => ({ label, isNumber: true })
  return {
    caption: seats.title,
    columns: [
      { label: seats.columnMonth, isNumber: false },
      ...plans.map(({ name }) => number(name)),
      number(seats.columnPurchased),
      ...(hasActive ? [number(seats.columnActive)] : []),
    ],
    rows: months.map((month, index) => [
      month.completeness !== 'COMPLETE'
        ? `${formatMonth(month.month, locale)} (${text.completeness[month.completeness]})`
        : formatMonth(month.month, locale),
      ...plans.map(({ top, base }) => formatCount((top[index] ?? 0) - (base[index] ?? 0), locale)),
      formatCount(month.purchased, locale),
      ...(hasActive ? [month.active === null ? '' : formatCount(month.active, locale)] : []),
    ]),
    values: months.map((month, index) => [
      month.month,
      ...plans.map(({ top, base }) => (top[index] ?? 0) - (base[index] ?? 0)),
      month.purchased,
      ...(hasActive ? [month.active] : []),
    ]),
  }
}
