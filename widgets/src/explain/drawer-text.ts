import type { Messages } from '../i18n/en.ts'
import type { Language } from '../i18n/messages.ts'

const en = {
  kinds: {
    NEW: 'New',
    EXPANSION: 'Expansion',
    CONTRACTION: 'Contraction',
    CHURN: 'Churn',
    REACTIVATION: 'Returned',
    FX: 'Currency',
  },
  explain: {
    inputs: 'What it is made of',
    close: 'Close',
    terms: { closing: 'closing', opening: 'opening', kept: 'kept' },
    equals: 'equals',
    dividedBy: 'divided by',
    parts: {
      effect: 'Accounts by effect',
      closing: 'Accounts by closing MRR',
      opening: 'Accounts by opening MRR',
      kept: 'Accounts by MRR kept',
      expanded: 'Accounts that expanded',
      contracted: 'Accounts that contracted',
      lost: 'Accounts that were lost',
      movements: 'Movements',
      denominator: 'Movements',
    },
    columnAccount: 'Account',
    columnChange: (unit: string) => `± MRR (${unit})`,
    columnLevel: (unit: string) => `MRR (${unit})`,
    columnRunning: 'Running total',
    others: (count: number, text: string) => (count === 1 ? '1 other' : `${text} others`),
    lands: (total: string) => `${total} · difference 0`,
    differs: (total: string, difference: string) => `${total} · difference ${difference}`,
    sum: 'Sum',
    more: 'Show more',
    showAll: 'All accounts',
    returned: 'returned',
    asOf: (definition: string, day: string) => `${definition} · as of ${day}`,
    ledger: (version: string) => `Ledger version ${version}`,
    definition: 'Definition',
    csv: 'CSV',
    csvWait: 'Collecting all rows',
    evidence: (account: string) => `Ledger lines of ${account}`,
    noEvidence: 'No ledger lines in this window.',
    rule: (rule: number) => (rule === 0 ? 'named by a person' : `rule ${rule}`),
    lineSeats: (change: string) => `${change} seats`,
  },
}

const ja: typeof en = {
  kinds: {
    NEW: '新規',
    EXPANSION: '拡大',
    CONTRACTION: '縮小',
    CHURN: '解約',
    REACTIVATION: '再開',
    FX: '為替',
  },
  explain: {
    inputs: '計算のもとになる値',
    close: '閉じる',
    terms: { closing: '期末のMRR', opening: '期首のMRR', kept: '維持したMRR' },
    equals: 'イコール',
    dividedBy: '割る',
    parts: {
      effect: '影響の大きいアカウント',
      closing: '期末MRRの内訳',
      opening: '期首MRRの内訳',
      kept: '維持したMRRの内訳',
      expanded: '拡大したアカウント',
      contracted: '縮小したアカウント',
      lost: '解約したアカウント',
      movements: '増減の明細',
      denominator: '増減の明細',
    },
    columnAccount: 'アカウント',
    columnChange: (unit) => `MRR増減（${unit}）`,
    columnLevel: (unit) => `MRR（${unit}）`,
    columnRunning: '累計',
    others: (_count, text) => `他${text}件`,
    lands: (total) => `${total} · 差額 0`,
    differs: (total, difference) => `${total} · 差額 ${difference}`,
    sum: '合計',
    more: 'さらに表示',
    showAll: '全アカウント',
    returned: '再開',
    asOf: (definition, day) => `${definition} · ${day}時点`,
    ledger: (version) => `台帳バージョン ${version}`,
    definition: '定義',
    csv: 'CSV',
    csvWait: '全行を取得中',
    evidence: (account) => `${account}の台帳明細`,
    noEvidence: 'この期間の台帳明細はありません。',
    rule: (rule) => (rule === 0 ? '担当者が指定' : `規則${rule}`),
    lineSeats: (change) => `${change}シート`,
  },
}

/** What the drawer says alone: it comes with the drawer, when it is opened. */
export const drawerTexts: Record<Language, typeof en> = { en, ja }

/** All that the drawer says. */
export type DrawerText = Omit<Messages, 'explain'> & {
  kinds: typeof en.kinds
  explain: Messages['explain'] & typeof en.explain
}

export const drawerText = (text: Messages, language: Language): DrawerText => ({
  ...text,
  kinds: drawerTexts[language].kinds,
  explain: { ...text.explain, ...drawerTexts[language].explain },
})
