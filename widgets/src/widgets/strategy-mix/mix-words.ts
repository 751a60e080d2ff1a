import type { Language } from '../../i18n/messages.ts'

const en = {
  title: 'Expansion by strategy',
  emptyTitle: 'No expansion yet',
  empty: 'It appears when an account that pays begins to pay more.',
  total: 'Total',
  share: 'Share',
  quarter: 'Quarter',
  year: 'Year',
  confirmed: (share: string) => `${share} rests on confirmed plans`,
  summary: (total: string, unit: string, range: string, parts: string) =>
    `Expansion is ${total} (${unit}), ${range}: ${parts}.`,
}

const ja: typeof en = {
  title: '戦略別の拡大',
  emptyTitle: '拡大はまだありません',
  empty: '契約中のアカウントの支払いが増えると表示されます。',
  total: '合計',
  share: '割合',
  quarter: '四半期',
  year: '年度',
  confirmed: (share) => `プラン分類が確認済みの割合 ${share}`,
  summary: (total, unit, range, parts) => `${range}の拡大は${total}です（${unit}）。内訳: ${parts}。`,
}

/** What this widget says alone: it comes with the widget. */
export const mixWords: Record<Language, typeof en> = { en, ja }

export type MixWords = typeof en
