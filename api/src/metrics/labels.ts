import type { ExpansionStrategy } from '../facts/kind.ts'
import type { DimensionKind, LocalizedText } from './vocabulary.ts'

/** Names of the terms that several metrics share. */
export const labels = {
  openingMrr: { en: 'Opening MRR', ja: '期首MRR' },
  closingMrr: { en: 'Closing MRR', ja: '期末MRR' },
  cohortOpening: { en: 'MRR of these accounts at the start', ja: '対象アカウントの期首MRR' },
  cohortClosing: { en: 'MRR of the same accounts at the end', ja: '同じアカウントの期末MRR' },
  cohortKept: { en: 'of it kept at the end, without growth', ja: 'うち期末に維持した額（増加分を除く）' },
  new: { en: 'New MRR', ja: '新規MRR' },
  expansion: { en: 'Expansion MRR', ja: '拡大MRR' },
  contraction: { en: 'Contraction MRR', ja: '縮小MRR' },
  fx: { en: 'Made by exchange rates', ja: '為替による増減' },
  churn: { en: 'Churned MRR', ja: '解約MRR' },
  reactivation: { en: 'Reactivation MRR', ja: '再開MRR' },
  lost: { en: 'Contraction + churn', ja: '縮小＋解約' },
  netLost: { en: 'Contraction + churn - expansion', ja: '縮小＋解約－拡大' },
  gained: { en: 'New + expansion', ja: '新規＋拡大' },
  grossNew: { en: 'New + expansion + reactivation', ja: '新規＋拡大＋再開' },
  payingAccounts: { en: 'Paying accounts', ja: '有料アカウント数' },
  openingAccounts: { en: 'Open accounts at the start', ja: '期首の契約中アカウント数' },
  churnedAccounts: { en: 'Churned accounts', ja: '解約アカウント数' },
  openingSeats: { en: 'Purchased seats at the start', ja: '期首の購入席数' },
  landedSeats: { en: 'Seats at the first paid close', ja: '最初の有料月末の席数' },
  landedMrr: { en: 'MRR at the first paid close', ja: '最初の有料月末のMRR' },
  landedNow: { en: 'MRR of the same accounts at the end', ja: '同じアカウントの期末MRR' },
  seats: { en: 'Purchased seats', ja: '購入席数' },
  committedMrr: { en: 'MRR + agreed changes to come', ja: 'MRR＋契約済みの今後の増減' },
  trialMrr: { en: 'MRR of trials, if they paid', ja: 'トライアルが有料化した場合のMRR' },
  arr: { en: 'Closing MRR x 12', ja: '期末MRR×12' },
} as const satisfies Record<string, LocalizedText>

/** How an account grew. */
export const strategyLabels = {
  UPSELL: { en: 'Upgrades', ja: '上位プラン' },
  CROSS_SELL: { en: 'Cross-sell', ja: 'クロスセル' },
  SEAT: { en: 'Seats', ja: 'シート' },
  USAGE: { en: 'Usage', ja: '使用量' },
  GEOGRAPHIC: { en: 'Regions', ja: '地域' },
  FEATURE: { en: 'Add-ons', ja: '追加機能' },
  CONTRACT_VALUE: { en: 'Renewals', ja: '契約更新' },
} as const satisfies Record<ExpansionStrategy, LocalizedText>

/** Groups that stand for no value: where it is not set, and the rest. */
export const groupLabels = {
  notSet: { en: 'Not set', ja: '未設定' },
  neverPaid: { en: 'Never paid', ja: '支払い実績なし' },
  erased: { en: 'Erased account', ja: '消去済みアカウント' },
  inNoSegment: { en: 'In no segment', ja: 'セグメントなし' },
  rest: { en: 'Other', ja: 'その他' },
} as const satisfies Record<string, LocalizedText>

/** What an answer is parted by; an attribute is called by its name. */
export const dimensionLabels = {
  PLAN: { en: 'Plan', ja: 'プラン' },
  PRODUCT: { en: 'Product', ja: '製品' },
  REGION: { en: 'Region', ja: '地域' },
  CURRENCY: { en: 'Currency', ja: '通貨' },
  STRATEGY: { en: 'Strategy', ja: '拡大の要因' },
  PARENT: { en: 'Parent account', ja: '親アカウント' },
  COHORT: { en: 'First paid in', ja: '初回支払月' },
  SEGMENT: { en: 'Segment', ja: 'セグメント' },
} as const satisfies Record<Exclude<DimensionKind, 'ATTRIBUTE'>, LocalizedText>

export const periodLabel = { en: 'Period', ja: '期間' } as const satisfies LocalizedText
