import type { Waterfall } from '@nobishiro/sdk'
import type { Table } from '../../chart/table.ts'
import { formatCount } from '../../format/count.ts'
import { formatInUnit, type MoneyUnit } from '../../format/money.ts'
import { addMonths, formatMonth, lastMonth } from '../../format/month.ts'
import { formatPercent } from '../../format/percent.ts'
import type { Messages } from '../../i18n/en.ts'
import type { Bar } from './waterfall-model.ts'

/** What the words of a waterfall are made of. */
export interface WaterfallWords {
  waterfall: Waterfall
  unit: MoneyUnit
  window: number
  text: Messages
  locale: string
}

const monthsIn = ({ start, end }: Waterfall['period']) => {
  const index = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
  return Math.max(1, index(end) - index(start))
}

/** The period in words: one month, or the first and the last. */
export function periodLabel({ waterfall: { period, population }, window, text, locale }: WaterfallWords): string {
  const end = formatMonth(lastMonth(period), locale)
  if (population === 'COHORT') return text.gauge.window(window, end)
  return monthsIn(period) === 1 ? end : text.waterfall.range(formatMonth(period.start, locale), end)
}

/** Period, unit and who is in it. */
export function subtitleOf(words: WaterfallWords): string[] {
  const { waterfall, unit, window, text, locale } = words
  const who =
    waterfall.population === 'ALL'
      ? text.waterfall.everyone(monthsIn(waterfall.period))
      : text.waterfall.cohort(
          formatCount(waterfall.accounts, locale),
          formatMonth(addMonths(waterfall.period.end, -1 - window), locale),
        )
  return [periodLabel(words), unit.label, who]
}

/** How many accounts a bar is made of. */
export function accountsOf({ accounts }: Bar, { text, locale }: WaterfallWords): string {
  return text.waterfall.accounts(accounts, formatCount(accounts, locale))
}

/** A bar in words, for its name and for the line beneath the picture. */
export function describeBar(bar: Bar, words: WaterfallWords): string {
  const { unit, text, locale } = words
  const amount = `${formatInUnit(bar.amount, unit, locale, bar.kind === 'change')} ${unit.label}`
  return text.waterfall.stepOf(bar.label, amount, accountsOf(bar, words))
}

/** A bar and the accounts with the largest part in it. */
export function noteOf(bar: Bar, { unit, text, locale }: WaterfallWords): string {
  const amount = formatInUnit(bar.amount, unit, locale, bar.kind === 'change')
  const top = bar.top.map(
    (share) =>
      `${text.account(share.account.name)} ${formatInUnit(Number(share.amount.amount), unit, locale, bar.kind === 'change')}`,
  )
  const head = `${bar.label} ${amount}`
  return top.length > 0 ? `${head} · ${top.join(text.waterfall.separator)}` : head
}

/** What is most notable when nothing is pointed at: the largest expansion, in seats where it is one of seats. */
export function largestNote({ waterfall, unit, text, locale }: WaterfallWords): string {
  if (waterfall.population === 'COHORT') {
    if (waterfall.nrr === null) return ''
    const level = (amount: string) => formatInUnit(Number(amount), unit, locale)
    return text.waterfall.ratio(
      level(waterfall.closing.amount),
      level(waterfall.opening.amount),
      formatPercent(waterfall.nrr, locale),
    )
  }
  const first = waterfall.steps.find(({ key }) => key === 'EXPANSION')?.topAccounts[0]
  if (!first) return ''
  const { account, amount, seatsBefore, seatsAfter } = first
  if (seatsBefore > 0 && seatsAfter >= 1.5 * seatsBefore) {
    return text.waterfall.largest(
      text.account(account.name),
      formatCount(seatsBefore, locale),
      formatCount(seatsAfter, locale),
    )
  }
  return text.waterfall.largestAmount(
    text.account(account.name),
    formatInUnit(Number(amount.amount), unit, locale, true),
  )
}

/** The main numbers in one sentence. */
export function summaryOf(words: WaterfallWords): string {
  const { waterfall, unit, text, locale } = words
  const level = (amount: string) => formatInUnit(Number(amount), unit, locale)
  return text.waterfall.summary(
    level(waterfall.opening.amount),
    level(waterfall.closing.amount),
    unit.label,
    periodLabel(words),
  )
}

/** The same bars as a table. */
export function tableOf(bars: readonly Bar[], { unit, text, locale }: WaterfallWords, caption: string): Table {
  return {
    caption,
    columns: [
      { label: text.waterfall.columnStep, isNumber: false },
      { label: text.waterfall.columnAmount(unit.label), isNumber: true },
      { label: text.waterfall.columnAccounts, isNumber: true },
    ],
    rows: bars.map((bar) => [
      bar.label,
      formatInUnit(bar.amount, unit, locale, bar.kind === 'change'),
      formatCount(bar.accounts, locale),
    ]),
    values: bars.map((bar) => [bar.label, bar.amount, bar.accounts]),
  }
}
