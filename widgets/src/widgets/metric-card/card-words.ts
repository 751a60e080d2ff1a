import type { Messages } from '../../i18n/en.ts'
import type { Language } from '../../i18n/messages.ts'

const en = {
  card: {
    title: 'Metric',
    points: (value: string) => `${value} pts`,
    better: (before: string) => `better than ${before}`,
    worse: (before: string) => `worse than ${before}`,
    against: (before: string) => `against ${before}`,
    same: (before: string) => `unchanged from ${before}`,
    noBefore: (before: string) => `no value in ${before}`,
    target: (target: string) => `Target ${target}`,
    targetReached: (target: string) => `Target ${target}: reached`,
    targetOpen: (target: string, distance: string) => `Target ${target}: ${distance}`,
    benchmark: (figures: string, source: string) => `Published: ${figures}, ${source}`,
    columnPrevious: 'Month before',
    columnYearAgo: 'Year before',
    week: {
      label: (monday: string) => `Week of ${monday}`,
      spoken: (monday: string) => `the week of ${monday}`,
      trend: (name: string, weeks: number) => `${name}, last ${weeks} weeks`,
      column: 'Week',
      columnPrevious: 'Week before',
      columnYearAgo: '52 weeks before',
    },
    summary: (name: string, value: string, period: string) => `${name} is ${value}, ${period}.`,
    summaryReason: (name: string, reason: string, period: string) => `${name} has no value, ${period}. ${reason}`,
    summaryChange: (change: string, comparison: string) => `That is ${change ? `${change}, ` : ''}${comparison}.`,
  },
}

const ja: typeof en = {
  card: {
    title: '指標',
    points: (value) => `${value} ポイント`,
    better: (before) => `${before}より改善`,
    worse: (before) => `${before}より悪化`,
    against: (before) => `${before}比`,
    same: (before) => `${before}から変化なし`,
    noBefore: (before) => `${before}の値はありません`,
    target: (target) => `目標 ${target}`,
    targetReached: (target) => `目標 ${target}: 達成`,
    targetOpen: (target, distance) => `目標 ${target}: ${distance}`,
    benchmark: (figures, source) => `公表値: ${figures}、${source}`,
    columnPrevious: '前月',
    columnYearAgo: '前年同月',
    week: {
      label: (monday) => `${monday}の週`,
      spoken: (monday) => `${monday}の週`,
      trend: (name, weeks) => `${name}、直近${weeks}週`,
      column: '週',
      columnPrevious: '前週',
      columnYearAgo: '52週前',
    },
    summary: (name, value, period) => `${name}は${value}です（${period}）。`,
    summaryReason: (name, reason, period) => `${name}の値はありません（${period}）。${reason}`,
    summaryChange: (change, comparison) => `${comparison}${change ? `（${change}）` : ''}。`,
  },
}

/** What this widget says alone: it comes with the widget. */
export const cardWords: Record<Language, typeof en> = { en, ja }

/** All that it says. */
export type CardText = Messages & typeof en

export const cardText = (text: Messages, language: Language): CardText => ({ ...text, ...cardWords[language] })
