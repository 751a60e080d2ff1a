import type { Language } from '../../i18n/messages.ts'

const en = {
  title: (term: string) => `${term} by cohort`,
  subtitle: ['% of the first month’s MRR', 'by first paid month'],
  all: 'All cohorts',
  columnCohort: 'First paid',
  columnAccounts: 'Accounts',
  columnOpening: (unit: string) => `MRR, ${unit}`,
  ages: 'Months since first paid',
  age: (months: string) => `Month ${months}`,
  head: (cohort: string, month: string) => `${cohort}, month ${month}`,
  value: (head: string, value: string) => `${head}: ${value}`,
  noValue: (head: string, reason: string) => `${head}: no value. ${reason}`,
  paying: (paying: string, accounts: string) => `${paying} of ${accounts} accounts pay`,
  nobody: 'No account first paid then.',
  nobodyShort: 'no account first paid then',
  few: 'fewer than 5 accounts',
  faded: 'Faded: fewer than 5 accounts',
  opens: (months: string, count: number) =>
    count === 1 ? `Month ${months} opens to its accounts` : `Months ${months} open to their accounts`,
  curves: (term: string) => `${term}: month by month, by cohort`,
  summary: (term: string, value: string, months: string) =>
    `${term} over all cohorts is ${value} ${months === '1' ? '1 month' : `${months} months`} after the first payment.`,
  emptyTitle: 'No cohorts yet',
  empty: 'They appear with the first account that pays in these months.',
}

const ja: typeof en = {
  title: (term) => `コホート別 ${term}`,
  subtitle: ['初月MRRに対する割合（%）', '初回支払月別'],
  all: '全コホート',
  columnCohort: '初回支払月',
  columnAccounts: 'アカウント数',
  columnOpening: (unit) => `MRR（${unit}）`,
  ages: '初回支払いからの月数',
  age: (months) => `${months}か月後`,
  head: (cohort, month) => `${cohort}、${month}か月後`,
  value: (head, value) => `${head}: ${value}`,
  noValue: (head, reason) => `${head}: 値はありません。${reason}`,
  paying: (paying, accounts) => `${accounts}アカウント中${paying}が支払い中`,
  nobody: 'この月に初めて支払ったアカウントはありません。',
  nobodyShort: '初めて支払ったアカウントなし',
  few: '5アカウント未満',
  faded: '薄い色: 5アカウント未満',
  opens: (months) => `${months}か月後は内訳あり`,
  curves: (term) => `コホート別 ${term}の推移`,
  summary: (term, value, months) => `全コホートの${term}は、初回支払いの${months}か月後に${value}です。`,
  emptyTitle: 'コホートはまだありません',
  empty: 'この期間に初めて支払うアカウントが現れると表示されます。',
}

export type CohortWords = typeof en

/** What only this widget says. */
export const cohortWords: Record<Language, CohortWords> = { en, ja }
