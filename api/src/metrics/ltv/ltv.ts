import { visitLogos } from '../../facts/visit-logos.ts'
import { visitMrr } from '../../facts/visit-mrr.ts'
import { labels } from '../labels.ts'
import { product, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** Months whose logos say how long an account stays. */
const MONTHS = 12

/** What an account brings before it leaves, at today's average and the logo churn of the last twelve months. */
export const ltv = defineMetric({
  key: 'ltv',
  label: { en: 'Lifetime value', ja: '顧客生涯価値（LTV）' },
  description: {
    en: 'Gross profit that an average account brings until it leaves, if accounts go on leaving as in the last twelve months.',
    ja: '直近12か月の解約ペースが続いた場合に、平均的なアカウントが解約までにもたらす粗利です。',
  },
  formula: {
    en: 'closing MRR / paying accounts x gross margin / (churned accounts of 12 months / sum of the 12 opening counts)',
    ja: '期末MRR ÷ 有料アカウント数 × 粗利率 ÷（12か月の解約アカウント数 ÷ 12回の期首アカウント数の合計）',
  },
  source: 'nobishiro/1: monthly logo churn, weighted over twelve months',
  unit: 'MONEY',
  better: 'HIGHER',
  topic: 'ACCOUNTS',
  capability: 'costs',
  needs: 'sums',
  back: () => MONTHS,
  inputs: {
    mrr: { label: labels.closingMrr, unit: 'MONEY' },
    accounts: { label: labels.payingAccounts, unit: 'COUNT' },
    openings: { label: { en: 'Opening accounts of 12 months', ja: '12か月の期首アカウント数の合計' }, unit: 'COUNT' },
    churned: { label: { en: 'Churned accounts of 12 months', ja: '12か月の解約アカウント数' }, unit: 'COUNT' },
    first: { label: { en: 'of them at the first opening', ja: 'うち最初の期首' }, unit: 'COUNT' },
  },
  gather: ({ slice, periods }, add) => {
    visitMrr(
      slice,
      periods.map(({ end }) => end - 1),
      (account, period, mrr) => {
        add('mrr', period, mrr, account)
        add('accounts', period, 1, account)
      },
    )
    const years = periods.map(({ end }) => ({ start: end - MONTHS, end }))
    visitLogos(slice, years, (account, period, { openings, churned, isFirst }) => {
      add('openings', period, openings, account)
      add('churned', period, churned, account)
      add('first', period, isFirst ? 1 : 0, account)
    })
  },
  value: ({ mrr, accounts, openings, churned, first }, { grossMargin }) => {
    const above = {
      en: 'MRR x gross margin x opening accounts of 12 months',
      ja: 'MRR × 粗利率 × 12か月の期首アカウント数',
    }
    const below = {
      en: 'Paying accounts x churned accounts of 12 months',
      ja: '有料アカウント数 × 12か月の解約アカウント数',
    }
    const margin = grossMargin ?? { numerator: 0n, denominator: 1n }
    const measure = ratio(
      product(above, 'MONEY', [mrr, openings, margin.numerator]),
      product(below, 'COUNT', [accounts, churned, margin.denominator]),
      accounts === 0 ? 'NO_PAYING_ACCOUNTS' : 'NO_LOSS',
    )
    if (grossMargin === null) return { ...measure, undefinedBecause: 'NO_GROSS_MARGIN' }
    return accounts > 0 && first === 0 ? { ...measure, undefinedBecause: 'NOT_ENOUGH_HISTORY' } : measure
  },
  evidence: { by: 'ENTRIES' },
  sentence: {
    en: 'At the MRR of the end of {to} and the logo churn of the twelve months before it, an account brings a gross profit of {value}.',
    ja: '{to}末のMRRと直近12か月の解約ペースでは、1アカウントが生涯にもたらす粗利は {value} です。',
  },
})
