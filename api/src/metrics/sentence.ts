import { type Calendar, dayText, firstDayIn, MONTHS } from '../facts/calendar.ts'
import { firstDayOf, type Month } from '../facts/month.ts'
import type { Metric } from './metric.ts'
import type { MetricTerm, MetricValue } from './result.ts'
import type { LocalizedText, UndefinedReason } from './vocabulary.ts'

type Language = keyof LocalizedText
/** `from` is the day whose close the window opens with, counted from 1 January 1970; `to` the month, or week, that it ends with. */
type Inputs = { value: MetricValue; accounts: number; calendar: Calendar; from: number; to: Month }

/** The metric's sentence with this period's inputs, or why there is no value. */
export function sentenceOf(metric: Metric, inputs: Inputs): LocalizedText {
  const template = inputs.value.reason ? reasonSentences[inputs.value.reason] : metric.sentence
  return { en: fill(template.en, inputs, 'en'), ja: fill(template.ja, inputs, 'ja') }
}

function fill(template: string, { value, accounts, calendar, from, to }: Inputs, language: Language): string {
  const words: Record<string, string> = {
    value: value.value === null ? '' : format(value.value, value.unit, value.currency, language),
    numerator: termText(value.numerator, value.currency, language),
    denominator: termText(value.denominator, value.currency, language),
    accounts: new Intl.NumberFormat(language).format(accounts),
    currency: value.currency,
    ...(calendar === MONTHS
      ? { from: monthText(MONTHS.placeOf(from), language), to: monthText(to, language) }
      : { from: spokenDay(dayText(from), language), to: weekText(firstDayIn(calendar, to), language) }),
  }
  // The end of a month has a word of its own in Japanese, which after a week would be a weekend.
  const spoken =
    calendar === MONTHS ? template : template.replaceAll('{from}末', '{from}時点').replaceAll('{to}末', '{to}の終わり')
  return spoken.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '')
}

const termText = (term: MetricTerm | null, currency: string, language: Language) =>
  term ? format(term.value, term.unit, currency, language) : ''

function format(decimal: string, unit: MetricValue['unit'], currency: string, language: Language): string {
  const exact = decimal as `${number}` // our decimals are plain ones; a string keeps every digit
  if (unit === 'RATIO') return number(language, { style: 'percent', maximumFractionDigits: 1 }).format(exact)
  if (unit === 'MULTIPLE') return `x ${number(language, { maximumFractionDigits: 1 }).format(exact)}`
  if (unit === 'NUMBER') return number(language, { maximumFractionDigits: 1 }).format(exact)
  if (unit === 'COUNT') return number(language, {}).format(exact)
  return number(language, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' }).format(exact)
}

const number = (language: Language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options)

/** A month as text, e.g. January 2026. */
export function monthText(month: Month, language: Language): string {
  const day = new Date(`${firstDayOf(month)}T00:00:00Z`)
  return new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(day)
}

function spokenDay(day: string, language: Language): string {
  const options = { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options).format(new Date(`${day}T00:00:00Z`))
}

const weekText = (monday: string, language: Language): string =>
  language === 'en' ? `the week of ${spokenDay(monday, language)}` : `${spokenDay(monday, language)}の週`

const reasonSentences: Record<UndefinedReason, LocalizedText> = {
  NO_OPENING_MRR: { en: 'No account paid at the end of {from}.', ja: '{from}末に支払いのあるアカウントがありません。' },
  NOT_ENOUGH_HISTORY: {
    en: '{from} lies before the first month with revenue.',
    ja: '{from}は、最初に売上が発生した月より前です。',
  },
  NO_LOSS: { en: 'Nothing was lost in {to}.', ja: '{to}には失ったMRRがありません。' },
  NO_SPEND: { en: 'No spend is known for {to}.', ja: '{to}の費用が登録されていません。' },
  NO_EXPANSION: { en: 'Nothing was gained in {to}.', ja: '{to}には増えたMRRがありません。' },
  NO_GROSS_MARGIN: { en: 'No gross margin is set.', ja: '粗利率が設定されていません。' },
  NO_RATE: {
    en: 'Some accounts pay in another currency, and there is no exchange rate to {currency}.',
    ja: '別の通貨で支払うアカウントがあり、{currency}への為替レートがありません。',
  },
  TOO_FEW_ACCOUNTS: { en: 'There are too few accounts to compare.', ja: '比較するにはアカウントが足りません。' },
  NO_PAYING_ACCOUNTS: { en: 'No account paid at the end of {to}.', ja: '{to}末に支払いのあるアカウントがありません。' },
  NO_SEATS: { en: 'There are no seats to compare with.', ja: '比較できる購入済みの席がありません。' },
  NO_USAGE: { en: 'Nothing was reported for {to}.', ja: '{to}の利用状況が報告されていません。' },
  NO_LIMIT: { en: 'No limit is known for {to}.', ja: '{to}の利用上限が登録されていません。' },
}
