import type { Table } from '../../chart/table.ts'
import { exactDigits, formatAmount, formatInUnit, type MoneyUnit, moneyUnit } from '../../format/money.ts'
import { formatMonth, lastMonth } from '../../format/month.ts'
import { THIN_SPACE } from '../../format/parts.ts'
import { formatTenths } from '../../format/percent.ts'
import type { Messages } from '../../i18n/en.ts'
import type { MixBucket } from '../../queries/strategy-mix.ts'
import type { Cell } from './mix-layout.ts'
import { exactOf, type MixLayer, type MixModel, type MixPeriod, majorOf } from './mix-model.ts'
import type { MixWords } from './mix-words.ts'

/** What the words of a mix are made of. */
export interface MixTexts {
  model: MixModel
  bucket: MixBucket
  unit: MoneyUnit
  text: Messages
  words: MixWords
  locale: string
}

/** The unit that suits the columns, and in which no strategy's total reads 0.0. */
export function mixUnit(model: MixModel, locale: string): MoneyUnit {
  return moneyUnit(
    model.periods.map(({ total }) => majorOf(total, model)),
    model.currency,
    locale,
    model.layers.map(({ total }) => majorOf(total, model)),
  )
}

/** A month by its name; what is longer, or cut by the range, by its first and its last. */
export function periodName({ start, end }: Pick<MixPeriod, 'start' | 'end'>, { text, locale }: MixTexts): string {
  const last = lastMonth({ end })
  const first = formatMonth(start, locale)
  return last <= start ? first : text.waterfall.range(first, formatMonth(last, locale))
}

/** The whole range in words. */
export function rangeName(texts: MixTexts): string {
  const { periods } = texts.model
  return periodName({ start: periods[0]?.start ?? '', end: periods.at(-1)?.end ?? '' }, texts)
}

export const nameOf = ({ key }: Pick<MixLayer, 'key'>, { text }: MixTexts): string =>
  key === 'OTHER' ? text.waterfall.other : text.strategies[key]

/** An amount in the picture's unit. */
export const amountOf = (minor: bigint, { model, unit, locale }: MixTexts, isSigned = false): string =>
  formatInUnit(majorOf(minor, model), unit, locale, isSigned)

export const shareOf = (tenths: number | null, locale: string): string | null =>
  tenths === null ? null : `${formatTenths(tenths, locale)}${THIN_SPACE}%`

/** The strategies that a layer is made of, with what each added in a period, or in the range. */
function within(layer: MixLayer, column: number | null, texts: MixTexts): string {
  return texts.model.all
    .filter(({ key }) => layer.strategies.some((strategy) => strategy === key))
    .map((one) => ({ one, minor: column === null ? one.total : (one.minor[column] ?? 0n) }))
    .filter(({ minor }) => minor !== 0n)
    .map(({ one, minor }) => `${nameOf(one, texts)} ${amountOf(minor, texts, true)}`)
    .join(texts.text.waterfall.separator)
}

const madeOf = (head: string, parts: string) => (parts === '' ? head : `${head}: ${parts}`)

/** A part of a column in words, or the whole column with its parts. */
export function describeCell({ column, layer }: Cell, texts: MixTexts): string {
  const { model, words } = texts
  const period = model.periods[column]
  if (!period) return ''
  const name = periodName(period, texts)
  const chosen = layer === null ? undefined : model.layers[layer]
  if (chosen) {
    const head = `${name} · ${nameOf(chosen, texts)} ${amountOf(chosen.minor[column] ?? 0n, texts, true)}`
    return chosen.key === 'OTHER' ? madeOf(head, within(chosen, column, texts)) : head
  }
  const parts = model.layers
    .filter(({ minor }) => (minor[column] ?? 0n) !== 0n)
    .map((one) => `${nameOf(one, texts)} ${amountOf(one.minor[column] ?? 0n, texts, true)}`)
  const total = `${name} · ${words.total} ${amountOf(period.total, texts, true)}`
  return madeOf(total, parts.join(texts.text.waterfall.separator))
}

const withShare = (layer: MixLayer, texts: MixTexts): string => {
  const head = `${nameOf(layer, texts)} ${amountOf(layer.total, texts, true)}`
  const share = shareOf(layer.tenths, texts.locale)
  return share ? `${head} (${share})` : head
}

/** A strategy over the whole range in words; null is all of them. */
export function describeLayer(layer: MixLayer | null, texts: MixTexts): string {
  const { model, words } = texts
  if (!layer) return `${words.total} ${amountOf(model.total, texts, true)}`
  const head = withShare(layer, texts)
  return layer.key === 'OTHER' ? madeOf(head, within(layer, null, texts)) : head
}

/** The main numbers in a sentence: all of it, and each part of it. */
export function summaryOf(texts: MixTexts): string {
  const { model, unit, words, text } = texts
  const parts = model.layers.map((layer) => withShare(layer, texts)).join(text.waterfall.separator)
  return words.summary(amountOf(model.total, texts), unit.label, rangeName(texts), parts)
}

/** All seven strategies, each to the minor unit, with their sums and shares. */
export function tableOf(texts: MixTexts): Table {
  const { model, bucket, text, words, locale } = texts
  const { all, periods, currency } = model
  const exact = (minor: bigint) => exactOf(minor, model)
  const digits = exactDigits([...all.flatMap(({ minor }) => minor), model.total].map(exact), currency)
  const shown = (minor: bigint) => formatAmount(exact(minor), digits, locale)
  const unit = moneyUnit([], currency, locale).label
  const hasShares = all.every(({ tenths }) => tenths !== null)
  const line = (column: number) => [...all.map(({ minor }) => minor[column] ?? 0n), periods[column]?.total ?? 0n]
  const sums = [...all.map(({ total }) => total), model.total]
  const shares = [...all.map(({ tenths }) => tenths), 1000]
  return {
    caption: words.title,
    columns: [
      { label: { MONTH: text.gauge.columnMonth, QUARTER: words.quarter, YEAR: words.year }[bucket], isNumber: false },
      ...[...all.map((layer) => nameOf(layer, texts)), words.total].map((name) => ({
        label: `${name} (${unit})`,
        isNumber: true,
      })),
    ],
    rows: [
      ...periods.map((period, column) => [
        period.completeness === 'COMPLETE'
          ? periodName(period, texts)
          : `${periodName(period, texts)} (${text.completeness[period.completeness]})`,
        ...line(column).map(shown),
      ]),
      [words.total, ...sums.map(shown)],
      ...(hasShares ? [[words.share, ...shares.map((tenths) => shareOf(tenths, locale) ?? '')]] : []),
    ],
    values: [
      ...periods.map(({ start }, column) => [start, ...line(column).map(exact)]),
      [words.total, ...sums.map(exact)],
      ...(hasShares ? [[words.share, ...shares.map((tenths) => (tenths === null ? null : tenths / 1000))]] : []),
    ],
  }
}
