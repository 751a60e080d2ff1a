import type { LocalizedText } from './vocabulary.ts'

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
  seats: { en: 'Purchased seats', ja: '購入席数' },
  committedMrr: { en: 'MRR + agreed changes to come', ja: 'MRR＋契約済みの今後の増減' },
  trialMrr: { en: 'MRR of trials, if they paid', ja: 'トライアルが有料化した場合のMRR' },
  arr: { en: 'Closing MRR x 12', ja: '期末MRR×12' },
} as const satisfies Record<string, LocalizedText>
